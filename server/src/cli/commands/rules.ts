import { visibleJson } from "../../core/base/visible";
import { evidenceKind } from "../../core/docs/evidence/proofs";
import { rulePage } from "../../core/docs/url";
import { rules as catalogue } from "../../core/lint/rules/index";
import type { Command } from "../command";
import { type Arguments, type Options, UsageError } from "../input/options";
import type { ExitCode, Terminal } from "../terminal";

const options = { format: { type: "string", choices: ["text", "json"] } } as const satisfies Options;

/** `rules`: the catalogue, and what each claim rests on. */
export const rules: Command<typeof options> = { name: "rules", options, usage: "", run: listRules };

function listRules({ values, target, paths }: Arguments<typeof options>, terminal: Terminal): ExitCode {
  if (paths.length > 0 || target) throw new UsageError("rules takes no PATH and no TARGET.");
  const rows = catalogue.map((rule) => {
    const { id, title, subject, severity } = rule;
    return { id, title, subject, severity, evidence: evidenceKind(rule), docs: rulePage(id) };
  });
  if (values.format === "json") {
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
