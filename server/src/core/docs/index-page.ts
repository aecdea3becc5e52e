import type { Rule, Symptom } from "../lint/rule";
import { evidenceKind } from "./evidence/proofs";

/** The page that lists all rules, by symptom and by name: `docs/rules/README.md`. */
export function indexPage(rules: readonly Rule[]): string {
  const found = symptomList(rules).join("\n");
  return `# Rules\n\n## Rules by symptom\n\n${found}\n\n## All rules\n\n${ruleTable(rules, "")}`;
}

/** A table of rules in Markdown, with links to their pages in a directory: `docs/rules/`. */
export function ruleTable(rules: readonly Rule[], directory: string): string {
  const rows = rules.map(
    (rule) =>
      `| [${rule.id}](${directory}${rule.id}.md) | ${rule.severity} | ${rule.title} | ${evidenceKind(rule)} |`,
  );
  return `| rule | severity | description | evidence |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

/** The headings of the symptoms, worded as a reader would see them, in the order of the page. */
export const symptomHeadings: Readonly<Record<Symptom, string>> = {
  build: "The build fails or prints a warning",
  "not-started": "The container does not start, or the engine rejects it",
  "exit-255": "The container exits immediately with code 255",
  "exit-1": "The container exits immediately with code 1 (telinit error)",
  "killed-on-stop": "The container does not stop and is killed (exit code 137)",
  degraded: "The system is degraded or unhealthy, or a service does not start",
  hindered: "A service, systemctl or a user session lacks permissions or settings",
  "login-refused": "SSH or console logins are refused",
  "empty-log": "The container log is empty",
  "no-effect": "An instruction or option has no effect",
  "boots-too-far": "Unneeded units start, or a stopped container starts again",
  "host-access": "The container has more access to the host than it needs",
};

function symptomList(rules: readonly Rule[]): string[] {
  return (Object.keys(symptomHeadings) as Symptom[]).flatMap((symptom) => {
    const links = rules
      .filter(({ symptoms }) => symptoms.includes(symptom))
      .map(({ id }) => `[${id}](${id}.md)`);
    return links.length === 0 ? [] : [`- **${symptomHeadings[symptom]}**: ${links.join(", ")}`];
  });
}
