import { TextDocument } from "vscode-languageserver-textdocument";
import { format } from "../../core/base/message";
import { rulePage } from "../../core/docs/url";
import { lint as lintFile } from "../../core/lint/lint";
import { isNotice, notLinted } from "../../core/lint/not-linted";
import { type Finding, rank } from "../../core/lint/rule";
import type { Command } from "../command";
import type { FindingRow } from "../formats/format";
import { formatOption, renderer } from "../formats/table";
import { readInputs } from "../input/files";
import type { InputFile } from "../input/input-file";
import { type Arguments, kindOption, type Options, UsageError } from "../input/options";
import type { ExitCode, Terminal } from "../terminal";

const options = {
  format: formatOption("lint"),
  "fail-level": { type: "string", choices: ["error", "warning", "information", "hint", "never"] },
  kind: kindOption,
} as const satisfies Options;

/** `lint`: findings as lines or JSON; 1 when one is at or above the fail level. */
export const lint: Command<typeof options> = {
  name: "lint",
  options,
  usage: "[TARGET] PATH…",
  run: lintPaths,
};

function lintPaths({ values, target, paths }: Arguments<typeof options>, terminal: Terminal): ExitCode {
  const failLevel = values["fail-level"] ?? "warning";
  if (paths.length === 0) throw new UsageError("lint needs at least one PATH.");

  const { files, large, snapshot, failed } = readInputs(paths, values.kind, terminal);
  const judged = files.flatMap((file) => {
    const { findings, failures } = lintFile({ ...file, snapshot, settings: { rules: {}, target } });
    for (const { rule, error } of failures) terminal.err(`${file.name}: ${rule} failed: ${String(error)}\n`);
    return findings.map((finding) => row(file, finding));
  });
  const left = large.flatMap((file) =>
    notLinted("", "large").findings.map((finding) => row({ ...file, text: "" }, finding)),
  );
  const rows = [...judged, ...left];
  terminal.out(renderer("lint", values.format)(rows));
  if (left.length > 0) terminal.err(`${left.length} ${left.length === 1 ? "file" : "files"} not linted.\n`);
  if (failed) return 2;
  const bad = rows.some(({ severity }) => failLevel !== "never" && rank(severity) <= rank(failLevel));
  return bad ? 1 : 0;
}

function row(file: Pick<InputFile, "name" | "uri" | "text">, finding: Finding): FindingRow {
  const document = TextDocument.create(file.uri, "", 0, file.text);
  const start = document.positionAt(finding.span.start);
  const end = document.positionAt(finding.span.end);
  return {
    file: file.name,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    rule: finding.rule,
    severity: finding.severity,
    message: format(finding.message),
    fixes: finding.fixes.map(({ title, safe }) => ({ title: format(title), safe })),
    docs: isNotice(finding.rule) ? undefined : rulePage(finding.rule),
  };
}
