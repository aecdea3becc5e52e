import type { Image } from "../../image/image";
import type { ShellCommand } from "../../shell/reader";
import { programOf } from "./build-steps";

/** Verbs that talk to the running systemd; those of the first line were measured. */
export const needsManager: ReadonlySet<string> = new Set([
  ...["start", "restart", "reload", "stop", "status", "is-active", "daemon-reload", "isolate"],
  ...["try-restart", "reload-or-restart", "try-reload-or-restart", "condrestart", "daemon-reexec"],
]);

/** A path or URL of a file named systemctl, or the name of a known replacement. */
const replacement = /\/systemctl$|systemctl3?\.py|systemctl-replacement/;

/** Whether the image replaces systemctl with a program that might not need systemd. */
export function replacesSystemctl(image: Image): boolean {
  const given = image.commands.flatMap(({ words, redirections }) => [
    ...words.slice(1),
    ...redirections.map(({ target }) => target),
  ]);
  const copied = image.copies.flatMap(({ sources, destination }) => [...sources, destination]);
  return [image.bottom.arguments, ...given, ...copied].some(
    (text) => text !== undefined && replacement.test(text),
  );
}

/** The first command that starts a unit of the running systemd: `systemctl start nginx`. */
export function managerCall(commands: readonly ShellCommand[]): string | undefined {
  const call = commands.find((command) => {
    if (programOf(command) !== "systemctl" || command.conditional) return false;
    const verb = command.words.slice(1).find((word) => word !== undefined && !word.startsWith("-"));
    return /^(re)?start$/.test(verb ?? "") && !command.words.includes("--user");
  });
  return call?.words
    .filter((word) => word !== undefined && !word.startsWith("-"))
    .slice(0, 3)
    .join(" ");
}
