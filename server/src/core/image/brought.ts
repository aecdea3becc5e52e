import { shellGlob } from "../base/glob";
import { debianInstalls } from "../systemd/debian-packages";
import { rpmInstalls } from "../systemd/rpm-packages";
import type { BaseImage } from "./base-image";

/** Whether something is present after packages are installed. */
type Certainty = "yes" | "no" | "unknown";

/** What the installed packages provide: systemd, and the path /sbin/init. */
export interface Brought {
  readonly systemd: Certainty;
  readonly init: Certainty;
}

interface Installed {
  readonly packages: Iterable<string>;
  /** The packages that are installed without their recommended packages. */
  readonly bare: ReadonlySet<string>;
}

/** What packages install on a distribution, if that is known. */
export function broughtBy(base: BaseImage, { packages, bare }: Installed): Brought {
  const names = [...packages].flatMap(named);
  const found = names.map((name) => installs(base, name, !bare.has(name)));
  const mayRecommendInit =
    names.some((name) => name === "systemd" && !bare.has(name)) && recommendsInit(base);
  const has = (what: (each: (typeof found)[number]) => boolean): Certainty => {
    if (found.some(what)) return "yes";
    return found.includes(undefined) ? "unknown" : "no";
  };
  return {
    systemd: has((each) => each === "init" || each === "systemd"),
    init: mayRecommendInit && !found.includes("init") ? "unknown" : has((each) => each === "init"),
  };
}

/** A name, or systemd's packages that match it if it is a pattern. */
function named(name: string): readonly string[] {
  if (!name.includes("*")) return [name];
  const found = ["systemd", "systemd-sysv"].filter(shellGlob(name));
  return found.length > 0 ? found : [name];
}

/**
 * Whether the systemd package may recommend libpam-systemd, which depends on systemd-sysv. In Debian 10, Ubuntu 20.04
 * and older, it does (control files; not measured). Debian was measured from 11 on.
 */
function recommendsInit({ family, systemdVersion = Number.POSITIVE_INFINITY }: BaseImage): boolean {
  return (family === "debian" || family === "ubuntu") && systemdVersion < 247;
}

function installs({ family, name, systemdVersion }: BaseImage, package_: string, recommends: boolean) {
  switch (family) {
    case "debian":
      return debianInstalls(package_, /^debian:(\w+)$/.exec(name)?.[1], recommends);
    case "ubuntu":
      return ubuntuInstalls(package_, systemdVersion, recommends);
    case "rpm":
      return rpmInstalls(package_);
    default:
      // On openSUSE and Arch, systemd and its services have the same names. Which other packages depend on systemd
      // there is unknown.
      return package_ === "systemd-sysvinit" || rpmInstalls(package_) === "init" ? "init" : undefined;
  }
}

/** Packages that exist only in Ubuntu and depend on `init`, with their source; not measured. */
const ubuntuOnly: Readonly<Record<string, string>> = {
  "ubuntu-minimal": "ubuntu-meta 1.570, Depends: init",
};

/**
 * Ubuntu's packages are Debian's of the same period with few changes. If two Debian releases agree, Ubuntu is assumed
 * to behave the same (not measured).
 */
function ubuntuInstalls(name: string, systemd: number | undefined, recommends: boolean) {
  if (Object.hasOwn(ubuntuOnly, name)) return "init";
  const releases = (systemd ?? 0) >= 257 ? ["13", "sid"] : ["11", "12"];
  const said = new Set(releases.flatMap((release) => debianInstalls(name, release, recommends) ?? []));
  return said.size === 1 ? [...said][0] : undefined;
}
