import { createHash } from "node:crypto";
import { existsSync, mkdirSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { output } from "./process";

/** Debian systems that were made, kept from run to run. */
const cache = resolve(
  process.env.SYSTEMD_CONTAINERS_LAB_CACHE ?? join(import.meta.dirname, "../../.cache/lab"),
);

/** A Debian system to make: a minbase of the suite and what is to be in it. */
export interface Debian {
  /** Name of the product in the cache. */
  name: string;
  suite: "bullseye" | "bookworm" | "trixie" | "sid";
  /** Names of packages. The suffix `/experimental` selects a package that sid does not have yet. */
  packages: readonly string[];
  /** A directory to use as root, or a tar to import as an image. */
  as: "folder" | "tar";
}

/**
 * Makes a Debian system with mmdebstrap and resolves with its path; takes 10 to 40 s and about 200 to 900 MB,
 * and nothing the next time. Several callers, also of several processes, wait for the first. It dies with
 * this process and what it mounts dies with it. Rejects with the end of mmdebstrap's output.
 */
export async function debian(system: Debian): Promise<string> {
  const settings = await aptSettings();
  const options = [
    "--variant=minbase",
    ...(system.packages.length > 0 ? [`--include=${system.packages.join(",")}`] : []),
    ...settings.map((setting) => `--aptopt=${setting}`),
    ...(await sourcesOf(system)),
  ];
  const command = [makeOnce, system.as === "tar" ? "tar" : "directory", system.suite, ...options];
  const recipe = createHash("sha256").update(JSON.stringify(command)).digest("hex").slice(0, 8);
  const path = join(cache, `${system.name}-${recipe}${system.as === "tar" ? ".tar" : ""}`);
  if (existsSync(path)) return path;
  await requireCommands({ mmdebstrap: "mmdebstrap", setpriv: "util-linux" });
  mkdirSync(cache, { recursive: true });
  await output([
    ...["setpriv", "--pdeathsig", "KILL", "flock", "--no-fork", `${path}.lock`],
    ...["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"],
    ...["sh", "-euc", makeOnce, "sh", path, ...command.slice(1)],
  ]);
  return path;
}

/**
 * An image gets what Docker Hub's Debian images add to a minbase: no service starts while packages are
 * installed, and apt keeps no caches. The product appears whole or not at all. We hold the lock, so scraps are those of a killed run.
 */
const makeOnce = `
  product=$1 format=$2 suite=$3
  shift 3
  if [ -e "$product" ]; then exit; fi
  scraps=$product.scraps
  rm -rf --one-file-system "$scraps"
  mkdir -m 755 "$scraps" "$scraps/tmp"
  TMPDIR=$scraps/tmp mmdebstrap --quiet --format="$format" "$suite" "$scraps/product" "$@"
  if [ "$format" = tar ]; then
    cd "$scraps"
    mkdir -p usr/sbin etc/apt/apt.conf.d etc/dpkg/dpkg.cfg.d
    printf '#!/bin/sh\\nexit 101\\n' >usr/sbin/policy-rc.d
    chmod 755 usr/sbin/policy-rc.d
    printf 'Acquire::Languages "none";\\nAcquire::GzipIndexes "true";\\nDir::Cache::pkgcache "";\\nDir::Cache::srcpkgcache "";\\n' >etc/apt/apt.conf.d/docker-like
    echo 'DPkg::Post-Invoke { "rm -f /var/cache/apt/archives/*.deb || true"; };' >>etc/apt/apt.conf.d/docker-like
    echo force-unsafe-io >etc/dpkg/dpkg.cfg.d/docker-like
    tar --append --file=product --owner=0 --group=0 usr/sbin/policy-rc.d etc/apt/apt.conf.d/docker-like etc/dpkg/dpkg.cfg.d/docker-like
  fi
  mv "$scraps/product" "$product"
  rm -rf "$scraps"
`;

/** What the host's apt was given of the way to its registry, so that builds in the images find it, too. */
async function aptSettings(): Promise<string[]> {
  const dump = await output(["apt-config", "dump", "--no-empty", "Acquire"]).catch(() => "");
  return dump.split("\n").filter((line) => /^Acquire::(https?|ftp|Check-|Retries|ForceIPv)/i.test(line));
}

/** One-line apt sources of a system, from the mirror that the host itself uses where it is a Debian. */
async function sourcesOf({ suite, packages }: Debian): Promise<string[]> {
  const mirror = await machineMirror();
  const source = (uri: string, name: string) => `deb ${uri} ${name} main`;
  // apt takes from experimental only what is asked of it by that name.
  const early = packages.some((name) => name.endsWith("/experimental"));
  if (suite === "sid") return [suite, ...(early ? ["experimental"] : [])].map((name) => source(mirror, name));
  return [
    source(mirror, suite),
    source(mirror, `${suite}-updates`),
    source(`${mirror}-security`, `${suite}-security`),
  ];
}

async function machineMirror(): Promise<string> {
  const folder = "/etc/apt/sources.list.d";
  const listed = await readdir(folder).catch(() => []);
  const files = ["/etc/apt/sources.list", ...listed.sort().map((name) => join(folder, name))];
  const texts = await Promise.all(
    files
      .filter((name) => /\.(list|sources)$/.test(name))
      .map((name) => readFile(name, "utf8").catch(() => "")),
  );
  const uri = /^(?!\s*#).*?(https?:\/\/\S+\/debian)\/?(?=\s|$)/m.exec(texts.join("\n"))?.[1];
  return uri ?? "http://deb.debian.org/debian";
}

/** Installs Debian packages whose commands are missing. Rejects with what a person can do where it cannot. */
async function requireCommands(packages: Record<string, string>): Promise<void> {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const missing = Object.keys(packages).filter(
    (name) => !folders.some((folder) => existsSync(join(folder, name))),
  );
  if (missing.length === 0) return;
  const names = missing.map((command) => packages[command] ?? command);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const apt = ["apt-get", "-o", "DPkg::Lock::Timeout=120"];
  const install = [...apt, "install", "--yes", "--no-install-recommends", ...names];
  try {
    await output(install, { env }).catch(async () => {
      await output([...apt, "update"], { env });
      await output(install, { env });
    });
  } catch (error) {
    throw new Error(`${missing.join(", ")} is missing, and installing ${names.join(", ")} failed: ${error}`);
  }
}
