import { createRequire } from "node:module";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Ui } from "../../client/src/ports";
import { plain, type Text, terminalText, text, withIcon } from "../../client/src/text";
import { code, fenced, joined, type Language, markdown, prose, table } from "../../client/src/views/markdown";
import { world } from "./world";

// The renderer of VS Code's Markdown preview, as the packaging tool provides it, with what the preview switches on.
const packaging = createRequire(createRequire(import.meta.url).resolve("@vscode/vsce/package.json"));
const renderer: { render(markdown: string): string } = packaging("markdown-it")({
  html: true,
  linkify: true,
});

/** What VS Code makes a link of in notifications, progress messages and input boxes. */
const link = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/i;

/** What a label draws as an icon; a backslash before it keeps it text. */
const icon = /(?<!\\)\$\([a-z0-9-]+(?:~[a-z]+)?\)/i;

/** Tags that our own Markdown makes; any other, and any attribute, comes from foreign text. */
const ours =
  /<\/?(?:p|hr|h[1-6]|ul|li|strong|code|pre|table|thead|tbody|tr|th|td)>|<code class="language-\w+">/g;

const hostile = [
  "[click](command:workbench.action.terminal.new)",
  '[click](https://evil.example "title")',
  "[click][ref]\n\n[ref]: command:x",
  "![x](https://evil.example/x.png)",
  "<img src=https://evil.example/y.png>",
  "<a href='command:x'>y</a>",
  "<!-- x -->",
  "<https://evil.example>",
  "https://evil.example/z",
  "www.evil.example",
  "someone@evil.example",
  "&lt;img src=x&gt; &#91;x](command:y)",
  "`` ` ``` code",
  "a ` b [x](command:y) ` c",
  "\\[x](command:y)",
  "\\",
  "$(trash) $(sync~spin) \\$(x)",
  "$x$ and $$y$$",
  "**bold** _it_ ~~gone~~",
  "# heading",
  "- item",
  "1. item",
  "> quote",
  "---",
  "```\nfence",
  "    indented",
  "a\n\n# b\n- c\n",
  "| a | b |\n| --- | --- |\n| c | d |",
  "]",
  "[",
  "(command:x)",
  "\u001b[31mred\u0007\u202e\u2028\u009b",
];

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(...hostile),
    fc.string({ unit: "binary" }),
    fc.constantFrom(..."[]()<>!`\\$*_#-|:& \n"),
  ),
  { maxLength: 8 },
);
const foreign = pieces.map((parts) => parts.join(""));

/** The text as a reader sees it, without the invisible word joiners (U+2060). */
const seen = (shown: string) => shown.replace(/\u2060/g, "");

describe("text of others in a notification, a progress message, a list or the status bar", () => {
  test("is no link, holds no line break and no control character, and is seen as it is", () => {
    fc.assert(
      fc.property(foreign, (it) => {
        const shown = plain(it);
        expect(shown).not.toMatch(link);
        expect(shown).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
        expect(plain(shown)).toBe(shown);
      }),
    );
    expect(seen(plain("[a](https://x.example) <b> `c` !d"))).toBe("[a](https://x.example) <b> `c` !d");
    expect(plain("a\r\n  b\u2028c\td")).toBe("a b c d");
    expect(plain("\u001b[1m\u202e\u{e0041}")).toBe("\\x1b[1m\\u202e\\U000e0041");
  });

  test("is no link together with the text around it, nor with other text of others", () => {
    const { t } = world().deps.ui;
    fc.assert(
      fc.property(foreign, foreign, (a, b) => {
        for (const shown of [
          t("{0}{1}", a, b),
          t("{0}: {1}", a, b),
          text`${plain(a)}${plain(b)}`,
          t("{0}", t("{0}{1}", a, b)),
        ])
          expect(shown).not.toMatch(link);
      }),
    );
    expect(t("{0}{1}", "[x]", "(command:y)")).not.toMatch(link);
  });

  test("is no icon in a label", () => {
    fc.assert(fc.property(foreign, (it) => void expect(withIcon(undefined, plain(it))).not.toMatch(icon)));
    expect(withIcon("vm", plain("a $(trash) $(b c)"))).toBe("$(vm) a \\$(trash) $(b c)");
  });

  test("is checked by the compiler", () => {
    const { ui } = world().deps;
    const name: string = "x";
    // @ts-expect-error a string is not a Text
    ui.tell("info", name);
    // @ts-expect-error a text that is put together is a string
    ui.tell("info", `${ui.t("x")} ${name}`);
    // @ts-expect-error only what is in the source is a template
    ui.t(name);
    // @ts-expect-error nor is what is put together there
    ui.t(`${name} x`);
    // @ts-expect-error a string is not an argument of Markdown
    ui.md("{0}", name);
    // @ts-expect-error nor a part of it
    markdown`${name}`;
    // @ts-expect-error nor a part of a Text
    text`${name}`;
    // @ts-expect-error a Text is not Markdown: its brackets are live there
    void ui.preview("x", plain(name));
    // @ts-expect-error and Markdown is not a Text: its backslashes would be seen
    const shown: Text = prose(name);
    // @ts-expect-error the label of a choice
    void ui.pick(ui.t("x"), [{ label: name, value: 1 }]);
    // @ts-expect-error the title and the messages of a progress
    const progress: Promise<void> = ui.progress(name, async (report) => report(name));
    // @ts-expect-error a separator is in the source
    joined([], name);
    const whole: Ui = ui;
    expect([whole, shown, progress]).toHaveLength(3);
  });
});

