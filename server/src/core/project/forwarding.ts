import { anyCommand } from "../image/programs";
import { writtenFiles } from "../image/written-files";
import type { ImageSubject } from "./subject";

/** Whether a setting for journald, for all units or on the command line sends everything to the console. */
export function forwardsAll(subject: ImageSubject): boolean {
  const { image, boot, containers } = subject;
  const written = writtenFiles(subject).flatMap(({ path, text }) =>
    /\/systemd\/(journald|system)\.conf/.test(path) && text !== undefined ? [text] : [],
  );
  const words = [...boot.argv, ...containers.flatMap(({ source }) => source.spec.command?.words ?? [])];
  return forwardsByCommand(image) || [...written, ...words].some((text) => forwarding.test(text ?? ""));
}

const forwarding =
  /^[ \t]*(?:ForwardToConsole[ \t]*=[ \t]*(?:yes|true|on|1)|DefaultStandardOutput[ \t]*=[ \t]*(?:\w+\+console|tty))|ForwardToConsole=(?:yes|true|on|1)|systemd\.journald\.forward_to_console/im;

const forwardsByCommand = anyCommand(({ words }) => words.some((word) => forwarding.test(word ?? "")));
