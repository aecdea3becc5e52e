import fc from "fast-check";
import { addAbove, inserted, linesOf, type Mutation, onLine, piece, place } from "./mutate-text";
import pieces from "./pieces.json";

const instruction = fc.constantFrom(...pieces.dockerfile);
const breaks = fc.constantFrom(" \\\n", "\t", "  ", " \\\n# note\n", " \\\r\n  ", " \\\n\n", " `\n");

/** Mutations that know instructions, continuations, heredocs and comments. */
export const dockerfileMutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(place, instruction).map(addInstruction) },
  { weight: 2, arbitrary: fc.tuple(place, instruction).map(replaceInstruction) },
  { weight: 1, arbitrary: fc.tuple(place, fc.boolean()).map(changeCase) },
  { weight: 2, arbitrary: fc.tuple(place, place, breaks).map(breakLine) },
  { weight: 1, arbitrary: place.map(asHeredoc) },
  { weight: 1, arbitrary: fc.tuple(place, fc.constantFrom("# note\n", "\n", "\n# note\n\n")).map(addAbove) },
  { weight: 1, arbitrary: fc.tuple(place, piece).map(endArguments) },
  { weight: 1, arbitrary: place.map(moveDown) },
  { weight: 1, arbitrary: place.map(openStage) },
);

function addInstruction([at, added]: [number, string]): Mutation {
  return (text) => {
    const lines = linesOf(text);
    return inserted(lines, at % (lines.length + 1), `${added}\n`);
  };
}

function replaceInstruction([at, added]: [number, string]): Mutation {
  return onLine(() => `${added}\n`)(at);
}

function changeCase([at, lower]: [number, boolean]): Mutation {
  const change = (word: string) => (lower ? word.toLowerCase() : word.toUpperCase());
  return onLine((line) => line.replace(/^\s*\w+/, change))(at);
}

/** Puts a line break where a space stood. */
function breakLine([at, which, by]: [number, number, string]): Mutation {
  return onLine((line) => {
    const blanks = [...line.matchAll(/ (?=\S)/g)];
    const blank = blanks[which % Math.max(1, blanks.length)];
    return blank ? line.slice(0, blank.index) + by + line.slice(blank.index + 1) : line;
  })(at);
}

function asHeredoc(at: number): Mutation {
  return onLine((line) => line.replace(/^(RUN )([^<\\\r\n]*)$/m, "$1<<EOF\n$2\nEOF"))(at);
}

function endArguments([at, added]: [number, string]): Mutation {
  return onLine((line) => line.replace(/(\r?\n)?$/, (ending) => ` ${added}${ending}`))(at);
}

/** An instruction goes to the end of the file: what it sets is then the last word. */
function moveDown(at: number): Mutation {
  return (text) => {
    const lines = linesOf(text);
    const moved = lines[at % Math.max(1, lines.length)];
    return moved ? `${lines.filter((line) => line !== moved).join("")}\n${moved}` : text;
  };
}

function openStage(at: number): Mutation {
  return (text) => {
    const named = text.replace(/^(FROM \S+)[ \t]*$/m, "$1 AS first");
    const lines = linesOf(named);
    return inserted(lines, at % (lines.length + 1), "FROM first\n");
  };
}
