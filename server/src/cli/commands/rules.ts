import { evidenceKind } from "../../core/docs/evidence/proofs";
import { rulePage } from "../../core/docs/url";
import { rules as catalogue } from "../../core/lint/rules/index";
import type { Command } from "../command";
import type { RuleRow } from "../formats/format";
import { formatOption, renderer } from "../formats/table";
import { type Arguments, type Options, UsageError } from "../input/options";
import type { ExitCode, Terminal } from "../terminal";

const options = { format: formatOption("rules") } as const satisfies Options;

/** `rules`: the catalogue, and what each claim rests on. */
export const rules: Command<typeof options> = { name: "rules", options, usage: "", run: listRules };

function listRules({ values, target, paths }: Arguments<typeof options>, terminal: Terminal): ExitCode {
  if (paths.length > 0 || target) throw new UsageError("rules takes no PATH and no TARGET.");
  const rows = catalogue.map((rule): RuleRow => {
    const { id, title, subject, severity } = rule;
    return { id, title, subject, severity, evidence: evidenceKind(rule), docs: rulePage(id) };
  });
  terminal.out(renderer("rules", values.format)(rows));
  return 0;
}
