import { type Message, message } from "../base/message";
import type { BootDetection } from "../boot/detect";
import { isRoot } from "../container/user";
import { isInitPath } from "../image/init";
import type { ImageFacts } from "./types";

/** What an engine reports about an image, and what was found inside it without starting it. */
export interface InspectedImage {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly user?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly stopSignal?: string;
  /** For example `80/tcp`. */
  readonly exposed: readonly string[];
  /** The programs that were looked for and found, with all links resolved. */
  readonly programs: Readonly<Record<string, string>>;
  /** The major version of the installed systemd. */
  readonly systemd?: number;
  /** `ID` and `ID_LIKE` from os-release. */
  readonly distribution: readonly string[];
  /** Whether tmp.mount starts at boot. */
  readonly tmpMount?: boolean;
}

/** The information that the plan needs about an inspected image. */
export interface Inspected {
  readonly facts: ImageFacts;
  readonly boot: BootDetection;
}

/** Paths of systemd, most preferred first: every engine recognizes /sbin/init. */
const initPaths = ["/sbin/init", "/usr/sbin/init", "/lib/systemd/systemd", "/usr/lib/systemd/systemd"];

/**
 * Evaluates what was found in an image. If systemd cannot boot from it, the result is a message that explains why.
 */
export function readInspected(image: InspectedImage, reference: string): Inspected | Message {
  const init = initPaths.find((path) => isSystemd(image.programs[path]));
  if (init === undefined) return noSystemd(image, reference);
  const boot = detectInspected(image);
  const argv = [...image.entrypoint, ...image.command];
  const user = isRoot(image.user || "root") ? undefined : image.user;
  return {
    boot,
    facts: {
      reference,
      systemdVersion: image.systemd,
      family: familyOf(image.distribution),
      command: boot.boots === "no" ? [init] : undefined,
      argv,
      direct: boot.boots === "certain",
      hasEntrypoint: image.entrypoint.length > 0,
      user,
      containerEnv: image.environment.container,
      stopSignal: image.stopSignal,
      volumes: image.volumes,
      tmpMount: image.tmpMount,
      needs: [],
    },
  };
}

/** Certain if the argv resolves to systemd, likely if another program receives the path of an init. */
function detectInspected({ entrypoint, command, programs }: InspectedImage): BootDetection {
  const [first = "", ...rest] = [...entrypoint, ...command];
  const common = { argv: [first, ...rest], throughShell: false } as const;
  if (isSystemd(programs[first])) return { ...common, boots: "certain", evidence: "image" };
  if (rest.some(isInitPath)) return { ...common, boots: "likely", evidence: "image" };
  return { ...common, boots: "no", evidence: "none" };
}

/** Whether a path is the systemd program, in whichever directory a distribution installs it. */
function isSystemd(path: string | undefined): boolean {
  return /\/systemd\/systemd$/.test(path ?? "");
}

function noSystemd({ programs }: InspectedImage, reference: string): Message {
  const other = programs["/sbin/init"];
  return other === undefined
    ? message(
        "plan.refused.no-systemd",
        "{reference} does not contain systemd ({path} does not exist). Install the packages systemd and systemd-sysv on Debian and Ubuntu, or the package systemd on other distributions.",
        { reference, path: initPaths.at(-1) ?? "" },
      )
    : message(
        "plan.refused.other-init",
        "{reference} does not contain systemd: its /sbin/init is {other}, another init.",
        { reference, other },
      );
}

const families: Readonly<Record<string, ImageFacts["family"]>> = {
  debian: "debian",
  ubuntu: "ubuntu",
  fedora: "rpm",
  rhel: "rpm",
  centos: "rpm",
  amzn: "rpm",
  suse: "suse",
  opensuse: "suse",
  sles: "suse",
  arch: "arch",
  alpine: "none",
};

/** The family of the first recognized name; ID comes before ID_LIKE. */
function familyOf(distribution: readonly string[]): ImageFacts["family"] {
  return distribution.map((name) => families[name]).find((family) => family !== undefined);
}
