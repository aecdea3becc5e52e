import type { Rule, Symptom } from "../lint/rule";
import { evidenceKind } from "./evidence/proofs";

/** The page that lists all rules, by what goes wrong and by name: `docs/rules/README.md`. */
export function indexPage(rules: readonly Rule[]): string {
  const found = symptomList(rules).join("\n");
  return `# The rules\n\n## By what goes wrong\n\n${found}\n\n## All rules\n\n${ruleTable(rules, "")}`;
}

/** A table of rules in Markdown, with links to their pages in a directory: `docs/rules/`. */
export function ruleTable(rules: readonly Rule[], directory: string): string {
  const rows = rules.map(
    (rule) =>
      `| [${rule.id}](${directory}${rule.id}.md) | ${rule.severity} | ${rule.title} | ${evidenceKind(rule)} |`,
  );
  return `| rule | severity | says | known by |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

/** The symptoms as a reader sees them, in the order of the page. */
export const symptomHeadings: Readonly<Record<Symptom, string>> = {
  build: "The image does not build, or the build warns",
  "not-started": "The container does not start, or the engine refuses it",
  "exit-255": "It ends at once with exit code 255",
  "exit-1": "It ends at once with exit code 1 (telinit)",
  "killed-on-stop": "It hangs on stop and is killed, exit code 137",
  degraded: "It is degraded or unhealthy, or a service is missing",
  hindered: "A service, systemctl or a login cannot do what it should",
  "login-refused": "ssh or login refuses",
  "empty-log": "The log is empty",
  "no-effect": "What was written has no effect",
  "boots-too-far": "It boots further than it needs, or comes back when it was stopped",
  "host-access": "It may do more to the host than it needs",
};

function symptomList(rules: readonly Rule[]): string[] {
  return (Object.keys(symptomHeadings) as Symptom[]).flatMap((symptom) => {
    const links = rules
      .filter(({ symptoms }) => symptoms.includes(symptom))
      .map(({ id }) => `[${id}](${id}.md)`);
    return links.length === 0 ? [] : [`- **${symptomHeadings[symptom]}**: ${links.join(", ")}`];
  });
}
