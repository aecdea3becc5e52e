// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are words of Dockerfiles and shells.
import { expect, it } from "vitest";
import { expand } from "../../../server/src/core/image/expand";

const variables: Record<string, string> = { A: "a", EMPTY: "", PATHS: "/x/y.tar.gz" };
const lookup = (name: string) => variables[name];

it.each<[string, string | undefined]>([
  ["plain", "plain"],
  ["$A", "a"],
  ["${A}b$A", "aba"],
  ["$Ab", undefined],
  ["$NOPE", undefined],
  ["x${NOPE:-d}y", "xdy"],
  ["${NOPE-d}", "d"],
  ["${EMPTY:-d}", "d"],
  ["${EMPTY-d}", ""],
  ["${A:-d}", "a"],
  ["${A:+set}", "set"],
  ["${EMPTY:+set}", ""],
  ["${NOPE:+set}", ""],
  ["${EMPTY+set}", "set"],
  ["${NOPE:-$A}", "a"],
  ["${NOPE:-${EMPTY:-deep}}", "deep"],
  ['${NOPE:-"a b"}', "a b"],
  ["${PATHS##*/}", "y.tar.gz"],
  ["${PATHS#*/}", "x/y.tar.gz"],
  ["${PATHS%%.*}", "/x/y"],
  ["${PATHS%.*}", "/x/y.tar"],
  ["${PATHS%.gz}", "/x/y.tar"],
  ["${A/a/b}", undefined],
  ["${A", undefined],
  ["${A:?no}", "a"],
  ["\"a b\" '$A'", "a b $A"],
  ['"$A b"', "a b"],
  ["\\$A", "$A"],
  ['"\\$A \\n"', "$A \\n"],
  ["a\\ b", "a b"],
  ["100$", "100$"],
  ["$", "$"],
  ["a\\", "a"],
  ["${-:-d}", "d"],
  ["${@:-d}$@$1$#${?}", "d"],
  ["${-:+d}", ""],
  ["$1x${2}", "x"],
  ["$$A", "A"],
  ["${:-d}", undefined],
  ["${}", undefined],
  ["${A:=d}", undefined],
  ["${A=d}", undefined],
  ["${A:#a}", undefined],
  ["${A@Q}", undefined],
  ["${A:-${B C}}", undefined],
  ["${A:-d", undefined],
  ["${EMPTY:?no}", undefined],
  ["${EMPTY?no}", ""],
  ["${PATHS#\\*}", undefined],
  ["${A/a/}}${A}", undefined],
  ["it's", undefined],
  ['"a', undefined],
  ["${NOPE:-'}'}", "}"],
  ["${NOPE:-\\}}", "}"],
  ["$Ä", undefined],
])("%s", (word, value) => {
  expect(expand(word, lookup, "\\")).toBe(value);
});

it("takes another escape character", () => {
  expect(expand("c:\\dir`$A", lookup, "`")).toBe("c:\\dir$A");
});

it("does not follow defaults without end", () => {
  expect(expand("${X:-".repeat(50_000), lookup, "\\")).toBeUndefined();
});
