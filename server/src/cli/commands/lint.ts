import { lint as lintFile } from "../../core/lint/lint";
import { notLinted } from "../../core/lint/not-linted";
import { rank } from "../../core/lint/rule";
import { buildLinks } from "../../core/project/links";
import type { Command } from "../command";
import { findingRows } from "../finding-rows";
import { formatOption, renderer } from "../formats/table";
import { readAll } from "../input/files";
import { nameFrom } from "../input/input-file";
import { type Arguments, kindOption, type Options, UsageError } from "../input/options";
import { openPathsOrStdin, stdinFilename } from "../input/stdin";
import type { ExitCode, Terminal } from "../terminal";

const options = {
  format: formatOption("lint"),
  "fail-level": { type: "string", choices: ["error", "warning", "information", "hint", "never"] },
  kind: kindOption,
  "stdin-filename": stdinFilename,
} as const satisfies Options;

/** `lint`: findings as lines or JSON; 1 when one is at or above the fail level. */
export const lint: Command<typeof options> = {
  name: "lint",
  options,
  usage: "[TARGET] PATH…|-",
  about: `lint - and fix - read one file from standard input, and fix - prints it fixed. --stdin-filename says which
file it is: its name tells the kind, and relative files are looked up in its directory.
`,
  run: lintPaths,
};

function lintPaths({ values, target, paths }: Arguments<typeof options>, terminal: Terminal): ExitCode {
  const failLevel = values["fail-level"] ?? "warning";
  if (paths.length === 0) throw new UsageError("lint needs at least one PATH.");

  const { files, large, snapshot, searched, failed } = readAll(openPathsOrStdin(paths, values, terminal));
  const names = new Map(files.map(({ uri, name }) => [uri, name]));
  const fileAt = (uri: string) => ({
    name: names.get(uri) ?? nameFrom(terminal.cwd, uri),
    text: snapshot.read(uri) ?? "",
  });
  const project = { snapshot, links: buildLinks(snapshot), settings: { rules: {}, target } };
  const judged = files.flatMap((file) => {
    const { findings, failures } = lintFile({ ...file, ...project });
    for (const { rule, error } of failures) terminal.err(`${file.name}: ${rule} failed: ${String(error)}\n`);
    return findingRows(file, findings, fileAt);
  });
  const left = large.flatMap((file) =>
    findingRows({ ...file, text: "" }, notLinted("", "large").findings, fileAt),
  );
  const rows = [...judged, ...left];
  terminal.out(renderer("lint", values.format)({ filesChecked: files.length, searched, findings: rows }));
  if (left.length > 0) terminal.err(`${left.length} ${left.length === 1 ? "file" : "files"} not linted.\n`);
  if (failed) return 2;
  const bad = rows.some(({ severity }) => failLevel !== "never" && rank(severity) <= rank(failLevel));
  return bad ? 1 : 0;
}
