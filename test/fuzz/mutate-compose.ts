import fc from "fast-check";
import { parseDocument } from "yaml";
import { addAbove, inserted, linesOf, type Mutation, onLine, place } from "./mutate-text";
import pieces from "./pieces.json";

const key = fc.constantFrom(...pieces.keys);
const depth = fc.constantFrom(0, 2, 2, 2, 4);

/** Mutations that know services, keys, anchors, tags, styles and documents. */
export const composeMutation: fc.Arbitrary<Mutation> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(place, key, depth).map(addKey) },
  { weight: 2, arbitrary: fc.tuple(place, key, depth).map(replaceKey) },
  { weight: 2, arbitrary: fc.tuple(place, fc.constantFrom(...pieces.tops)).map(addTop) },
  { weight: 1, arbitrary: fc.tuple(place, fc.constantFrom("&x ", "!!str ", "!x ", "*x ")).map(markValue) },
  { weight: 1, arbitrary: fc.tuple(place, fc.constantFrom("&k ", "!!str ", "? ")).map(markKey) },
  { weight: 1, arbitrary: place.map(copyService) },
  { weight: 1, arbitrary: place.map(mergeService) },
  { weight: 1, arbitrary: fc.constantFrom(0, 2, 4).map(asFlow) },
  { weight: 1, arbitrary: fc.tuple(place, fc.constantFrom("# note\n", "\n", "  # note\n\n")).map(addAbove) },
);

function columnOf(line: string): number {
  return line.length - line.trimStart().length;
}

function indented(text: string, columns: number): string {
  return text.replace(/^(?=.)/gm, " ".repeat(columns)).replace(/\n?$/, "\n");
}

/** A key below a line: beside it, or inside where the line opens a mapping. */
function addKey([at, added, deeper]: [number, string, number]): Mutation {
  return (text) => {
    const lines = linesOf(text);
    if (lines.length === 0) return pieces.tops[0] ?? "";
    const index = at % lines.length;
    const line = lines[index] ?? "";
    const opens = /:\s*(&\w+\s*)?$/.test(line);
    return inserted(lines, index + 1, indented(added, columnOf(line) + (opens ? deeper : 0)));
  };
}

function replaceKey([at, added, deeper]: [number, string, number]): Mutation {
  return onLine((line) => indented(added, deeper === 4 ? 4 : columnOf(line)))(at);
}

function addTop([at, added]: [number, string]): Mutation {
  return (text) => {
    const lines = linesOf(text);
    const starts = lines.flatMap((line, index) => (/^\S/.test(line) ? [index] : []));
    return inserted(lines, starts[at % Math.max(1, starts.length)] ?? lines.length, added);
  };
}

function markValue([at, mark]: [number, string]): Mutation {
  return onLine((line) => line.replace(/(?<=: |- |:)(?=[^\s])|(?<=:)(?=\r?\n)/, ` ${mark}`))(at);
}

function markKey([at, mark]: [number, string]): Mutation {
  return onLine((line) => line.replace(/(?<=^\s*)(?=[\w"'])/, mark))(at);
}

/** The lines of the service that a line is in, the line of its name first. */
function serviceAt(lines: readonly string[], at: number): string[] {
  const starts = lines.flatMap((line, index) => (/^ {2}\S/.test(line) ? [index] : []));
  const start = starts[at % Math.max(1, starts.length)];
  if (start === undefined) return [];
  const end = lines.findIndex((line, index) => index > start && /^ {0,2}\S/.test(line));
  return lines.slice(start, end === -1 ? undefined : end);
}

function copyService(at: number): Mutation {
  return (text) => {
    const lines = linesOf(text);
    const copy = serviceAt(lines, at)
      .join("")
      .replace(/^ {2}[^:\n]*/, `  copy${at % 10}`);
    return inserted(lines, lines.findIndex((line) => /^services:/.test(line)) + 1, copy);
  };
}

/** The body of a service goes to a fragment that it merges, beside another service that does. */
function mergeService(at: number): Mutation {
  return (text) => {
    const [name = "", ...body] = serviceAt(linesOf(text), at);
    if (body.length === 0) return text;
    const fragment = `x-shared: &shared\n${body.join("").replace(/^ {2}/gm, "")}`;
    const merged = `${name}    <<: *shared\n  beside:\n    <<: *shared\n`;
    return fragment + text.replace(name + body.join(""), () => merged);
  };
}

/** The whole file in flow style; unchanged where it is not YAML. */
function asFlow(indent: number): Mutation {
  return (text) => {
    const document = parseDocument(text, { logLevel: "silent" });
    if (document.errors.length > 0) return text;
    try {
      return `${JSON.stringify(document.toJS(), undefined, indent)}\n`;
    } catch {
      return text;
    }
  };
}
