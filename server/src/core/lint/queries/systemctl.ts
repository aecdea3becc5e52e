import type { Image } from "../../image/image";
import { anyCommand, programOf } from "../../image/programs";
import type { ShellCommand } from "../../shell/reader";

/** Verbs that talk to the running systemd; those of the first line were measured. */
export const needsManager: ReadonlySet<string> = new Set([
  ...["start", "restart", "reload", "stop", "status", "is-active", "daemon-reload", "isolate"],
  ...["try-restart", "reload-or-restart", "try-reload-or-restart", "condrestart", "daemon-reexec"],
]);

/** A path or URL of a file named systemctl, or the name of a known replacement. */
const replacement = /\/systemctl$|systemctl3?\.py|systemctl-replacement/;

/** Whether the image replaces systemctl with a program that might not need systemd. */
export function replacesSystemctl(image: Image): boolean {
  const isOne = (text: string) => replacement.test(text);
  return (
    isOne(image.bottom.arguments) ||
    image.copies.some(({ sources, destination }) => sources.some(isOne) || isOne(destination)) ||
    namesReplacement(image)
  );
}

const namesReplacement = anyCommand(
  ({ words, redirections }) =>
    words.some((word, index) => index > 0 && replacement.test(word ?? "")) ||
    redirections.some(({ target }) => replacement.test(target ?? "")),
);

/** The first command that is to start something by the running systemd: `systemctl start nginx`. */
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
