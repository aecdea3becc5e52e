import { onceFor } from "../base/once";
import { lastSegment } from "../base/text";
import type { ShellCommand } from "../shell/reader";
import type { Command, Image, RunInstruction } from "./image";
import { ofScript } from "./programs";

/** The command-line syntax of a package manager. */
interface Manager {
  readonly names: readonly string[];
  /** Words that request an installation: `install`, `-S`. */
  readonly verbs: RegExp;
  /** Options, before or after the verb, whose value is a separate word. */
  readonly values: ReadonlySet<string>;
  /** Matches the version or architecture to remove from a name. */
  readonly strip: RegExp;
}

const managers: readonly Manager[] = [
  {
    names: ["apt-get", "apt", "aptitude"],
    verbs: /^install$/,
    values: new Set([
      "-o",
      "-t",
      "-c",
      "-a",
      "--option",
      "--target-release",
      "--default-release",
      "--config-file",
    ]),
    strip: /[=/:].*/s,
  },
  {
    names: ["dnf", "dnf5", "microdnf", "yum", "tdnf"],
    verbs: /^(install|in|localinstall|groupinstall|reinstall)$/,
    values: new Set(["-c", "-d", "-e", "-R", "--config", "--installroot", "--repo", "--setopt", "-x"]),
    strip: /-\d[^-]*-\d[^-]*$|-\d[\w.]*\*$|\.(x86_64|noarch|aarch64|i686)$|\*$/,
  },
  {
    names: ["zypper"],
    verbs: /^(install|in)$/,
    values: new Set(["-r", "-t", "--repo", "--type", "--from", "-R", "--root", "-D"]),
    strip: /[=<>].*/s,
  },
  {
    names: ["pacman"],
    verbs: /^-S\w*$|^--sync$/,
    values: new Set(["-r", "-b", "--root"]),
    strip: /[=<>].*|^[^/]+\//s,
  },
  {
    names: ["apk"],
    verbs: /^add$/,
    values: new Set(["-t", "--virtual", "-X", "--repository", "-p", "--root"]),
    strip: /[=<>~@].*/s,
  },
];

const byName = new Map(managers.flatMap((manager) => manager.names.map((name) => [name, manager] as const)));

/** Packages that provide systemd as an init, or depend on such a package. */
const systemdPackages = new Set(["systemd", "systemd-sysv", "init", "systemd-cron", "libpam-systemd"]);

/** The packages that a command installs; undefined if it installs nothing. Unknown names are left out. */
export function installedBy({ words }: Pick<Command, "words">): readonly string[] | undefined {
  return installed(words);
}

/** Cached by the array of words, which stays the same if a command is read again at another offset. */
const installed = onceFor((words: Command["words"]): readonly string[] | undefined => {
  const manager = byName.get(lastSegment(words[0] ?? ""));
  if (!manager || installsElsewhere(words)) return undefined;
  const operands = operandsOf(words.slice(1), manager);
  const verb = operands.findIndex((word) => word !== undefined && manager.verbs.test(word));
  const onlyOptions = operands.slice(0, verb).some((word) => !word?.startsWith("-"));
  if (verb === -1 || onlyOptions) return undefined;
  return operands
    .slice(verb + 1)
    .filter((word) => word !== undefined && word !== "" && !/^-|-$/.test(word))
    .map((word) => packageName(word ?? "", manager));
});

/** Whether a command installs something whose name cannot be read: `apt-get install -y $PACKAGES`. */
export function installsUnread({ words }: Pick<Command, "words">): boolean {
  const manager = byName.get(lastSegment(words[0] ?? ""));
  if (!manager || installsElsewhere(words)) return false;
  const operands = operandsOf(words.slice(1), manager);
  const verb = operands.findIndex((word) => word !== undefined && manager.verbs.test(word));
  return verb !== -1 && operands.slice(verb + 1).includes(undefined);
}

/** `--installroot /mnt/sysroot` installs to a separate tree, which a later stage often copies. */
function installsElsewhere(words: Command["words"]): boolean {
  return words.some((word, index) => {
    const option = /^--(?:installroot|root)(?:=(.*))?$/.exec(word ?? "");
    return option !== null && (option[1] ?? words[index + 1]) !== "/";
  });
}

/** The words without the options that take a value. */
function operandsOf(words: readonly (string | undefined)[], { values }: Manager): (string | undefined)[] {
  const operands: (string | undefined)[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (word !== undefined && values.has(word)) at++;
    else operands.push(word);
  }
  return operands;
}

function packageName(word: string, { strip }: Manager): string {
  // For local files and URLs, the last part is kept, since the name `./foo_1.2_amd64.deb` shows the package.
  if (/^\.{0,2}\/|:\/\//.test(word)) return lastSegment(word);
  return word.startsWith("@") ? word : word.replace(strip, "");
}

/** Whether the command excludes recommended (weak) dependencies. */
function leavesOutRecommends({ words }: Command): boolean {
  return words.some((word) =>
    /^--no-install-recommends(=(true|yes|1))?$|^--no-recommends$|^--without-recommends$|^(-o)?APT::Install-Recommends=["']?(false|no|0|off)["']?$|^--setopt=install_weak_deps=(false|0)$/i.test(
      word ?? "",
    ),
  );
}

/** Whether the command writes an apt configuration that excludes recommended packages from then on. */
function configuresNoRecommends({ words, redirections }: ShellCommand): boolean {
  const texts = [...words, ...redirections.map(({ body }) => body)];
  return texts.some((text) => /APT::Install-Recommends[\s"']*(?:false|no|0|off)\b/i.test(text ?? ""));
}

/** The commands that install packages, and those that exclude recommended packages from then on. */
const ofPackages = ofScript((script) =>
  script.flatMap((command, index) =>
    installedBy(command) !== undefined || configuresNoRecommends(command) ? [index] : [],
  ),
);

/** Packages of all RUN instructions, each with the first command that installs it. */
export function installedPackages(
  runs: readonly RunInstruction[],
): Pick<Image, "packages" | "bare" | "withoutRecommends"> {
  const packages = new Map<string, Command>();
  const bare = new Set<string>();
  let configured = false;
  let withoutRecommends = false;
  for (const run of runs) {
    for (const command of run.commandsAt(ofPackages(run))) {
      const names = installedBy(command);
      if (!names) {
        configured = true;
        continue;
      }
      const alone = configured || leavesOutRecommends(command);
      for (const name of names) {
        if (!alone) bare.delete(name);
        if (packages.has(name)) continue;
        packages.set(name, command);
        if (alone) bare.add(name);
        if (systemdPackages.has(name)) withoutRecommends ||= alone;
      }
    }
  }
  return { packages, bare, withoutRecommends };
}
