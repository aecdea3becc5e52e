import { message } from "../base/message";
import { applyEdits, type Edit } from "../base/text";
import { canonicalUri } from "../base/uri";
import type { Program } from "../image/image";
import type { ScriptFile } from "../lint/queries/entry-file";
import { startScripts } from "../lint/queries/start-scripts";
import {
  createdFiles,
  installLines,
  newUnit,
  type StartingUnits,
  startingUnits,
} from "../lint/queries/starting-units";
import { isEnding, unitOfLine } from "../lint/queries/unit-of-program";
import { argvOf, unreadBehind } from "../lint/queries/unread-words";
import type { ImageSubject } from "../project/subject";
import { type FileContext, subjectsOf } from "../project/subjects";
import { readCommands, readScriptFile } from "../shell/commands";
import { isShell } from "../shell/interpreter";
import { bootSystemd } from "./boot-systemd";
import {
  type Changed,
  imageOf,
  invalid,
  notBooting,
  refuse,
  rewritten,
  type Unchanged,
  unitTaken,
} from "./conversion";
import { commandAt, lineAt, lineWords, type ScriptLine } from "./line";

/** The Dockerfile whose image starts the program that is moved into a unit. */
interface Owner {
  readonly context: FileContext;
  readonly subject: ImageSubject;
}

const nothing = refuse(
  message("convert.no-line", "Place the cursor on a command in CMD, ENTRYPOINT or an entrypoint script."),
);

/**
 * Moves a line of CMD or of an entry script into a unit, which starts it instead. `offset` is in the context's file:
 * a Dockerfile, or a script that a Dockerfile of the workspace starts. If the image does not start systemd yet, its
 * entire program becomes the unit.
 */
export function runAtBoot(context: FileContext, offset: number): Changed | Unchanged {
  const subject = imageOf(context);
  if (!subject) return subjectsOf(context).file?.dockerfile ? invalid : inScript(context, offset);
  const owner = { context, subject };
  const program = programAt(subject, offset);
  if (!program) return inHeredoc(owner, offset);
  if (subject.boot.boots === "no") return bootSystemd(context);
  const words = behindInit(subject, program);
  if (words) {
    const { uri } = context;
    const edits = subject.image.edit.remove(program.instruction);
    return moved(owner, startingUnits(subject, words), { uri, edits });
  }
  if (program.form !== "shell" || !isShell(program.shell[0])) return nothing;
  const line = commandAt(context.text, readCommands(program.instruction.body), offset);
  return outOf(owner, { uri: context.uri, text: context.text, offset: 0 }, line);
}

/** The CMD or ENTRYPOINT of the last stage that contains an offset. */
function programAt({ image: { cmd, entrypoint, from } }: ImageSubject, offset: number): Program | undefined {
  return [cmd, entrypoint].find((program) => {
    if (program?.instruction.stage !== from.stage) return false;
    const { start, end } = program.instruction.span;
    return start <= offset && offset <= end;
  });
}

/** A program that CMD passes to init as arguments. init does not run it. */
function behindInit(subject: ImageSubject, program: Program): readonly string[] | undefined {
  const found = argvOf(subject);
  if (!found || found.cmd !== program) return undefined;
  const words = program.words.map(({ value }) => value);
  const unread = unreadBehind(found.argv, words);
  return unread?.kind === "program" && unread.before === 0 ? words : undefined;
}

/** Moves a line of a script that a Dockerfile of the workspace copies and starts. */
function inScript(context: FileContext, offset: number): Changed | Unchanged {
  const { uri, snapshot } = context;
  for (const of of snapshot.dockerfiles ?? []) {
    const text = snapshot.read(of);
    if (text === undefined) continue;
    const own: FileContext = { ...context, uri: of, text, kind: "dockerfile" };
    const subject = imageOf(own);
    const script = subject && scriptsIn(subject).find((each) => each.uri === canonicalUri(uri));
    if (script) return lineOf({ context: own, subject }, script, offset);
  }
  return refuse(message("convert.not-started", "No Dockerfile in the workspace starts this script."));
}

/** Moves a line of a script that the Dockerfile itself writes. */
function inHeredoc(owner: Owner, offset: number): Changed | Unchanged {
  const script = scriptsIn(owner.subject).find(
    (each) =>
      each.uri === owner.context.uri && each.offset <= offset && offset <= each.offset + each.text.length,
  );
  return script ? lineOf(owner, script, offset) : nothing;
}

function scriptsIn(subject: ImageSubject): ScriptFile[] {
  return startScripts(subject).flatMap(({ file }) => file ?? []);
}

function lineOf(owner: Owner, script: ScriptFile, offset: number): Changed | Unchanged {
  if (owner.subject.boot.boots === "no") return notBooting;
  return outOf(owner, script, lineAt(script.text, readScriptFile(script.text), offset - script.offset));
}

/** Moves a line of a script into a unit. */
function outOf(owner: Owner, script: ScriptFile, line: ScriptLine | undefined): Changed | Unchanged {
  if (!line) return nothing;
  const { subject } = owner;
  const { span, uses } = line;
  const { start, end } = span;
  const edits = [{ span: { start: start + script.offset, end: end + script.offset }, text: "" }];
  const made = moved(owner, unitOf(subject, line), { uri: script.uri, edits });
  if ("refused" in made || uses.length === 0) return made;
  const doubt = message(
    "convert.script-state",
    "These settings from earlier in the script do not apply to the unit: {names}.",
    {
      names: uses.join(", "),
    },
  );
  return { ...made, doubt };
}

/** The units that start a line; a command that is known to exit becomes a oneshot service. */
function unitOf(subject: ImageSubject, { text, commands }: ScriptLine): StartingUnits {
  const words = lineWords(text);
  const [command] = commands;
  const units = startingUnits(subject, words);
  const isPlain = commands.length === 1 && words[0] !== "/bin/sh";
  return units.file !== undefined && isPlain && command && isEnding(command)
    ? newUnit(unitOfLine(subject.image, words, commands))
    : units;
}

/** The Dockerfile with the unit added, and the file that the program is removed from. */
function moved(
  { context, subject }: Owner,
  unit: StartingUnits,
  { uri, edits }: { readonly uri: string; readonly edits: readonly Edit[] },
): Changed | Unchanged {
  const taken = unitTaken(subject, unit);
  if (taken) return taken;
  const isOwn = uri === context.uri;
  const changed = rewritten(context, isOwn ? edits : [], installLines(unit), "before-program");
  if ("refused" in changed) return changed;
  const before = isOwn ? undefined : context.snapshot.read(uri);
  const script = before === undefined ? [] : [{ uri, before, after: applyEdits(before, edits) }];
  return { changed: [...changed, ...script], created: createdFiles(subject, unit) };
}
