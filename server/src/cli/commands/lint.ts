import { TextDocument } from "vscode-languageserver-textdocument";
import { format } from "../../core/base/message";
import { visible, visibleJson } from "../../core/base/visible";
import { rulePage } from "../../core/docs/url";
import { lint } from "../../core/lint/lint";
import { isNotice, notLinted } from "../../core/lint/not-linted";
import type { Finding, Severity } from "../../core/lint/rule";
import { readInputs } from "../input/files";
import type { InputFile } from "../input/input-file";
import { oneOf, parse, targetOf, UsageError } from "../input/options";
import type { ExitCode, Terminal } from "../terminal";

const levels: readonly Severity[] = ["hint", "information", "warning", "error"];

/** `lint`: findings as lines or JSON; 1 when one is at or above the fail level. */
export function lintPaths(args: readonly string[], terminal: Terminal): ExitCode {
  const { values, paths } = parse(args, {
    format: { type: "string" },
    "fail-level": { type: "string" },
    kind: { type: "string" },
  });
  const shape = oneOf("format", values.format, ["text", "json"]);
  const failLevel = oneOf("fail-level", values["fail-level"], [
    "warning",
    "error",
    "information",
    "hint",
    "never",
  ]);
  const kind = values.kind === undefined ? undefined : oneOf("kind", values.kind, ["dockerfile", "compose"]);
  const target = targetOf(values);
  if (paths.length === 0) throw new UsageError("lint needs at least one PATH.");

  const { files, large, snapshot, failed } = readInputs(paths, kind, terminal);
  const judged = files.flatMap((file) => {
    const { findings, failures } = lint({ ...file, snapshot, settings: { rules: {}, target } });
    for (const { rule, error } of failures) terminal.err(`${file.name}: ${rule} failed: ${String(error)}\n`);
    return findings.map((finding) => row(file, finding));
  });
  const left = large.flatMap((file) =>
    notLinted("", "large").findings.map((finding) => row({ ...file, text: "" }, finding)),
  );
  const rows = [...judged, ...left];
  terminal.out(shape === "json" ? `${visibleJson(rows)}\n` : rows.map(line).join(""));
  if (left.length > 0) terminal.err(`${left.length} ${left.length === 1 ? "file" : "files"} not linted.\n`);
  if (failed) return 2;
  const bad = rows.some(
    ({ severity }) => failLevel !== "never" && levels.indexOf(severity) >= levels.indexOf(failLevel),
  );
  return bad ? 1 : 0;
}

/** A finding as JSON shows it: lines and columns count from 1, in UTF-16 units. */
function row(file: Pick<InputFile, "name" | "uri" | "text">, finding: Finding) {
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

function line({ file, line: at, column, severity, rule, message, fixes }: ReturnType<typeof row>): string {
  const fix = fixes[0]
    ? `\n    ${fixes[0].safe ? "fix" : "choice"}: ${fixes.map(({ title }) => visible(title)).join(" | ")}`
    : "";
  return `${visible(file)}:${at}:${column}: ${severity}: ${visible(message)} [${rule}]${fix}\n`;
}
