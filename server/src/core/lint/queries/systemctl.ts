import type { BaseImage } from "../../image/base-image";
import type { Image } from "../../image/image";
import { anyCommand, programOf } from "../../image/programs";
import { unitName } from "../../image/units";
import type { ShellCommand } from "../../shell/reader";
import { idleCommand } from "./idle-image";

/** Verbs that need a running systemd; those on the first line were measured. */
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

/** A command that starts services: `systemctl start nginx`, `service nginx start`, `/etc/init.d/nginx start`. */
export interface ServiceStart {
  readonly by: "systemctl" | "service" | "script";
  /** The names of the services as written; unknown ones are left out. */
  readonly services: readonly string[];
}

const scriptPath = /^\/etc\/(?:rc\.d\/)?init\.d\/([\w.@-]+)$/;

/** Reads a command that starts or restarts system services. */
export function serviceStart(command: Pick<ShellCommand, "words">): ServiceStart | undefined {
  const [first, ...rest] = command.words;
  const script = scriptPath.exec(first ?? "")?.[1];
  const operands = rest.filter((word) => !word?.startsWith("-"));
  const starts = (verb: string | undefined) => /^(re)?start$/.test(verb ?? "");
  if (script !== undefined) return starts(operands[0]) ? { by: "script", services: [script] } : undefined;
  const [one, two] = operands;
  switch (programOf(command)) {
    case "service":
      return one !== undefined && starts(two) ? { by: "service", services: [one] } : undefined;
    case "systemctl": {
      if (!starts(one) || rest.includes("--user")) return undefined;
      return { by: "systemctl", services: operands.slice(1).filter((word) => word !== undefined) };
    }
    default:
      return undefined;
  }
}

/** Commands that do not contribute to starting services. */
const waiting = /^(sleep|wait|echo|printf|true|:|set)$/;

/** The units that the commands start; none if the commands also do something else. */
export function onlyStarts(
  commands: readonly Pick<ShellCommand, "words" | "conditional">[],
): readonly string[] {
  const working = commands.filter(
    (command) => !waiting.test(programOf(command)) && idleCommand(command.words) === undefined,
  );
  const units = working.map((command) =>
    command.conditional ? [] : (serviceStart(command)?.services ?? []),
  );
  return units.some((some) => some.length === 0) ? [] : [...new Set(units.flat().map(unitName))];
}

/**
 * The first command that relies on a running systemd to start something: `systemctl start nginx`. `service` calls
 * systemctl on RPM distributions; on Debian it runs the service's init script if systemd is not running.
 */
export function managerCall(
  commands: readonly ShellCommand[],
  base: BaseImage | undefined,
): string | undefined {
  const call = commands.find((command) => {
    const by = command.conditional ? undefined : serviceStart(command)?.by;
    return by === "systemctl" || (by === "service" && base?.family === "rpm");
  });
  return call && displayCall(call);
}

/** The start of a call, without its options: `systemctl start nginx`. */
export function displayCall({ words }: Pick<ShellCommand, "words">): string {
  const shown = words.filter((word) => word !== undefined && !word.startsWith("-"));
  return shown.slice(0, 3).join(" ");
}
