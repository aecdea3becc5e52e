import type { Target } from "../../core/engine";
import { lintSeen } from "../../core/lint/lint-seen";
import { isNotice, notLinted } from "../../core/lint/not-linted";
import { rank, type Severity } from "../../core/lint/rule";
import { buildLinks } from "../../core/project/links";
import { keptFile } from "../../core/surfaces/files";
import type { Command } from "../command";
import type { ExitCode } from "../exit-code";
import { findingRows } from "../finding-rows";
import type { FindingRow } from "../formats/format";
import { formatOption, renderer } from "../formats/table";
import type { OpenInputs } from "../input/files";
import { type InputFile, nameFrom } from "../input/input-file";
import { inspected } from "../input/inspected";
import { type Arguments, kindOption, type Options, UsageError } from "../input/options";
import { openPathsOrStdin, stdinFilename } from "../input/stdin";
import type { Terminal } from "../terminal";
import { texts } from "../texts";

const options = {
  format: formatOption("lint"),
  "fail-level": { type: "string", choices: ["error", "warning", "information", "hint", "never"] },
  all: { type: "boolean" },
  inspect: { type: "boolean" },
  kind: kindOption,
  "stdin-filename": stdinFilename,
} as const satisfies Options;

/** `lint`: prints findings as text or JSON. Exits with code 1 if any is at or above the fail level. */
export const lint: Command<typeof options> = {
  name: "lint",
  options,
  usage: "[TARGET] PATH…|-",
  about: `lint prints warnings, errors and findings at or above the fail level. --all prints all findings, with the
evidence that systemd boots.
--inspect also reads images in FROM, image: and docker run that are not well known, if the engine has them.
lint - and fix - read one file from standard input, and fix - prints the fixed text. --stdin-filename names that
file: the name determines its kind, and relative paths are looked up in its directory.
`,
  run: lintPaths,
};

function lintPaths(line: Arguments<typeof options>, terminal: Terminal): ExitCode | Promise<ExitCode> {
  const { values, paths } = line;
  if (paths.length === 0) throw new UsageError(texts.needsPaths("lint"));
  const inputs = openPathsOrStdin(paths, values, terminal);
  if (!values.inspect) return lintInputs(line, inputs, terminal);
  return inspected(inputs, terminal).then((seen) => (seen ? lintInputs(line, seen, terminal) : 3));
}

function lintInputs(
  { values, target }: Arguments<typeof options>,
  inputs: OpenInputs,
  terminal: Terminal,
): ExitCode {
  const failLevel = values["fail-level"] ?? "warning";
  const output = renderer("lint", values.format);
  const print = (text: string) => text !== "" && terminal.out(text);
  const findings: FindingRow[] = [];
  let filesChecked = 0;
  let more = 0;
  const all = values.all === true;
  const isPrinted = ({ rule, severity }: FindingRow) =>
    all ||
    !output.brief ||
    isAtLeast(severity, "warning") ||
    isAtLeast(severity, failLevel) ||
    isNotice(rule);
  const add = (rows: readonly FindingRow[]) => {
    for (const row of rows) findings.push(row);
    const printed = rows.filter(isPrinted);
    more += rows.length - printed.length;
    print(output.file(printed, all));
  };

  const judge = judgeIn(inputs, target, terminal);
  const count = inputs.entries.length;
  for (const [done, entry] of inputs.entries.entries()) {
    if (terminal.isClosed?.()) break;
    terminal.progress?.(done, count);
    const file = inputs.read(entry);
    if (!file) continue;
    filesChecked++;
    add(judge(file));
    if (values.kind === "compose" && hasNoServices(file, inputs)) {
      terminal.err(`${file.name}: ${texts.noServices}\n`);
    }
  }
  terminal.progress?.(count, count);
  const left = inputs.large.length;
  for (const file of inputs.large) add(rowsOfLarge(file));
  print(output.end({ filesChecked, searched: inputs.searched, findings, more }));
  if (left > 0) terminal.err(`${texts.notLinted(left)}\n`);
  if (inputs.failed()) return 2;
  return findings.some(({ severity }) => isAtLeast(severity, failLevel)) ? 1 : 0;
}

function isAtLeast(severity: Severity, level: Severity | "never"): boolean {
  return level !== "never" && rank(severity) <= rank(level);
}

/** If `--kind` declares a file to be a Compose file but it has no services, it might be another kind of file. */
function hasNoServices(file: InputFile, { snapshot }: OpenInputs): boolean {
  return keptFile(file, snapshot.read)?.containers.length === 0;
}

/** Returns a function that lints one file at a time and reports other problems with the file to the terminal. */
function judgeIn(
  { entries, snapshot, tell }: OpenInputs,
  target: Target,
  terminal: Terminal,
): (file: InputFile) => FindingRow[] {
  const names = new Map(entries.flatMap((entry) => ("uri" in entry ? [[entry.uri, entry.name]] : [])));
  const fileAt = (uri: string) => ({
    name: names.get(uri) ?? nameFrom(terminal.cwd, uri),
    text: snapshot.read(uri) ?? "",
  });
  const project = { snapshot, links: buildLinks(snapshot), settings: { rules: {}, target } };
  return (file) => {
    const { findings, problems, failures } = lintSeen({ ...file, ...project });
    tell(file, problems);
    for (const { rule, error } of failures)
      terminal.err(`${file.name}: ${texts.ruleFailed(rule, String(error))}\n`);
    return findingRows(file, findings, fileAt);
  };
}

function rowsOfLarge(file: OpenInputs["large"][number]): FindingRow[] {
  const own = { ...file, text: "" };
  return findingRows(own, notLinted("", "large").findings, () => own);
}
