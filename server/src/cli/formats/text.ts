import { visible } from "../../core/base/visible";
import { bootText } from "../boot-text";
import { inspectText } from "../inspect-text";
import { leastText } from "../least-text";
import { texts } from "../texts";
import { verifyText } from "../verify-text";
import type { CauseRow, FindingRow, Format, LintReport, RuleRow } from "./format";

/** Output for humans. */
export const text: Format = {
  name: "text",
  lint: {
    brief: true,
    file: (findings, all) => findings.map((row) => finding(row) + (all ? evidence(row) : "")).join(""),
    end: (report) => more(report) + (report.searched ? summary(report) : ""),
  },
  explain: (causes) => causes.map(cause).join("\n"),
  rules: (rules) => rules.map(rule).join("") + countOf(rules),
  boot: bootText,
  least: leastText,
  inspect: inspectText,
  verify: verifyText,
};

function more({ more: count }: LintReport): string {
  return count === 0 ? "" : `${texts.more(count)}\n`;
}

/** How certain it is that systemd boots there, and why. */
function evidence({ grade, evidence: reason }: FindingRow): string {
  return grade && reason ? `    evidence: ${grade}: ${visible(reason)}\n` : "";
}

function summary({ filesChecked, findings: { length } }: LintReport): string {
  return `${texts.checked(filesChecked, length)}\n`;
}

function finding({ file, line, column, severity, rule, message, fixes }: FindingRow): string {
  const fix = fixes[0]
    ? `\n    ${fixes[0].safe ? "fix" : "suggestion"}: ${fixes.map(({ title }) => visible(title)).join(" | ")}`
    : "";
  return `${visible(file)}:${line}:${column}: ${severity}: ${visible(message)} [${rule}]${fix}\n`;
}

function cause({ line, cause, fix, rule }: CauseRow): string {
  const told = line === "" ? "" : `    line: ${visible(line)}\n`;
  const page = rule ? `    ${texts.page(rule)}\n` : "";
  return `${visible(cause)}${rule ? ` [${rule}]` : ""}\n${told}    fix: ${visible(fix)}\n${page}`;
}

function rule({ id, severity, evidence, title }: RuleRow): string {
  return `${id.padEnd(30)} ${severity.padEnd(12)} ${evidence.padEnd(9)} ${title}\n`;
}

function countOf(rules: readonly RuleRow[]): string {
  const count = (kind: string) => `${rules.filter(({ evidence }) => evidence === kind).length} ${kind}`;
  return `${rules.length} rules: ${["booted", "measured", "sourced"].map(count).join(", ")}\n`;
}
