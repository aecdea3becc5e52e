import type { Edit } from "../../base/text";
import type { Command, UnitAction } from "../../image/image";
import type { ImageSubject } from "../../project/subject";
import type { SayOf } from "../rule";
import { losesIgnore, withoutCommands, withoutWord } from "./build-steps";
import { editFix } from "./shared";
import { type Deletion, grouped } from "./wants-links";

/** Units that a container has no use for; what they do is the engine's or the host's. */
export const maskList = [
  ...["systemd-remount-fs.service", "dev-hugepages.mount", "sys-fs-fuse-connections.mount"],
  ...["getty.target", "console-getty.service", "systemd-udev-trigger.service", "systemd-udevd.service"],
  ...["systemd-random-seed.service", "systemd-machine-id-commit.service"],
].join(" ");

/** Paths out of their commands, or a whole command when it deletes nothing else. */
function dropped(subject: ImageSubject, deletions: readonly Deletion[]): readonly Edit[] | undefined {
  const emptied: Command[] = [];
  const edits: Edit[] = [];
  for (const [command, gone] of grouped(deletions, commandOf)) {
    if (isEmptied(command, gone)) emptied.push(command);
    else edits.push(...gone.flatMap(({ span }) => withoutWord(subject.image, span)));
  }
  const removal = withoutCommands(subject, emptied);
  return removal && [...edits, ...removal];
}

const commandOf = ({ command }: Deletion) => command;

/** Says whether nothing is left that a command deletes. */
function isEmptied({ words }: Command, gone: readonly Deletion[]): boolean {
  const operands = words.slice(1).filter((word) => !word?.startsWith("-"));
  return gone.some(({ path }) => path === undefined) || operands.length === gone.length;
}

/** What deletes a link, written before the instruction that makes it. */
export function movedBefore(
  subject: ImageSubject,
  deletions: readonly Deletion[],
  { instruction }: UnitAction,
): readonly Edit[] | undefined {
  const { text, edit } = subject.image;
  const movable = ({ run }: Command) => run !== instruction && run.stage === instruction.stage;
  if (!deletions.every(({ command }) => movable(command))) return undefined;
  const removal = dropped(subject, deletions);
  if (!removal || losesIgnore(subject.image, removal)) return undefined;
  const commands = [...grouped(deletions, commandOf)].map(([{ words, span }, gone]) => {
    if (gone.some(({ path }) => path === undefined)) return text.slice(span.start, span.end);
    const options = words.filter((word) => word?.startsWith("-"));
    return ["rm", ...options, ...new Set(gone.map(({ path }) => path))].join(" ");
  });
  return [...edit.insertBefore(instruction, `RUN ${[...new Set(commands)].join(" && ")}`), ...removal];
}

/** Masks a list of units in place of deletions of one RUN, or leaves the links alone. */
export function instead(
  subject: ImageSubject,
  deletions: readonly Deletion[],
  say: SayOf<{ readonly mask: ""; readonly keep: "" }>,
) {
  const known = deletions.every(({ path }) => path !== undefined);
  return [
    editFix(known ? masked(subject, deletions) : undefined, say("mask"), false),
    editFix(known ? dropped(subject, deletions) : undefined, say("keep"), false),
  ];
}

function masked(subject: ImageSubject, deletions: readonly Deletion[]): readonly Edit[] | undefined {
  const { image } = subject;
  const mask = `systemctl mask ${maskList}`;
  const [[command, gone] = []] = grouped(deletions, commandOf);
  if (!command || !gone) return undefined;
  const rest = dropped(subject, deletions.slice(gone.length));
  if (!rest) return undefined;
  if (isEmptied(command, gone)) return [...image.edit.replace(command.span, mask), ...rest];
  const { end } = command.span;
  const words = gone.flatMap(({ span }) => withoutWord(image, span));
  return [...words, ...image.edit.replace({ start: end, end }, ` && ${mask}`), ...rest];
}
