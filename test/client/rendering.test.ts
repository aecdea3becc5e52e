import { expect, test } from "vitest";
import { rendering } from "../../client/src/rendering";
import { message } from "../../server/src/core/base/message";
import { written } from "../../server/src/lsp/say";

const marker = "6a1b";
const texts = { "{unit} failed.": "{unit} 失败。", "the unit {name}": "单元 {name}" };
const failed = (unit: Parameters<typeof message>[2]) => message("unit.failed", "{unit} failed.", unit);

function received(sent: unknown, language?: typeof texts): unknown {
  return rendering(marker, language).handleMessage(sent, (next) => next);
}

test("messages are rendered wherever they stand, several in one text, one in another", () => {
  const inner = message("unit.name", "the unit {name}", { name: "web" });
  const sent = {
    result: [
      { title: written(failed({ unit: "a" }), marker), range: { start: 1, isLast: true, none: null } },
    ],
    contents: `**${written(failed({ unit: "b" }), marker)}** ${written(failed({ unit: inner }), marker)}`,
  };
  expect(received(sent, texts)).toEqual({
    result: [{ title: "a 失败。", range: { start: 1, isLast: true, none: null } }],
    contents: "**b 失败。** 单元 web 失败。",
  });
});

test("a message without a text in the language is in English, and all are without a language", () => {
  const other = message("unit.started", "{unit} started.", { unit: "a" });
  expect(received(written(other, marker), texts)).toBe("a started.");
  expect(received(written(failed({ unit: "a" }), marker))).toBe("a failed.");
});

test("text of files stays as it is, whatever it looks like", () => {
  const odd = '{unit} {"key":"x","template":"y"} \u2028 "quoted" \\ {0}';
  expect(received(written(failed({ unit: odd }), marker), texts)).toBe(`${odd} 失败。`);
  const edit = { newText: JSON.stringify(failed({ unit: "a" })), __proto__: null };
  expect(received(edit, texts)).toEqual(edit);
});

test("a client without a marker gets English", () => {
  expect(written(failed({ unit: "a" }), undefined)).toBe("a failed.");
});
