import fc from "fast-check";
import pieces from "./pieces.json";

/** A change of a text. The same mutation of the same text gives the same text. */
export type Mutation = (text: string) => string;

/** A number that becomes an offset or the number of a line by its remainder. */
export const place = fc.nat({ max: 0xffffff });

/** A few characters that mean something somewhere, or nothing anywhere. */
export const piece = fc.oneof(
  // Half of a surrogate pair is nothing that JSON readers agree about.
  { weight: 6, arbitrary: fc.constantFrom(...pieces.odd, "\ud800", "\udc00") },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 4 }) },
);

/** The lines of a text, line endings included. */
export function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** A text with something put before the line of that number. */
export function inserted(lines: readonly string[], index: number, added: string): string {
  return [...lines.slice(0, index), added, ...lines.slice(index)].join("");
}

/** A mutation of one line, which must be there. */
export function onLine(change: (line: string) => string): (at: number) => Mutation {
  return (at) => (text) => {
    const lines = linesOf(text);
    if (lines.length === 0) return text;
    const index = at % lines.length;
    return lines.with(index, change(lines[index] ?? "")).join("");
  };
}

/** A mutation that puts a text right above a line. */
export function addAbove([at, added]: [number, string]): Mutation {
  return onLine((line) => added + line)(at);
}

const count = fc.integer({ min: 1, max: 4 });

/** Mostly twice; at times so often that it comes to a limit, if one doubles what it repeats. */
const often = fc.oneof({ weight: 9, arbitrary: fc.constant(2) }, fc.integer({ min: 3, max: 200 }));

/** Mutations that know nothing of the text but its lines. `donors` are other texts to take pieces from. */
export function lineMutation(donors: fc.Arbitrary<string>): fc.Arbitrary<Mutation> {
  return fc.oneof(
    fc.tuple(place, piece).map(insertPiece),
    fc.tuple(place, fc.integer({ min: 1, max: 8 })).map(removeCharacters),
    fc.tuple(place, count).map(removeLines),
    fc.tuple(place, place, count).map(copyLines),
    fc.tuple(place, place).map(swapLines),
    fc.tuple(place, place, often).map(repeatWord),
    fc.tuple(place, often).map(repeatLine),
    fc.tuple(place, place, donors, fc.integer({ min: 1, max: 200 })).map(spliceCharacters),
    fc.tuple(place, place, donors, fc.integer({ min: 1, max: 8 })).map(spliceLines),
    fc.constantFrom(...wholeText),
    place.map(cut),
    fc.tuple(place, fc.integer({ min: -3, max: 6 })).map(indentLine),
    fc.tuple(place, fc.constantFrom(" # note", "  ", "\t", " \\", "\\", " `", "#")).map(endLine),
    fc.tuple(place, fc.nat({ max: 6 })).map(flipBit),
  );
}

const wholeText: readonly Mutation[] = [
  (text) => text.replace(/\r?\n/g, "\r\n"),
  (text) => text.replace(/\n/g, "\n\n"),
  (text) => text.replace(/\n+$/, ""),
  (text) => `\uFEFF${text}`,
  // Every second line only.
  (text) => linesOf(text).reduce((all, line, n) => all + (n % 2 ? line.replace(/\n$/, "\r\n") : line), ""),
];

function insertPiece([at, added]: [number, string]): Mutation {
  return (text) => {
    const offset = at % (text.length + 1);
    return text.slice(0, offset) + added + text.slice(offset);
  };
}

function removeCharacters([at, size]: [number, number]): Mutation {
  return (text) => {
    const offset = at % (text.length + 1);
    return text.slice(0, offset) + text.slice(offset + size);
  };
}

function removeLines([at, size]: [number, number]): Mutation {
  return (text) => {
    const lines = linesOf(text);
    return lines.toSpliced(at % (lines.length + 1), size).join("");
  };
}

function copyLines([from, to, size]: [number, number, number]): Mutation {
  return (text) => {
    const lines = linesOf(text);
    const first = from % (lines.length + 1);
    return inserted(lines, to % (lines.length + 1), lines.slice(first, first + size).join(""));
  };
}

function swapLines([a, b]: [number, number]): Mutation {
  return (text) => {
    const lines = linesOf(text);
    if (lines.length < 2) return text;
    const [one, other] = [a % lines.length, b % lines.length];
    return lines
      .with(one, lines[other] ?? "")
      .with(other, lines[one] ?? "")
      .join("");
  };
}

function repeatWord([at, which, times]: [number, number, number]): Mutation {
  return onLine((line) => {
    const words = [...line.matchAll(/[^\s;]+[;\s]*/g)];
    const word = words[which % Math.max(1, words.length)];
    if (!word) return line;
    const end = word.index + word[0].trimEnd().length;
    return line.slice(0, end) + ` ${word[0].trim()}`.repeat(times - 1) + line.slice(end);
  })(at);
}

function repeatLine([at, times]: [number, number]): Mutation {
  return onLine((line) => line.replace(/\n?$/, "\n").repeat(times))(at);
}

function spliceCharacters([from, to, donor, size]: [number, number, string, number]): Mutation {
  const first = from % (donor.length + 1);
  return insertPiece([to, donor.slice(first, first + size)]);
}

function spliceLines([from, to, donor, size]: [number, number, string, number]): Mutation {
  return (text) => {
    const lines = linesOf(text);
    const others = linesOf(donor);
    const first = from % (others.length + 1);
    return inserted(lines, to % (lines.length + 1), others.slice(first, first + size).join(""));
  };
}

function cut(at: number): Mutation {
  return (text) => text.slice(0, at % (text.length + 1));
}

function indentLine([at, columns]: [number, number]): Mutation {
  const change = (line: string) =>
    columns > 0 ? " ".repeat(columns) + line : line.replace(new RegExp(`^[ \\t]{0,${-columns}}`), "");
  return onLine(change)(at);
}

function endLine([at, end]: [number, string]): Mutation {
  return onLine((line) => line.replace(/(\r?\n)?$/, (ending) => end + ending))(at);
}

function flipBit([at, bit]: [number, number]): Mutation {
  return (text) => {
    if (text === "") return text;
    const offset = at % text.length;
    const flipped = String.fromCharCode(text.charCodeAt(offset) ^ (1 << bit));
    return text.slice(0, offset) + flipped + text.slice(offset + 1);
  };
}
