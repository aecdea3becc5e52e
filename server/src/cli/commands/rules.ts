import { visibleJson } from "../../core/base/visible";
import { evidenceKind } from "../../core/docs/evidence/proofs";
import { rulePage } from "../../core/docs/url";
import { rules } from "../../core/lint/rules/index";
import { oneOf, parse, targetOf, UsageError } from "../input/options";
import type { ExitCode, Terminal } from "../terminal";

/** `rules`: the catalogue, and what each claim rests on. */
export function listRules(args: readonly string[], terminal: Terminal): ExitCode {
  const { values, paths } = parse(args, { format: { type: "string" } });
  if (paths.length > 0 || targetOf(values)) throw new UsageError("rules takes no PATH and no TARGET.");
  const rows = rules.map((rule) => {
    const { id, title, subject, severity } = rule;
    return { id, title, subject, severity, evidence: evidenceKind(rule), docs: rulePage(id) };
  });
  if (oneOf("format", values.format, ["text", "json"]) === "json") {
    terminal.out(`${visibleJson(rows)}\n`);
    return 0;
  }
  for (const { id, severity, evidence, title } of rows) {
    terminal.out(`${id.padEnd(30)} ${severity.padEnd(12)} ${evidence.padEnd(9)} ${title}\n`);
  }
  const count = (kind: string) => `${rows.filter(({ evidence }) => evidence === kind).length} ${kind}`;
  terminal.out(`${rows.length} rules: ${["booted", "measured", "sourced"].map(count).join(", ")}\n`);
  return 0;
}
