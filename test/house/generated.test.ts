import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { catalogue, exampleCatalogue } from "../../server/src/core/docs/catalogue";
import { type Proof, proofsOf } from "../../server/src/core/docs/evidence/proofs";
import { indexPage } from "../../server/src/core/docs/index-page";
import { rulePage } from "../../server/src/core/docs/page";
import { placeholders, placeholdersIn } from "../../server/src/core/docs/placeholders";
import { ruleList } from "../../server/src/core/docs/rule-list";
import { ruleSettings, ruleTexts } from "../../server/src/core/docs/settings";
import { activationEvents, clientTable } from "../../server/src/core/docs/surfaces";
import type { Finding, Rule } from "../../server/src/core/lint/rule";
import { rules } from "../../server/src/core/lint/rules/index";
import { surfaces } from "../../server/src/core/surfaces/table";
import { examplesOf, lintExample, readMarks } from "../core/example";
import { digestOf } from "../lab/prove/digest";
import { contributedCommands, contributedMenus, manifestTexts } from "./contributions";
import { withRegions } from "./readme";
import { textsOfExtension } from "./texts";
import { languages, type Texts, textsIn, translationOf } from "./translations";

// What is generated from the catalogue is a file snapshot: `npm run test:unit -- -u` writes it again,
// and a stale file fails. Each file is written by one test: of two, the later would undo what the other wrote.
const root = join(__dirname, "../..");
const ruleFiles = readdirSync(join(root, "server/src/core/lint/rules"))
  .filter((name) => name !== "index.ts")
  .map((name) => name.replace(/\.ts$/, ""))
  .sort();

describe("generated from the rules", () => {
  test("the index lists every rule file", async () => {
    await expect(catalogue(ruleFiles)).toMatchFileSnapshot(join(root, "server/src/core/lint/rules/index.ts"));
  });

  test("the index of the examples names every rule", async () => {
    const path = join(root, "server/src/core/lint/examples/index.ts");
    await expect(exampleCatalogue(ruleFiles)).toMatchFileSnapshot(path);
  });

  test("a rule's id is its file's name", () => {
    expect(rules.map(({ id }) => id)).toEqual(ruleFiles);
  });

  test.each(rules.map((rule) => [rule.id, rule] as const))("the page of %s", async (id, rule) => {
    const page = rulePage(rule, examplesOf(rule), foundIn(rule), proofsWithCaptions(rule));
    await expect(page).toMatchFileSnapshot(join(root, `docs/rules/${id}.md`));
  });

  test("every placeholder of a message has a meaning, and every meaning a placeholder", () => {
    const used = placeholdersIn(rules.flatMap(({ messages }) => Object.values(messages)));
    expect(Object.keys(placeholders).sort()).toEqual(used.sort());
  });

  test("no page is left of a rule that was removed", () => {
    const pages = readdirSync(join(root, "docs/rules")).filter((name) => name !== "README.md");
    expect(pages.sort()).toEqual(rules.map(({ id }) => `${id}.md`).sort());
  });

  test("the client's list", async () => {
    await expect(ruleList(rules)).toMatchFileSnapshot(join(root, "client/src/rules.ts"));
  });

  test("the index of the pages", async () => {
    await expect(indexPage(rules)).toMatchFileSnapshot(join(root, "docs/rules/README.md"));
  });
});

describe("generated from several tables", () => {
  test("the client's table of surfaces", async () => {
    await expect(clientTable(surfaces)).toMatchFileSnapshot(join(root, "client/src/surfaces.ts"));
  });

  test("the bundle of texts, which translations copy", async () => {
    const texts = Object.fromEntries(textsOfExtension().map((text) => [text, text]));
    const path = join(root, "l10n/bundle.l10n.json");
    await expect(`${JSON.stringify(texts, null, 2)}\n`).toMatchFileSnapshot(path);
  });

  test("the README: the rules, what was proven, and what comes of advice", async () => {
    const path = join(root, "README.md");
    await expect(withRegions(readFileSync(path, "utf8"))).toMatchFileSnapshot(path);
  });

  test("the manifest: a setting for each rule, the commands with their menus, and what starts the extension", async () => {
    const path = join(root, "package.json");
    const manifest = JSON.parse(readFileSync(path, "utf8"));
    const groups: { title: string }[] = manifest.contributes.configuration.filter(
      ({ title }: { title: string }) => !title.startsWith("%rules."),
    );
    manifest.contributes.commands = contributedCommands();
    manifest.contributes.menus = contributedMenus();
    manifest.contributes.configuration = [...groups, ...ruleSettings(rules)];
    // A document of each surface, and a directory that contains one at any depth.
    manifest.activationEvents = activationEvents(surfaces);
    await expect(`${JSON.stringify(manifest, null, 2)}\n`).toMatchFileSnapshot(path);
  });

  test("the texts of the manifest: those of settings and tasks are written there", async () => {
    const path = join(root, "package.nls.json");
    const all = textsOfManifest();
    await expect(`${JSON.stringify(all, null, 2)}\n`).toMatchFileSnapshot(path);
    const used = readFileSync(join(root, "package.json"), "utf8").match(/(?<=: "%|^\s*"%)[\w.-]+(?=%")/gm);
    expect([...new Set(used)].sort()).toEqual(Object.keys(all).sort());
  });

  test.each(languages)(
    "the texts of the manifest in %s: those of the rules come from its bundle",
    async (language) => {
      const path = translationOf("package.nls.json", language);
      const bundle = textsIn(translationOf("l10n/bundle.l10n.json", language));
      const texts: Texts = { ...textsIn(path), ...ruleTexts(rules, bundle) };
      const keys = Object.keys(textsOfManifest()).filter((key) => key in texts);
      const sorted = Object.fromEntries(keys.map((key) => [key, texts[key]]));
      await expect(`${JSON.stringify(sorted, null, 2)}\n`).toMatchFileSnapshot(join(root, path));
    },
  );
});

test("no other test writes a generated file", () => {
  const folders = readdirSync(join(root, "test")).filter((name) => !name.includes("."));
  const tests = folders.flatMap((folder) =>
    readdirSync(join(root, "test", folder), { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => join(folder, name)),
  );
  const writers = tests.filter((name) =>
    readFileSync(join(root, "test", name), "utf8").includes("toMatchFileSnapshot("),
  );
  expect(writers).toEqual([join("house", "generated.test.ts")]);
});

/** The English texts of the manifest by their keys. */
function textsOfManifest(): Record<string, string> {
  const written = Object.entries(textsIn("package.nls.json"));
  const others = written.filter(([key]) => !/^(commands\.|rules(\.|$))/.test(key));
  return { ...Object.fromEntries(others), ...manifestTexts() };
}

/** The proofs of a rule, with the captions that their examples have now: a caption changes without a boot. */
function proofsWithCaptions(rule: Rule): Proof[] {
  const captions = new Map(examplesOf(rule).map((example) => [digestOf(example), example.says]));
  return proofsOf(rule).map((proof) => ({ ...proof, example: captions.get(proof.digest) ?? proof.example }));
}

/** What a rule finds in each of its examples. */
function foundIn(rule: Rule): readonly (readonly Finding[])[] {
  return examplesOf(rule).map(
    (example) => lintExample(rule, example, readMarks(example.source).text, [rule]).findings,
  );
}
