import { format, message } from "../base/message";
import type { Example, Examples } from "../lint/example";
import type { Finding, Rule } from "../lint/rule";
import { kindOf, surfaceOf } from "../surfaces/files";
import { cellText, type Proof, proofsOf, proofText } from "./evidence/proofs";
import { type WorkloadProof, workloadsOf, workloadText } from "./evidence/workloads";
import { withMessages } from "./marks";
import { placeholders, placeholdersIn } from "./placeholders";

/**
 * The page of a rule, `docs/rules/ID.md`. `found` has the findings for each example; `proofs` refer to examples by
 * caption.
 */
export function rulePage(
  rule: Rule,
  examples: Examples,
  found: readonly (readonly Finding[])[],
  proofs: readonly Proof[] = proofsOf(rule),
): string {
  const shown = examples.map((example, index) => ({ example, findings: found[index] ?? [] }));
  const incorrect = shown.filter(({ findings }) => findings.length > 0);
  const correct = shown.filter(({ findings }) => findings.length === 0);
  const sections = [
    `# ${rule.id}`,
    `**${rule.title}** · ${rule.severity}${rule.off ? " · off by default" : ""}`,
    prose(rule.why),
    `## Consequence\n\n${rule.consequence}`,
    ...examplesText("Incorrect", incorrect),
    ...examplesText("Correct", correct),
    `## Messages\n\n${messagesText(Object.values(rule.messages))}`,
    ...fixesText(found.flat()),
    `## Evidence\n\n${evidenceText(rule, proofs)}`,
    ...provenTexts(proofs),
    ...serviceTexts(workloadsOf(rule)),
    ...(rule.sources ? [`Sources: ${rule.sources.join(" · ")}`] : []),
    `## When to disable it\n\n${rule.ignore}`,
    `## How to disable it\n\n${disableText(rule)}`,
  ];
  return `${sections.join("\n\n")}\n`;
}

/** The messages as bullets, followed by the meanings of their placeholders. */
function messagesText(templates: readonly string[]): string {
  const bullets = templates.map((template) => `- ${format(message("", template))}`).join("\n");
  const used = placeholdersIn(templates).map((name) => `- \`{${name}}\`: ${placeholders[name]}`);
  return used.length === 0 ? bullets : `${bullets}\n\nPlaceholders:\n\n${used.join("\n")}`;
}

/** A fix that a rule offers in its examples. */
interface OfferedFix {
  readonly title: string;
  readonly safe: boolean;
  /** The fix is for a finding that the rule reports as a hint. */
  readonly ofHint: boolean;
}

/** The section on fixes; none for a rule without fixes. */
function fixesText(findings: readonly Finding[]): string[] {
  const fixes = fixesOf(findings);
  return fixes.length === 0 ? [] : [`## Fixes\n\n${fixes.map(fixText).join("\n")}`];
}

/** Each fix that the findings offer, listed once; the preferred fix of a finding comes first. */
function fixesOf(findings: readonly Finding[]): OfferedFix[] {
  const offered = findings.flatMap(({ fixes, ownSeverity }) =>
    fixes.map(({ title, safe }) => ({ title: format(title), safe, ofHint: ownSeverity === "hint" })),
  );
  // A fix that is also offered for a finding more severe than a hint counts as a fix of that finding.
  const loudLast = [...offered, ...offered.filter(({ ofHint }) => !ofHint)];
  return [...new Map(loudLast.map((fix) => [fix.title, fix])).values()];
}

function fixText({ title, safe, ofHint }: OfferedFix): string {
  if (!safe) return `- ${title} (suggestion)`;
  return `- ${title} (applied by ${ofHint ? "`systemd-containers fix --hints`" : "*Fix All*"})`;
}

function disableText({ id }: Rule): string {
  return [
    "- For one instruction or key, put this comment on the line above:",
    `  \`# systemd-containers-ignore ${id}: REASON\``,
    `- For a file: \`# systemd-containers-ignore-file ${id}: REASON\``,
    `- For a workspace, in its settings: \`"systemdContainers.rules.${id}": "off"\``,
  ].join("\n");
}

/** One line that states the evidence for a rule. A claim that no boot has confirmed must not read as proven. */
function evidenceText(rule: Rule, proofs: readonly Proof[]): string {
  const { evidence } = rule;
  if ("measured" in evidence) return `Measured: ${evidence.measured}`;
  const not = proofs.length > 0 ? "Not measured beyond the boots below" : "Not measured";
  return `${not}: ${evidence.why} Source: ${evidence.sourced}`;
}

/** The results of the boots, one list for each engine and systemd version. */
function provenTexts(proofs: readonly Proof[]): string[] {
  const cells = [...new Set(proofs.map(cellText))];
  return cells.map((cell) => {
    const shown = proofs.filter((proof) => cellText(proof) === cell);
    return `Results (before the fix → after it) on ${cell}:\n\n${shown.map((proof) => `- ${proof.example.replace(/\.$/, ":")} ${proofText(proof)}`).join("\n")}`;
  });
}

/** The results of services started with their launch plans, one list for each engine and systemd version. */
function serviceTexts(workloads: readonly WorkloadProof[]): string[] {
  const cells = [...new Set(workloads.map(cellText))];
  return cells.map((cell) => {
    const shown = workloads.filter((workload) => cellText(workload) === cell);
    const lines = shown.map((one) => `- ${one.workload}: ${workloadText(one)}`);
    return `Services started with their launch plan on ${cell}:\n\n${lines.join("\n")}`;
  });
}

/** A section of examples; none without examples. */
function examplesText(heading: string, shown: readonly Shown[]): string[] {
  return shown.length === 0 ? [] : [`## ${heading}\n\n${shown.map(exampleText).join("\n\n")}`];
}

interface Shown {
  readonly example: Example;
  readonly findings: readonly Finding[];
}

function exampleText({ example: { says, file = "", source, fixed }, findings }: Shown): string {
  const language = surfaceOf(kindOf(file, dedent(source)))?.pages ?? "dockerfile";
  const block = (text: string) => `\`\`\`${language}\n${dedent(text)}\`\`\``;
  const after = fixed === undefined ? "" : `\n\nFixed:\n\n${block(fixed)}`;
  return `${says}\n\n${block(withMessages(source, findings))}${after}`;
}

/** Removes the indentation that all lines share, the first empty line and trailing spaces. */
export function dedent(text: string): string {
  const lines = `${text.replace(/^\n/, "").trimEnd()}\n`.split("\n");
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(depth)).join("\n");
}

function prose(text: string): string {
  return dedent(text).trim();
}
