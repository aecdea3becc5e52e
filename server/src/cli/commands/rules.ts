import { evidenceKind } from "../../core/docs/evidence/proofs";
import { rules as catalogue } from "../../core/lint/rules/index";
import type { Command } from "../command";
import type { ExitCode } from "../exit-code";
import type { RuleRow } from "../formats/format";
import { formatOption, renderer } from "../formats/table";
import { type Arguments, type Options, UsageError } from "../input/options";
import type { Terminal } from "../terminal";
import { texts } from "../texts";

const options = { format: formatOption("rules") } as const satisfies Options;

/** `rules`: prints the catalog, with the evidence for each rule; with an id, the page of that rule. */
export const rules: Command<typeof options> = {
  name: "rules",
  options,
  usage: "[ID]",
  about: `rules lists the rules; rules ID prints the page of a rule, in Markdown.
`,
  run: (line, terminal) => {
    const [id, ...more] = line.paths;
    if (more.length > 0 || line.target) throw new UsageError(texts.onlyRule);
    return id === undefined ? listRules(line, terminal) : printPage(id, terminal);
  },
};

function printPage(id: string, terminal: Terminal): ExitCode {
  if (!catalogue.some((rule) => rule.id === id)) throw new UsageError(texts.unknownRule(id));
  terminal.out(terminal.page(id));
  return 0;
}

function listRules({ values }: Arguments<typeof options>, terminal: Terminal): ExitCode {
  const rows = catalogue.map((rule): RuleRow => {
    const { id, title, subject, severity } = rule;
    return { id, title, subject, severity, evidence: evidenceKind(rule) };
  });
  terminal.out(renderer("rules", values.format)(rows));
  return 0;
}
