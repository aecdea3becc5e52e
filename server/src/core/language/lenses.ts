import { type Message, message } from "../base/message";
import type { Span } from "../base/text";
import { boots, type FileView } from "./view";

/** A command that is shown above a line of a file. */
export interface Lens {
  readonly span: Span;
  readonly does: "boot" | "copy";
  readonly title: Message;
  /** The container that the command is about, if a file starts several. */
  readonly container?: string;
}

const build = message("lens.build", "Build and Boot");
const boot = message("lens.boot", "Boot");
const copy = message("lens.copy", "Copy Run Command");

/**
 * The commands for a file: above the last FROM, and above each container that the file starts, if systemd boots
 * there.
 */
export function lenses(view: FileView): Lens[] {
  const stages = view.file.dockerfile?.stages ?? [];
  const last = stages.at(-1);
  if (last)
    return boots(view, { stage: stages.length - 1 }) ? both({ span: last.from.span, title: build }) : [];
  return view
    .containers()
    .filter((subject) => subject.boot.boots !== "no" && subject.source.uri === undefined)
    .flatMap(({ source }) =>
      both({ span: source.nameSpan, title: source.build ? build : boot, container: source.name }),
    );
}

function both(lens: Omit<Lens, "does">): Lens[] {
  return [
    { ...lens, does: "boot" },
    { ...lens, does: "copy", title: copy },
  ];
}
