import { type Message, message } from "../base/message";
import { lastSegment, lineAt } from "../base/text";
import { canonicalUri } from "../base/uri";
import type { CopyInstruction, Instruction } from "../image/image";
import { forwardsAll } from "../project/forwarding";
import type { ImageSubject } from "../project/subject";
import type { FileView, Workspace } from "./view";

/** A command that is offered in the menu of a file, or of a place in a file. */
export interface Offer {
  readonly command: "makeImageBoot" | "addComposeService" | "createUnitFile" | "runAtBoot" | "forwardJournal";
  readonly title: Message;
  /** The command's arguments besides the file. */
  readonly arguments: readonly string[];
}

const offer = (command: Offer["command"], title: Message, ...args: readonly string[]): Offer => ({
  ...{ command, title, arguments: args },
});

const makesBoot = offer("makeImageBoot", message("offer.boot", "Make this image boot systemd"));
const addsService = offer("addComposeService", message("offer.service", "Add Compose service"));
const forwards = offer("forwardJournal", message("offer.journal", "Forward journal to docker logs"));
const atBoot = message("offer.run", "Run this at boot");

/** The commands that are offered for a Dockerfile. */
export function wholeOffers(view: FileView): Offer[] {
  const subject = lastImage(view);
  if (!subject || subject.image.unreadable) return [];
  if (subject.boot.boots === "no") return [makesBoot];
  return [
    ...(subject.containers.length === 0 ? [addsService] : []),
    ...(forwardsAll(subject) ? [] : [forwards]),
  ];
}

/**
 * The commands that are offered at a place in a Dockerfile: on FROM, CMD and ENTRYPOINT, and on a COPY of programs in
 * the last stage.
 */
export function placeOffers(view: FileView, offset: number): Offer[] {
  const subject = lastImage(view);
  const at =
    subject &&
    [subject.image.from, ...subject.image.own].find(({ span }) => span.start <= offset && offset <= span.end);
  if (!subject || !at || subject.image.unreadable) return [];
  if (at.keyword === "FROM") return wholeOffers(view);
  const isProgram = at.keyword === "CMD" || at.keyword === "ENTRYPOINT";
  if (subject.boot.boots === "no") return isProgram ? [makesBoot] : [];
  if (isProgram) return hasMore(subject, at) ? [run(view.text, offset)] : [];
  const copied = subject.image.copies.find(({ index }) => index === at.index);
  return copied ? unitOffers(copied) : [];
}

/** The commands that are offered at a place in a script that starts init for an image of the workspace. */
export function scriptOffers(workspace: Workspace, uri: string, text: string, offset: number): Offer[] {
  const { start, end } = lineAt(text, offset);
  if (/^\s*(#|$)/.test(text.slice(start, end))) return [];
  return workspace.dockerfiles.some((of) => startsScript(workspace.view(of), uri)) ? [run(text, offset)] : [];
}

function startsScript(view: FileView | undefined, uri: string): boolean {
  const subject = view && lastImage(view);
  const path = subject?.boot.script?.path;
  return path !== undefined && subject?.fileUri(path) === canonicalUri(uri);
}

function run(text: string, offset: number): Offer {
  return offer("runAtBoot", atBoot, String(text.slice(0, offset).split("\n").length - 1));
}

function lastImage({ file, image }: FileView): ImageSubject | undefined {
  const stages = file.dockerfile?.stages.length ?? 0;
  return stages === 0 ? undefined : image(stages - 1);
}

/** Whether CMD or ENTRYPOINT contains more than the path of init and its arguments. */
function hasMore({ image: { cmd, entrypoint } }: ImageSubject, at: Instruction): boolean {
  const program = [cmd, entrypoint].find((each) => each?.instruction.index === at.index);
  if (program?.form === "shell") return program.words.length === 0;
  return (
    program !== undefined &&
    program === cmd &&
    entrypoint !== undefined &&
    /^[^-=]+$/.test(cmd.words[0]?.value ?? "-")
  );
}

/** Offers to create units for programs that are copied to a directory for programs. */
function unitOffers({ sources, destination }: CopyInstruction): Offer[] {
  if (!/^\/(opt|srv|app|(usr\/(local\/)?)?s?bin)\//.test(destination)) return [];
  const [first = "", ...more] = sources;
  if (more.length > 0 || /[*?]|\.(service|conf|ya?ml|json|txt|html)$/.test(first)) return [];
  const program = destination.endsWith("/") ? destination + lastSegment(first) : destination;
  const title = message("offer.unit", "Create a unit file for {program}", { program });
  return [offer("createUnitFile", title, program)];
}
