import type { Argv } from "../../container/spec";
import { broughtBy } from "../../image/brought";
import { isInitPath } from "../../image/init";
import { installedBy, installsUnread } from "../../image/packages";
import type { ContainerSubject } from "../../project/subject";
import { readCommands } from "../../shell/commands";
import { scriptArgument } from "../../shell/interpreter";
import { plainText } from "../../shell/mapped-text";
import type { ShellCommand } from "../../shell/reader";
import { managerCall, replacesSystemctl } from "./systemctl";

/**
 * An init path that a container uses, but that its image does not have or that is installed only when the container
 * starts.
 */
export interface MissingInit {
  readonly path: string;
  readonly isInstalledAtStart: boolean;
}

/** Looks for a missing init in an image that no Dockerfile of the workspace builds. */
export function missingInit(subject: ContainerSubject): MissingInit | undefined {
  const { boot, image, source } = subject;
  const base = image || source.isExtended ? undefined : subject.base;
  if (base?.hasSystemd !== "no" || base.family === "none" || boot.evidence !== "run") return undefined;
  const path = boot.argv.find(isInitPath) ?? scriptWords(source.spec.command).find(isInitPath);
  const isMounted = source.spec.mounts.some(({ target }) => path?.startsWith(target));
  if (path === undefined || isMounted) return undefined;
  const commands = [source.spec.entrypoint, source.spec.command].flatMap(commandsOf);
  if (commands.some(installsUnread)) return undefined;
  const packages = commands.flatMap((command) => installedBy(command) ?? []);
  const { systemd } = broughtBy(base, { packages, bare: new Set() });
  return systemd === "unknown" ? undefined : { path, isInstalledAtStart: systemd === "yes" };
}

/**
 * A call that needs systemd in a container that does not boot it: `systemctl start nginx`. Only known images are
 * checked.
 */
export function failingCall(subject: ContainerSubject): string | undefined {
  const { boot, image, source } = subject;
  if (boot.boots !== "no" || (!image && !subject.base) || (image && replacesSystemctl(image.image)))
    return undefined;
  const commands = [source.spec.entrypoint, source.spec.command].flatMap(commandsOf);
  return managerCall(commands, image ? image.image.base : subject.base);
}

/** The commands of `sh -c`, or of a command that the engine passes to a shell. */
function commandsOf(argv: Argv | undefined): readonly ShellCommand[] {
  const words = argv?.words ?? [];
  const at = scriptArgument(words);
  const text = argv?.shell ?? (at === undefined ? undefined : words[at]);
  return text === undefined ? [] : readCommands(plainText(text));
}

function scriptWords(argv: Argv | undefined): string[] {
  return commandsOf(argv).flatMap(({ words }) => words.filter((word) => word !== undefined));
}
