import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openFound } from "../../client/src/found-problems";
import { movedProblem } from "../../client/src/moved-problem";

const lines = ["[Unit]", "Requires=db.service", "[Service]", "ExecStart=/bin/a", "Foo=1", ""];
const text = lines.join("\n");

/** A problem with a whole line. */
const onLine = (line: number, of = lines) => ({
  message: "x",
  ofWholeUnit: false,
  place: { uri: "file:///a", line, character: 0, endLine: line, endCharacter: of[line]?.length ?? 0 },
});

/** A change in the form of the editor: what is between two offsets is replaced. */
function changeAt(start: number, end: number, put: string, of = text) {
  const at = (offset: number) => {
    const before = of.slice(0, offset).split("\n");
    return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  };
  return {
    change: { range: { start: at(start), end: at(end) }, text: put },
    changed: of.slice(0, start) + put + of.slice(end),
  };
}

const lineStart = (line: number) => lines.slice(0, line).join("\n").length + (line === 0 ? 0 : 1);

describe("a problem with a line", () => {
  const begin = lineStart(3);
  const end = begin + "ExecStart=/bin/a".length;

  test.each([
    ["a line put above, at its start", begin, begin, "A=b\n", 4],
    ["a line put above, at the end of the one before", begin - 1, begin - 1, "\nA=b", 4],
    ["the line above removed", lineStart(2), begin, "", 2],
    ["a change further up", 1, 2, "U", 3],
    ["two lines further up made one", lineStart(1) - 1, lineStart(1), " ", 2],
    ["a line put below", end, end, "\nA=b", 3],
    ["a change further down", end + 2, end + 3, "f", 3],
  ])("moves with it: %s", (_, from, to, put, line) => {
    const { change } = changeAt(from, to, put);
    expect(movedProblem(onLine(3), [change])).toEqual(
      onLine(3).place.line === line ? onLine(3) : moved(line),
    );
  });

  const moved = (line: number) => ({ ...onLine(3), place: { ...onLine(3).place, line, endLine: line } });

  test.each([
    ["a letter in it", begin + 3, begin + 4, "x"],
    ["a letter before it", begin, begin, "#"],
    ["a letter after it", end, end, "b"],
    ["it is removed", begin, end + 1, ""],
    ["it is joined to the one before", begin - 1, begin, ""],
    ["it is joined to the next", end, end + 1, ""],
    ["all is replaced", 0, text.length, text],
  ])("ends where the line changes: %s", (_, from, to, put) => {
    expect(movedProblem(onLine(3), [changeAt(from, to, put).change])).toBeUndefined();
  });

  test("ends with any change if it is about the whole unit", () => {
    expect(
      movedProblem({ ...onLine(0), ofWholeUnit: true }, [changeAt(end, end, "x").change]),
    ).toBeUndefined();
  });

  test("has the same text after any changes, wherever it is then", () => {
    const edits = fc.array(
      fc.tuple(fc.nat(), fc.nat(), fc.constantFrom("", "x", "\n", "a\nb", "a\n", "\nb", "[Unit]\n")),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.nat(lines.length - 2), edits, (line, all) => {
        let now = text;
        const changes = all.map(([a, b, put]) => {
          const [from = 0, to = 0] = [a % (now.length + 1), b % (now.length + 1)].sort(
            (one, two) => one - two,
          );
          const { change, changed } = changeAt(from, to, put, now);
          now = changed;
          return change;
        });
        const problem = movedProblem(onLine(line), changes);
        if (problem) expect(now.split("\n")[problem.place.line]).toBe(lines[line]);
      }),
    );
  });
});

type Problem = ReturnType<typeof onLine>;

describe("found problems", () => {
  const at = (uri: string, message: string) => ({
    ...onLine(1),
    message,
    place: { ...onLine(1).place, uri },
  });

  test("are replaced by what they were found in, and listed once for each file", () => {
    let changes = 0;
    const found = openFound<Problem>(() => changes++);
    found.set("one", [at("file:///p/a", "x"), at("file:///p/b", "y")]);
    found.set("two", [at("file:///p/a", "x"), at("file:///p/a", "z")]);
    expect(found.of("file:///p/a").map(({ message }) => message)).toEqual(["x", "z"]);
    found.set("two", []);
    expect(found.of("file:///p/a").map(({ message }) => message)).toEqual(["x"]);
    expect([...found.files()]).toEqual(["file:///p/a", "file:///p/b"]);
    expect(changes).toBe(3);
  });

  test("are dropped with their file or its directory, and with what `to` drops", () => {
    const found = openFound<Problem>(() => undefined);
    found.set("one", [at("file:///p/a/b", "x"), at("file:///p/ab", "y"), at("file:///q", "z")]);
    found.forget(["file:///p/a"]);
    expect([...found.files()]).toEqual(["file:///p/ab", "file:///q"]);
    found.change("file:///q", () => undefined);
    expect([...found.files()]).toEqual(["file:///p/ab"]);
  });
});
