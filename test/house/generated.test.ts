import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { format } from "../../server/src/core/base/message";
import { evidenceKind } from "../../server/src/core/docs/evidence/proofs";
import { type Repair, rulePage } from "../../server/src/core/docs/page";
import type { Rule } from "../../server/src/core/lint/rule";
import { rules } from "../../server/src/core/lint/rules/index";
import { lintExample, readMarks } from "../core/example";
import { contributedCommands, contributedMenus } from "./contributions";

// What is generated from the catalogue is a file snapshot: `npm run test:unit -- -u` writes it anew,
// and a stale file fails.
const root = join(__dirname, "../..");
const ruleFiles = readdirSync(join(root, "server/src/core/lint/rules"))
  .filter((name) => /^(image|run|unit|compose|devcontainer|molecule)-/.test(name))
  .map((name) => name.replace(/\.ts$/, ""))
  .sort();

const camel = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

describe("generated from the rules", () => {
  test("the index lists every rule file", async () => {
    const text = [
      'import type { Rule } from "../rule";',
      ...ruleFiles.map((id) => `import { ${camel(id)} } from "./${id}";`),
      "",
      "/** The catalogue, in the order of the pages. Generated from the files of this folder. */",
      "export const rules: readonly Rule[] = [",
      ...ruleFiles.map((id) => `  ${camel(id)},`),
      "];",
      "",
    ].join("\n");
    await expect(text).toMatchFileSnapshot(join(root, "server/src/core/lint/rules/index.ts"));
  });

  test("a rule's id is its file's name", () => {
    expect(rules.map(({ id }) => id)).toEqual(ruleFiles);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))("the page of %s", async (id, rule) => {
    await expect(rulePage(rule, repairsOf(rule))).toMatchFileSnapshot(join(root, `docs/rules/${id}.md`));
  });

  test("no page stands for a rule that is gone", () => {
    const pages = readdirSync(join(root, "docs/rules")).filter((name) => name !== "README.md");
    expect(pages.sort()).toEqual(rules.map(({ id }) => `${id}.md`).sort());
  });

  test("the index of the pages", async () => {
    const text = `# The rules\n\n${symptoms()}## All rules\n\n${table(rules, (id) => `${id}.md`)}`;
    await expect(text).toMatchFileSnapshot(join(root, "docs/rules/README.md"));
  });

  test("the README's table", async () => {
    const readme = readFileSync(join(root, "README.md"), "utf8");
    const marked = readme.replace(
      /(<!-- rules -->\n)[\s\S]*?(<!-- \/rules -->)/,
      (_, open: string, close: string) => `${open}${table(rules, (id) => `docs/rules/${id}.md`)}${close}`,
    );
    expect(readme).toContain("<!-- rules -->");
    await expect(marked).toMatchFileSnapshot(join(root, "README.md"));
  });

  test("the manifest: a setting for each rule, and the commands with their menus", async () => {
    const path = join(root, "package.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    const groups: { title: string }[] = manifest.contributes.configuration.filter(
      ({ title }: { title: string }) => title !== "Rules",
    );
    manifest.contributes.commands = contributedCommands();
    manifest.contributes.menus = contributedMenus();
    manifest.contributes.configuration = [...groups, { title: "Rules", properties: settings() }];
    await expect(`${JSON.stringify(manifest, null, 2)}\n`).toMatchFileSnapshot(path);
  });
});

/** Every repair that the examples of a rule are offered, once. */
function repairsOf(rule: Rule): Repair[] {
  const findings = rule.examples.flatMap(
    (example) => lintExample(rule, example, readMarks(example.source).text, [rule]).findings,
  );
  const repairs = findings.flatMap(({ fixes, ownSeverity }) =>
    fixes.map(({ title, safe }) => ({
      title: format(title),
      safe,
      ofHint: ownSeverity === "hint",
    })),
  );
  // One that is also offered for more than a hint counts as that.
  const loudLast = [...repairs, ...repairs.filter(({ ofHint }) => !ofHint)];
  return [...new Map(loudLast.map((repair) => [repair.title, repair])).values()];
}

/** What a reader sees go wrong, and what the consequence of a rule says when that is it. */
const signs: readonly (readonly [string, RegExp])[] = [
  ["The image does not build, or the build warns", /\bbuild (fails|warns)/i],
  [
    "The container does not start, or the engine refuses it",
    /does not start|refuses to|starts nothing|does not boot/i,
  ],
  ["It ends at once with exit code 255", /exits 255/],
  ["It ends at once with exit code 1 (telinit)", /exits 1\b/],
  ["It hangs on stop and is killed, exit code 137", /137|SIGKILL/],
  [
    "It is degraded or unhealthy, or a service is missing",
    /degraded|unhealthy|not started|do not start|no service starts|(service|units?) (with|that cannot write )?fail|226/i,
  ],
  [
    "A service, systemctl or a login cannot do what it should",
    /bus:|cannot mount|setuid|share one|colli|compete/i,
  ],
  ["ssh or login refuses", /log in\b|logins|nologin|\bssh\b/i],
  ["The log is empty", /container's log/i],
  ["What was written has no effect", /no effect|ignore|do not see|is back|survive/i],
  ["It boots further than it needs, or comes back when it was stopped", /wanted there|comes back/i],
  [
    "It may do more to the host than it needs",
    /(way to|take over|takes over|group of|on) the host\b|the host's (root|ports|state|network)/i,
  ],
];

test("every rule is found by what goes wrong", () => {
  const found = rules.filter(({ consequence }) => signs.some(([, pattern]) => pattern.test(consequence)));
  expect(rules.filter((rule) => !found.includes(rule)).map(({ id }) => id)).toEqual([]);
});

function symptoms(): string {
  const lines = signs.flatMap(([sign, pattern]) => {
    const found = rules.filter(({ consequence }) => pattern.test(consequence));
    return found.length === 0
      ? []
      : [`- **${sign}**: ${found.map(({ id }) => `[${id}](${id}.md)`).join(", ")}`];
  });
  return `## By what goes wrong\n\n${lines.join("\n")}\n\n`;
}

function table(list: readonly Rule[], link: (id: string) => string): string {
  const rows = list.map(
    (rule) => `| [${rule.id}](${link(rule.id)}) | ${rule.severity} | ${rule.title} | ${evidenceKind(rule)} |`,
  );
  return `| rule | severity | says | known by |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

function settings(): Record<string, unknown> {
  return Object.fromEntries(
    rules.map(({ id, title, consequence, severity, off }) => [
      `systemdContainers.rules.${id}`,
      {
        type: "string",
        scope: "resource",
        enum: ["default", "off", "hint", "information", "warning", "error"],
        default: "default",
        markdownDescription: `${title}. ${consequence} Default: ${off ? "off" : severity}.`,
      },
    ]),
  );
}
