import type { Edit } from "../../base/text";
import type { UnitAction } from "../../image/image";
import type { ImageSubject } from "../../project/subject";
import type { Say } from "../rule";
import { losesIgnore, withoutCommand, withoutWord } from "./build-steps";
import { editFix } from "./shared";
import type { Deletion } from "./wants-links";

/** Units that a container has no use for; what they do is the engine's or the host's. */
export const maskList = [
  ...["systemd-remount-fs.service", "dev-hugepages.mount", "sys-fs-fuse-connections.mount"],
  ...["getty.target", "console-getty.service", "systemd-udev-trigger.service", "systemd-udevd.service"],
  ...["systemd-random-seed.service", "systemd-machine-id-commit.service"],
].join(" ");

/** The path out of its command, or the whole command when it deletes nothing else. */
function dropped(subject: ImageSubject, { command, span, path }: Deletion): readonly Edit[] | undefined {
  const operands = command.words.slice(1).filter((word) => !word?.startsWith("-"));
  return path !== undefined && operands.length > 1
    ? withoutWord(subject.image, span)
    : withoutCommand(subject, command);
}

/** What deletes links, written before the instruction that makes one. */
export function movedBefore(
  subject: ImageSubject,
  deletion: Deletion,
  { instruction }: UnitAction,
): readonly Edit[] | undefined {
  const { text, edit } = subject.image;
  const { command, path } = deletion;
  const removal = dropped(subject, deletion);
  if (!removal || losesIgnore(subject.image, removal)) return undefined;
  if (command.run === instruction || command.run.stage !== instruction.stage) return undefined;
  const options = command.words.filter((word) => word?.startsWith("-"));
  const moved =
    path === undefined
      ? text.slice(command.span.start, command.span.end)
      : ["rm", ...options, path].join(" ");
  return [...edit.insertBefore(instruction, `RUN ${moved}`), ...removal];
}

/** Masks a list of units in place of the deletion, or leaves the links alone. */
export function instead(subject: ImageSubject, deletion: Deletion, say: Say) {
  const { image } = subject;
  const { command, path, span } = deletion;
  const operands = command.words.slice(1).filter((word) => !word?.startsWith("-"));
  const mask = `systemctl mask ${maskList}`;
  const end = { start: command.span.end, end: command.span.end };
  const edits =
    path === undefined
      ? undefined
      : operands.length === 1
        ? image.edit.replace(command.span, mask)
        : [...withoutWord(image, span), ...image.edit.replace(end, ` && ${mask}`)];
  return [
    editFix(edits, say("mask"), false),
    editFix(path === undefined ? undefined : dropped(subject, deletion), say("keep"), false),
  ];
}
