import { expect, test } from "vitest";
import { readEnvironment } from "../../../server/src/core/surfaces/compose/dotenv";

const read = (text: string) => {
  const found = readEnvironment(text, new Map(), { left: 1_000 });
  return typeof found === "number" ? found : Object.fromEntries(found);
};

// Cases of compose-go, dotenv/godotenv_test.go.
const cases: readonly (readonly [text: string, name: string, value: string])[] = [
  ["FOO =bar", "FOO", "bar"],
  ["FOO= bar", "FOO", "bar"],
  ['FOO="escaped\\"bar"', "FOO", 'escaped"bar'],
  [`FOO="'d'"`, "FOO", "'d'"],
  ["OPTION_A: Foo=bar", "OPTION_A", "Foo=bar"],
  ["OPTION_A=1:B", "OPTION_A", "1:B"],
  ["export OPTION_B='\\n'", "OPTION_B", "\\n"],
  ["exportFOO=2", "exportFOO", "2"],
  ["export.FOO= 2", "export.FOO", "2"],
  ["\texport\tOPTION_A=2", "OPTION_A", "2"],
  ["FOO=a\\tb", "FOO", "a\\tb"],
  ['FOO="a\\tb"', "FOO", "a\tb"],
  ['KEY="Z\\aZ\\bZ\\fZ\\nZ\\rZ\\tZ\\vZ\\\\Z\\0123Z"', "KEY", "Z\x07Z\bZ\fZ\nZ\rZ\tZ\vZ\\ZSZ"],
  ["FOO=foobar=", "FOO", "foobar="],
  ["FOO=bar ", "FOO", "bar"],
  ["FOO=bar #this is foo", "FOO", "bar"],
  ["FOO=123#not-an-inline-comment", "FOO", "123#not-an-inline-comment"],
  ['FOO="bar#baz"#', "FOO", "bar#baz"],
  ["FOO='bar#baz' # comment", "FOO", "bar#baz"],
  ['FOO="bar\\n\\ b\\az"', "FOO", "bar\n\\ b\x07z"],
  ['FOO="bar\\\\\\n\\ b\\az"', "FOO", "bar\\\n\\ b\x07z"],
  ['FOO="bar\\nbaz\\\\"', "FOO", "bar\nbaz\\"],
  ['="value"', "", "value"],
  ['KEY="\\x07"', "KEY", "\\x07"],
  ["FOO=test\nBAR='quote $FOO'", "BAR", "quote $FOO"],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of compose
  ['FOO=test\nBAR="foo\\${FOO} ${FOO}"', "BAR", "foo${FOO} test"],
  ['URLS="a:1\nb:2"\r\nFOO=bar\r\n', "URLS", "a:1\nb:2"],
  ["\uFEFFFOO=bar\r\n# FOO=no\r\n", "FOO", "bar"],
];
test.each(cases)("%j sets %s to %j", (text, name, value) =>
  expect(read(text)).toMatchObject({ [name]: value }),
);

test("a file that compose refuses has the line where it goes wrong", () => {
  expect(read("lol$wut")).toBe(1);
  expect(read('A=1\nB="x\n\nC=2')).toBe(2);
  expect(read("A=1\n\nFOO BAR=2")).toBe(3);
});
