import { TextDocument } from "vscode-languageserver-textdocument";
import { format } from "../../core/base/message";
import { visible } from "../../core/base/visible";
import { type FileFix, fixFiles } from "../../core/lint/fix-files";
import type { Command } from "../command";
import { difference } from "../difference";
import type { ExitCode } from "../exit-code";
import { readAll } from "../input/files";
import { type InputFile, nameFrom } from "../input/input-file";
import { type Arguments, kindOption, type Options, UsageError } from "../input/options";
import { mark } from "../input/read-text";
import { openPathsOrStdin, stdinFilename } from "../input/stdin";
import { writeInPlace } from "../input/write";
import type { Terminal } from "../terminal";
import { texts } from "../texts";

const options = {
  "dry-run": { type: "boolean" },
  hints: { type: "boolean" },
  kind: kindOption,
  "stdin-filename": stdinFilename,
} as const satisfies Options;

/** `fix`: applies the safe fixes, or shows them as a unified diff. */
export const fix: Command<typeof options> = {
  name: "fix",
  options,
  usage: "[TARGET] PATH…|-",
  about: "fix applies safe fixes, except those for hints; --hints includes them.\n",
  run: fixPaths,
};

function fixPaths({ values, target, paths }: Arguments<typeof options>, terminal: Terminal): ExitCode {
  if (paths.length === 0) throw new UsageError(texts.needsPaths("fix"));
  const inputs = openPathsOrStdin(paths, values, terminal);
  const { piped } = inputs;
  const { files, large, snapshot, failed } = readAll(inputs);
  for (const { name } of large) terminal.err(`${name}: ${texts.notFixedLarge}\n`);
  // Readers treat the output as the entire file, so if there is no fixed text, nothing is printed.
  if (piped && (failed || large.length > 0)) return 2;
  const show = values["dry-run"] ? showDifference : piped ? print : write;
  let ok = !failed;
  const fixes = fixFiles(files, snapshot, { rules: {}, target }, { hints: values.hints === true });
  for (const file of files) {
    const fixed = fixes.get(file.uri);
    if (!fixed) continue;
    if (!show(file, fixed, terminal)) ok = false;
    for (const line of notFixed(file, fixed, terminal.cwd)) terminal.err(`${line}\n`);
  }
  return ok ? 0 : 2;
}

/** Shows, prints or writes a fixed file; returns whether that succeeded. */
type Show = (file: InputFile, fixed: FileFix, terminal: Terminal) => boolean;

const showDifference: Show = (file, { text }, terminal) => {
  if (text !== file.text) terminal.out(difference(file, text));
  return true;
};

const print: Show = ({ bom }, { text }, terminal) => {
  terminal.raw((bom ? mark : "") + text);
  return true;
};

const write: Show = (file, { text, applied }, terminal) => {
  if (text === file.text) return true;
  const why = writeInPlace(file, text);
  if (why) terminal.err(`${file.name}: ${texts.notWritten(why)}\n`);
  else terminal.out(`${visible(file.name)}: ${texts.applied(applied)}\n`);
  return why === undefined;
};

/** The findings that remain although they have a safe fix, with the reasons, one per line. */
export function notFixed(file: InputFile, fixed: FileFix, cwd: string): string[] {
  const document = TextDocument.create(file.uri, "", 0, fixed.text);
  const lines = fixed.withdrawn.map(({ rule, span, message }) => {
    const { line, character } = document.positionAt(span.start);
    return `${file.name}:${line + 1}:${character + 1}: ${texts.withdrawn(`${format(message)} [${rule}]`)}`;
  });
  if (fixed.left.length === 0) return lines;
  const rules = [...new Set(fixed.left.map(({ rule }) => rule))].join(", ");
  const others = fixed.dependsOn.map((uri) => nameFrom(cwd, uri)).join(", ");
  return [...lines, `${file.name}: ${texts.dependent(rules, others)}`];
}
