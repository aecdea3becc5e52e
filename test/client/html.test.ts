import fc from "fast-check";
import { expect, test } from "vitest";
import type { Html } from "../../client/src/text";
import { code, html, line, log, sentence } from "../../client/src/views/html";

/** The elements of HTML, and its text as a browser reads it. */
function read(markup: Html) {
  const tags = markup.match(/<[^>]*>/g) ?? [];
  const text = markup.replace(/<[^>]*>/g, "");
  const shown = text.replace(/&#(\d+);/g, (_, number) => String.fromCharCode(Number(number)));
  return { tags, text, shown };
}

const hostile = fc.stringMatching(/^([<>&"'`a/=! -]|&lt;|<b |on){0,40}$/);

test.each([
  ["a line", line, 0],
  ["code", code, 2],
  ["a log", (text: string) => log("label", text), 2],
  ["an attribute", (text: string) => html`<p title="${line(text)}"></p>`, 2],
] as const)("creates no element, and reads as written: %s", (_, make, elements) => {
  fc.assert(
    fc.property(hostile, (text) => {
      const { tags, text: inside, shown } = read(make(text));
      expect(tags).toHaveLength(elements);
      expect(inside).not.toMatch(/[<>"']|&(?!#\d+;)/);
      const words = (one: string) => one.trim().split(/ +/);
      if (tags[0]?.startsWith("<p ")) expect(tags[0].match(/"/g)).toHaveLength(2);
      else expect(words(shown)).toEqual(words(text));
    }),
  );
});

test("a sentence has code between backticks and no other element", () => {
  expect(sentence('Set `a<b>` to "1" & `c`.')).toBe(
    "Set <code>a&#60;b&#62;</code> to &#34;1&#34; &#38; <code>c</code>.",
  );
});

test("control characters of a log are made visible, line ends stay", () => {
  expect(read(log("x", "\u001b[31mred\n\u202etwo\n")).shown).toBe("\\x1b[31mred\n\\u202etwo");
});
