import { describe, expect, test } from "vitest";
import type { Scalar, YAMLMap, YAMLSeq } from "yaml";
import { fixAll } from "../../server/src/core/lint/fix";
import { lint } from "../../server/src/core/lint/lint";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { readYaml } from "../../server/src/core/yaml/document";
import { keyed } from "./keyed";
import { noFiles } from "./no-files";

const uri = "file:///project/compose.yaml";
const input = (text: string) => ({ uri, text, snapshot: noFiles, settings: defaultSettings });

const web = "services:\n  web:\n    image: x\n    command: /sbin/init\n    init: true\n";

/** What compose refuses to read, each behind or around a service that parses and has findings. */
const invalid: Record<string, string> = {
  "an open bracket": `${web}    entrypoint: ["/sbin/init", "--log-level=info\n`,
  "an open quote": `${web}    hostname: "web\n`,
  "an open brace": `${web}x-a: {b: c\n`,
  "a bracket too much": `${web}x-a: [b]]\n`,
  "a tab before a key": `${web}\ttty: true\n`,
  "a key in a key": `${web}  db: : build: .\n`,
  "a key that is half typed": `${web}    tm\n`,
  "a key that is given twice": `${web}    init: true\n`,
  "a service that is given twice": `${web}  web:\n    image: y\n    command: /sbin/init\n    init: true\n`,
  "a top-level key that is given twice": `x-a: b\n${web}x-a: c\n`,
  "a variable that is given twice": `${web}    environment:\n      A: b\n      A: c\n`,
  "a merge key that is given twice": `x-a: &a {tty: true}\n${web}    <<: *a\n    <<: *a\n`,
  "a merge of no mapping": `x-a: &a b\n${web}    <<: *a\n`,
  "a merge of nothing": `${web}    <<:\n`,
  "a merge of a list with an item that is no mapping": `x-a: &a b\n${web}    <<: [*a]\n`,
  "an alias without an anchor": `${web}    <<: *none\n`,
  "an alias inside its own anchor": `${web}    x-a: &a [*a]\n`,
  "an anchor behind its alias": `${web}    hostname: *h\nx-h: &h host\n`,
  "two anchors": `${web}    hostname: &a &b host\n`,
  "an empty alias": `${web}    hostname: *\n`,
  "wrong indentation": `${web}   tty: true\n`,
  "a second document with an error": `${web}---\nx-a: [\n`,
  "a directive without a document": `${web}%YAML 1.2\n...\n`,
  "a list as a key": `${web}x-a:\n  ? [b]\n  : c\n`,
  "a mapping as a key": `${web}x-a:\n  ? {b: c}\n`,
  "an alias of a list as a key": `${web}x-a: &a [b]\nx-d:\n  *a : c\n`,
  "an item among keys": `${web}    - tty\n`,
};

describe("a compose file that is not YAML", () => {
  test.each(Object.entries(invalid))("is judged and not edited: %s", (_, text) => {
    expect(fixAll(input(text)).text).toBe(text);
    const { findings, problems } = lint(input(text));
    expect(problems.length).toBeGreaterThan(0);
    expect(findings.map(({ rule }) => rule)).toContain("run-init");
    expect(findings.flatMap(({ fixes }) => fixes)).toEqual([]);
  });

  test("has fixes once it is mended", () => {
    const { findings, problems } = lint(input(web));
    expect(problems).toEqual([]);
    expect(findings.find(({ rule }) => rule === "run-init")?.fixes).not.toEqual([]);
    expect(fixAll(input(web)).text).not.toBe(web);
  });

  test("is not edited where no service could be read", () => {
    for (const text of [
      `x-a: 'b\n${web}`,
      `[${web}`,
      `{${web}`,
      web.replace("web:", "web"),
      `\uFEFF x-a: b\n${web}`,
    ])
      expect(fixAll(input(text)).text).toBe(text);
  });

  test("is edited at no moment at which it is half typed, however it is typed", () => {
    const whole = `${web}    entrypoint: ["/sbin/init", '--log-level=info']\n    x-a: {b: &c "d", e: *c}\n`;
    for (let end = web.length; end < whole.length; end++) {
      const text = whole.slice(0, end);
      const { problems } = lint(input(text));
      const fixed = fixAll(input(text)).text;
      if (problems.length > 0) expect(fixed).toBe(text);
      else expect(lint(input(fixed)).problems).toEqual([]);
    }
  });

  test("says the key or the alias that is wrong", () => {
    const says = (text: string) => lint(input(text)).problems.map(({ message }) => keyed(message));
    expect(says("services: {}\nservices: {}\n")).toEqual(["yaml.repeated-key(key=services)"]);
    expect(says("a: *b\n")).toEqual(["yaml.no-anchor(name=b)"]);
    expect(says("a: &b\n  c: *b\n")).toEqual(["yaml.alias-in-anchor(name=b)"]);
    expect(says("services: : build: .\n")).toEqual([
      "yaml.syntax(error=Nested mappings are not allowed in compact mappings)",
    ]);
    expect(says("- a\n")).toEqual(["compose.mapping"]);
    expect(says("a\n")).toEqual(["compose.mapping"]);
  });

  test.each([
    "",
    "# only a comment\n",
    "---\n",
    "a: !!bool true\n",
    "a: !own b\n",
    "a: b\n---\nc: d\n...\n",
    "a: &b c\nd:\n  *b : e\n",
    "\uFEFF a: b\n c: d\n",
  ])("is none of %j", (text) => expect(lint(input(text)).problems).toEqual([]));
});

test.each(["\n", "\r\n"])("a quoted template can end at the indentation of its key", (end) => {
  const lines = ["- name: a", '  loop: "{{', "    one | union(two)", '  }}"', "  when: later", "- name: b"];
  const text = lines.join(end);
  const { errors, root } = readYaml("file:///a.yml", text);
  expect(errors).toEqual([]);
  expect((root as YAMLSeq).toJSON()).toEqual([
    { name: "a", loop: expect.stringMatching(/^\{\{ +one \| union\(two\) +\}\}$/), when: "later" },
    { name: "b" },
  ]);
  const when = (root as YAMLSeq<YAMLMap>).items[0]?.get("when", true) as Scalar | undefined;
  const [start = 0, stop] = when?.range ?? [];
  expect(text.slice(start, stop)).toBe("later");
  expect(readYaml("file:///b.yml", text.replace('}}"', "}}")).errors).toHaveLength(1);
});
