import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { debian } from "../debian";
import { images } from "../images";
import { output } from "../process";

/**
 * `npm run lab:packages [-- NAME…]`: queries the apt of every Debian release, in the release's own base image, for
 * whether installing a package also installs systemd, and whether it installs /sbin/init, with and without
 * recommended packages. Queries each name in the data, and those that are given; takes a few minutes. Writes the
 * results with their date to server/src/core/systemd/debian-packages.json.
 */
const file = join(import.meta.dirname, "../../../server/src/core/systemd/debian-packages.json");

/** The data as the core reads it; see server/src/core/systemd/debian-packages.ts. */
interface Data {
  asked: string;
  brings: Record<string, string>;
  nothing: string;
}

/**
 * Marks each package for installation in apt's own library, as `apt-get install` does, and prints what it installs:
 * `i` /sbin/init, `s` systemd without it, `-` neither, `?` no such package, or one that cannot be installed.
 */
const script = `
import sys, apt_pkg
apt_pkg.init_config()
apt_pkg.config.set("APT::Install-Recommends", sys.argv[1])
apt_pkg.config.set("Dir::State::status", "/status")
apt_pkg.init_system()
cache = apt_pkg.Cache(None)
state = apt_pkg.DepCache(cache)
def answer(name):
    state.init()
    if name not in cache or state.get_candidate_ver(cache[name]) is None:
        return "?"
    package = cache[name]
    state.mark_install(package, True, True)
    if state.broken_count:
        resolver = apt_pkg.ProblemResolver(state)
        resolver.clear(package)
        resolver.protect(package)
        try:
            resolver.resolve(True)
        except SystemError:
            return "?"
    if state.marked_install(cache["systemd-sysv"]):
        return "i"
    return "s" if state.marked_install(cache["systemd"]) else "-"
for name in open("/names").read().split():
    print(name, answer(name), flush=True)
`;

/**
 * All packages of a release, and those from which any chain of dependencies (including every alternative, provider
 * and recommendation) leads to one package. The others cannot install it, so apt is not queried about them.
 */
function leadingTo(target: string, available: string): { known: Set<string>; leading: Set<string> } {
  const known = new Set<string>();
  const dependents = new Map<string, string[]>();
  const add = (on: string, name: string) => {
    const names = dependents.get(on);
    if (names) names.push(name);
    else dependents.set(on, [name]);
  };
  const namesIn = (text: string) => text.split(/[,|]/).map((one) => one.trim().replace(/[\s(:].*/s, ""));
  for (const stanza of available.split("\n\n")) {
    const name = /^Package: (.*)$/m.exec(stanza)?.[1];
    if (name === undefined) continue;
    known.add(name);
    for (const [, list = ""] of stanza.matchAll(/^(?:Depends|Pre-Depends|Recommends): (.*)$/gm))
      for (const on of namesIn(list)) add(on, name);
    // Anything that depends on a name that this package provides may install this package.
    for (const provided of namesIn(/^Provides: (.*)$/m.exec(stanza)?.[1] ?? "")) add(name, `=${provided}`);
  }
  const leading = new Set([target]);
  for (const reached of leading) {
    for (const name of dependents.get(reached.replace(/^=/, "")) ?? []) leading.add(name);
  }
  return { known, leading };
}

/** Queries the apt of a base image, whose packages are already installed. */
async function ask(suite: string, names: readonly string[]): Promise<Map<string, string>> {
  const system = images.find((image) => image.system.name === `debian-${suite}`)?.system;
  if (!system) throw new Error(`There is no base image for ${suite}.`);
  const folder = await mkdtemp(join(tmpdir(), "lab-packages-"));
  try {
    const root = join(folder, "root");
    await output(["mkdir", root]);
    await output(["tar", "-xf", await debian(system), "-C", root, "--exclude=./dev/*"]);
    await output(["mknod", "-m", "666", join(root, "dev/null"), "c", "1", "3"]);
    await cp("/etc/resolv.conf", join(root, "etc/resolv.conf"));
    const env = { LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" };
    const inRoot = (...command: string[]) => output(["chroot", root, ...command], { env });
    await inRoot("apt-get", "update", "-qq");
    // Only the packages of the base image count as installed, not what is installed for the queries.
    await inRoot("cp", "/var/lib/dpkg/status", "/status");
    await inRoot("apt-get", "install", "--yes", "--no-install-recommends", "python3-apt");
    const answer = async (asked: readonly string[], recommends: boolean) => {
      await writeFile(join(root, "names"), asked.join("\n"));
      const said = await inRoot("python3", "-c", script, `${recommends}`);
      return new Map(
        Array.from(said.matchAll(/^(\S+) (\S)$/gm), ([, name = "", code = "?"]) => [name, code]),
      );
    };
    const { known, leading } = leadingTo("systemd", await inRoot("apt-cache", "dumpavail"));
    const given = await answer(
      names.filter((name) => leading.has(name)),
      true,
    );
    // A package that does not install systemd with recommended packages does not install it without them, either.
    const some = names.filter((name) => /[is]/.test(given.get(name) ?? ""));
    const without = await answer(some, false);
    return new Map(
      names.map((name) => {
        const first = given.get(name) ?? (known.has(name) ? "-" : "?");
        return [name, first + (without.get(name) ?? first)];
      }),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
}

const { brings, nothing }: Data = JSON.parse(await readFile(file, "utf8"));
const names = [...new Set([...Object.keys(brings), ...nothing.split(" "), ...process.argv.slice(2)])]
  .filter((name) => name !== "")
  .sort();
const suites = ["bullseye", "bookworm", "trixie", "sid"];
const answers: Map<string, string>[] = [];
for (const suite of suites) answers.push(await ask(suite, names));

const data: Data = { asked: new Date().toISOString().slice(0, 10), brings: {}, nothing: "" };
const none: string[] = [];
for (const name of names) {
  const asked = answers.map((answer) => answer.get(name) ?? "??");
  const code = [...asked.map(([given]) => given), ...asked.map(([, without]) => without)].join("");
  if (/[is]/.test(code)) data.brings[name] = code;
  else if (code.includes("-")) none.push(name);
}
data.nothing = none.join(" ");
await writeFile(file, JSON.stringify(data));
await output(["npx", "biome", "format", "--write", file]);