describe("text of others in Markdown", () => {
  /** The tags that foreign text made. */
  const made = (shown: string) =>
    renderer
      .render(shown)
      .replace(ours, "")
      .match(/<[^>]*>?/g) ?? [];

  test.each([
    [
      "a sentence",
      (it: string) => markdown`# ${prose(it)}\n\n- **${prose(it)}** ${prose(it)}\n\n${prose(it)}\n`,
    ],
    ["a code span", (it: string) => markdown`# ${code(it)}\n\n- ${code(it)} ${prose(it)} (${code(it)})\n`],
    ["a code block", (it: string) => markdown`${fenced(it)}\n\n${fenced(it, "sh")}\n\n${prose(it)}`],
    [
      "a table",
      (it: string) =>
        table(
          [prose(it), code(it)],
          [
            [code(it), prose(it)],
            [prose(it), code(it)],
          ],
        ),
    ],
  ])("creates no link, image or tag: %s", (_, around) => {
    for (const it of hostile) expect([it, made(around(it))]).toEqual([it, []]);
    fc.assert(fc.property(foreign, (it) => void expect(made(around(it))).toEqual([])));
  });

  test("is read as it is, its code spans as code", () => {
    const sentence = "It is [a](b) & <c> at https://d.example! `systemctl mask x` 1.5 _e_ $f$ www.g.example";
    expect(renderer.render(prose(sentence))).toBe(
      "<p>It is [a](b) &amp; &lt;c&gt; at https://d.example! <code>systemctl mask x</code> 1.5 _e_ $f$ www.g.example</p>\n",
    );
    for (const line of ["# a", "- a", "+ a", "1. a", "2) a", "= a", "> a"])
      expect(renderer.render(prose(line))).toBe(`<p>${line.replace(">", "&gt;")}</p>\n`);
    expect(prose("Docker 28.5.2: writable-cgroups, 1.5 s")).toBe("Docker 28.5.2: writable-cgroups, 1.5 s");
  });

  test("a log cannot break out of its block; its control characters are visible", () => {
    const languages: Language[] = ["", "sh"];
    for (const language of languages)
      expect(fenced("```\n# no heading\r\n\u202e\tx\rz", language)).toBe(
        `\`\`\`\`${language}\n\`\`\`\n# no heading\n\\u202e\tx\\x0dz\n\`\`\`\``,
      );
  });
});

test("build output in a task's terminal moves no cursor and sets no title or clipboard", () => {
  const output = "\u001b[1;31mred\u001b[0m\u001b[K\r\n\tx\u001b[2J\u001b]52;c;eA==\u0007\u009b1A\u202e";
  expect(terminalText(output)).toBe(
    "\u001b[1;31mred\u001b[0m\u001b[K\r\n\tx\\x1b[2J\\x1b]52;c;eA==\\x07\\u009b1A\\u202e",
  );
});
