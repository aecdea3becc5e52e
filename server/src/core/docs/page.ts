import { format, message } from "../base/message";
import type { Example, Examples } from "../lint/example";
import type { Finding, Rule } from "../lint/rule";
import { kindOf, surfaceOf } from "../surfaces/files";
import { cellText, type Proof, proofsOf, proofText } from "./evidence/proofs";
import { type WorkloadProof, workloadsOf, workloadText } from "./evidence/workloads";
import { withMessages } from "./marks";

/** The page of a rule, `docs/rules/ID.md`: `found` is what the rule finds in each of its examples. */
export function rulePage(rule: Rule, examples: Examples, found: readonly (readonly Finding[])[]): string {
  const repairs = repairsOf(found.flat());
  const says = Object.values(rule.messages);
  const sections = [
    `# ${rule.id}`,
    `**${rule.title}** · ${rule.severity}${rule.off ? " · off by default" : ""}`,
    prose(rule.why),
    `## What happens\n\n${rule.consequence}`,
    `## What it says\n\n${says.map((template) => `- ${format(message("", template))}`).join("\n")}`,
    ...(repairs.length > 0 ? [`## Repairs\n\n${repairs.map(repairText).join("\n")}`] : []),
    `## Examples\n\n${examples.map((example, index) => exampleText(example, found[index] ?? [])).join("\n\n")}`,
    `## How this is known\n\n${evidenceText(rule)}`,
    ...provenTexts(proofsOf(rule)),
    ...serviceTexts(workloadsOf(rule)),
    ...(rule.sources ? [`Sources: ${rule.sources.join(" · ")}`] : []),
    `## When to ignore it\n\n${rule.ignore}\n\nWrite \`# systemd-containers-ignore ${rule.id}: why\` above the instruction or key, ` +
      `\`# systemd-containers-ignore-file ${rule.id}: why\` in the file, or set ` +
      `\`"systemdContainers.rules.${rule.id}": "off"\` in the settings.`,
  ];
  return `${sections.join("\n\n")}\n`;
}

/** A repair that the examples of a rule are offered. */
interface Repair {
  readonly title: string;
  readonly safe: boolean;
  /** It is of a finding that the rule calls a hint. */
  readonly ofHint: boolean;
}

/** Every repair that findings offer, once, the preferred one of a finding first. */
function repairsOf(findings: readonly Finding[]): Repair[] {
  const repairs = findings.flatMap(({ fixes, ownSeverity }) =>
    fixes.map(({ title, safe }) => ({ title: format(title), safe, ofHint: ownSeverity === "hint" })),
  );
  // One that is also offered for more than a hint counts as that.
  const loudLast = [...repairs, ...repairs.filter(({ ofHint }) => !ofHint)];
  return [...new Map(loudLast.map((repair) => [repair.title, repair])).values()];
}

function repairText({ title, safe, ofHint }: Repair): string {
  const by = ofHint ? "`fix --hints`" : "*Fix All*";
  return `- ${title}${safe ? ` (also by ${by}: it stops no container that boots)` : " (a choice)"}`;
}

/** One line that says what a claim rests on. What was not booted never reads as proven. */
function evidenceText(rule: Rule): string {
  const { evidence } = rule;
  if ("measured" in evidence) return `Measured: ${evidence.measured}`;
  const not = proofsOf(rule).length > 0 ? "Beyond what is proven here, not measured" : "Not measured";
  return `${not}: ${evidence.why} Source: ${evidence.sourced}`;
}

/** A list of what engines showed, a paragraph for each engine and systemd. */
function provenTexts(proofs: readonly Proof[]): string[] {
  const cells = [...new Set(proofs.map(cellText))];
  return cells.map((cell) => {
    const shown = proofs.filter((proof) => cellText(proof) === cell);
    return `Proven on ${cell}:\n\n${shown.map((proof) => `- ${proof.example.replace(/\.$/, ":")} ${proofText(proof)}`).join("\n")}`;
  });
}

/** A list of what services did under their launch plan, a paragraph for each engine and systemd. */
function serviceTexts(workloads: readonly WorkloadProof[]): string[] {
  const cells = [...new Set(workloads.map(cellText))];
  return cells.map((cell) => {
    const shown = workloads.filter((workload) => cellText(workload) === cell);
    const lines = shown.map((one) => `- ${one.workload}: ${workloadText(one)}`);
    return `Services under their launch plan on ${cell}:\n\n${lines.join("\n")}`;
  });
}

function exampleText({ says, source, fixed }: Example, found: readonly Finding[]): string {
  const language = surfaceOf(kindOf("", dedent(source)))?.pages ?? "dockerfile";
  const block = (text: string) => `\`\`\`${language}\n${dedent(text)}\`\`\``;
  const after = fixed === undefined ? "" : `\n\nAfter the fix:\n\n${block(fixed)}`;
  return `${says}\n\n${block(withMessages(source, found))}${after}`;
}

/** Removes the indentation that all lines share, the first empty line and trailing blanks. */
export function dedent(text: string): string {
  const lines = `${text.replace(/^\n/, "").trimEnd()}\n`.split("\n");
  const depths = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const depth = Math.min(...depths);
  return lines.map((line) => line.slice(depth)).join("\n");
}

function prose(text: string): string {
  return dedent(text).trim();
}
