import { rulePage } from "../core/docs";
import { rules } from "../core/rules/index";
import { oneOf, parse } from "./options";
import type { ExitCode, Terminal } from "./run";

/** `rules`: the catalogue, and what each claim rests on. */
export function listRules(args: readonly string[], terminal: Terminal): ExitCode {
  const { values } = parse(args, { format: { type: "string" } });
  const rows = rules.map(({ id, title, subject, severity, evidence }) => ({
    id,
    title,
    subject,
    severity,
    evidence: "measured" in evidence ? "measured" : "sourced",
    docs: rulePage(id),
  }));
  if (oneOf("format", values.format, ["text", "json"]) === "json") {
    terminal.out(`${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  }
  for (const { id, severity, evidence, title } of rows) {
    terminal.out(`${id.padEnd(30)} ${severity.padEnd(12)} ${evidence.padEnd(9)} ${title}\n`);
  }
  const measured = rows.filter(({ evidence }) => evidence === "measured").length;
  terminal.out(`${rows.length} rules: ${measured} measured, ${rows.length - measured} sourced\n`);
  return 0;
}
