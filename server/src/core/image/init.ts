import { folderOf, normalPath } from "../base/uri";
import type { ShellCommand } from "../shell/reader";
import type { Image, Instruction } from "./image";
import { anyCommand, commandsOf } from "./programs";

/**
 * Whether a word is a path under which systemd is started as PID 1: `/sbin/init`, `/lib/systemd/systemd` and similar.
 */
export function isInitPath(word: string | undefined): boolean {
  return /^(\/usr)?(\/local)?\/s?bin\/(init|systemd)$|^(\/usr)?\/lib(64)?\/systemd\/systemd$/.test(
    word ?? "",
  );
}

/** Whether a path is that of systemd in distributions; a file under /usr/local is often a script. */
export function isSystemdPath(word: string | undefined): word is string {
  return isInitPath(word) && !/\/local\//.test(word ?? "");
}

/** Whether a word is `init` or `systemd` without a path, which many other programs also use as an argument. */
export function isBareInit(word: string | undefined): boolean {
  return word === "init" || word === "systemd";
}

/** Whether an option keeps systemd from running as an init. */
export function isQuery(args: readonly (string | undefined)[]): boolean {
  return args.some((word) => /^--(version|help|test|user|dump-.*)$/.test(word ?? ""));
}

/** Whether a word is a program that runs as PID 1 itself and starts the rest as its child. */
export function isOtherInit(word: string | undefined): boolean {
  return /^\/init$|^(.*\/)?(tini(-static)?|dumb-init|docker-init|catatonit|pid1|s6-svscan|runsvdir|runsvinit|runit-init|my_init|supervisord|openrc-init|unshare|nsenter|bwrap|systemd-nspawn)$/.test(
    word ?? "",
  );
}

/** Packages that install something other than systemd as `/sbin/init`. */
const initPackages = ["openrc", "sysvinit-core", "upstart", "runit-init", "finit-sysv", "dinit"];

/** Matches `systemctl` in a directory of programs. */
const systemctlPath = /^(\/usr)?(\/local)?\/s?bin\/systemctl$/;
const systemctlScript = /systemctl3?\.py$|docker-systemctl-(replacement|images)/;

/** Why systemd is not the init of this image although `initPath` is started; undefined if there is no such reason. */
export function otherInit(image: Image, initPath: string): string | undefined {
  const { base } = image;
  if (base?.otherInit) return base.otherInit;
  if (base?.family === "none") return `${base.name} has no systemd`;
  if (buildsMachine(image) || image.instructions.some(isMachineLabel)) return "a bootable image";
  if (replacesSystemctl(image)) return "a replacement for systemctl";
  if (initPath.endsWith("init") && !image.packages.has("systemd-sysv")) {
    return initPackages.find((name) => image.packages.has(name));
  }
  return undefined;
}

const buildsMachine = anyCommand(({ words: [name, first, second] }) => {
  if (name === "bootc") return first === "container" && second === "lint";
  return name === "ostree" && first === "container" && second === "commit";
});

function isMachineLabel({ keyword, arguments: words }: Instruction): boolean {
  return keyword === "LABEL" && /\b(containers\.bootc|ostree\.bootable)\b/.test(words);
}

/** Whether a script called systemctl replaces the real one, in which case systemd starts nothing here. */
function replacesSystemctl(image: Image): boolean {
  const copied = image.copies.some(({ sources, destination }) => {
    if (systemctlPath.test(destination)) return true;
    return sources.some((source) => systemctlScript.test(source)) && /bin\/?$|systemctl/.test(destination);
  });
  return copied || putsSystemctl(image);
}

const putsSystemctl = anyCommand(({ words, redirections }: ShellCommand) => {
  if (redirections.some(({ target }) => systemctlPath.test(target ?? ""))) return true;
  if (!/^(curl|wget|cp|mv|ln|install|git|pip3?|chmod)$/.test(words[0] ?? "")) return false;
  return words.some((word) => systemctlScript.test(word ?? ""));
});

/** The target of a link that the Dockerfile creates at a path: `ln -s /lib/systemd/systemd /sbin/start`. */
export function linkTarget({ runs }: Image, path: string): string | undefined {
  for (const { words } of commandsOf({ runs }, "ln").toReversed()) {
    if (words[0] !== "ln") continue;
    const [target, link, ...others] = words.slice(1).filter((word) => !word?.startsWith("-"));
    if (link !== path || others.length > 0) continue;
    return target?.startsWith("/") ? target : target && normalPath(`${folderOf(path)}/${target}`);
  }
  return undefined;
}
