import type { Message } from "../../base/message";
import type { ImageSubject } from "../../project/subject";
import type { FileEdit } from "../rule";
import { stepsFix } from "./fixes";

/** The edits that add a build step with a drop-in for journald that forwards the journal to the console. */
export function forwardingEdits({ image, uri }: ImageSubject): FileEdit[] {
  const directory = "/etc/systemd/journald.conf.d";
  const run = `RUN mkdir -p ${directory} && printf '[Journal]\\nForwardToConsole=yes\\n' > ${directory}/console.conf`;
  return image.edit.insert(run, "before-program").map((edit) => ({ ...edit, uri }));
}

/**
 * The edits that add a terminal to each container in the workspace that boots the image without one. Without a
 * terminal there is no /dev/console.
 */
export function terminals({ containers }: ImageSubject, title: Message): FileEdit[] {
  return containers
    .filter(({ boot, source }) => boot.boots !== "no" && source.spec.tty !== true)
    .flatMap(({ source, uri }) => {
      const fix = stepsFix(source, [{ do: "set", key: "tty", value: true }], title, false);
      return fix?.edits.map((edit) => ({ ...edit, uri })) ?? [];
    });
}
