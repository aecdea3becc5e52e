import type { Message } from "../../base/message";
import { anyCommand } from "../../image/programs";
import { writtenFiles } from "../../image/written-files";
import type { ImageSubject } from "../../project/subject";
import type { FileEdit } from "../rule";
import { stepsFix } from "./fixes";

/** A setting of journald, of all units or of the command line that sends everything to the console. */
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

/** The drop-in that makes journald write to the console, as a step of the Dockerfile. */
export function forwardingEdits({ image, uri }: ImageSubject): FileEdit[] {
  const directory = "/etc/systemd/journald.conf.d";
  const run = `RUN mkdir -p ${directory} && printf '[Journal]\\nForwardToConsole=yes\\n' > ${directory}/console.conf`;
  return image.edit.insert(run, "before-program").map((edit) => ({ ...edit, uri }));
}

/** A terminal for each run of the workspace that boots the image without one. There is no /dev/console otherwise. */
export function terminals({ containers }: ImageSubject, title: Message): FileEdit[] {
  return containers
    .filter(({ boot, source }) => boot.boots !== "no" && source.spec.tty !== true)
    .flatMap(({ source, uri }) => {
      const fix = stepsFix(source, [{ do: "set", key: "tty", value: true }], title, false);
      return fix?.edits.map((edit) => ({ ...edit, uri })) ?? [];
    });
}
