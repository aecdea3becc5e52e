import { lineEnd } from "../../base/text";
import type { Part } from "../surface";

/**
 * The maximum number of characters outside the services. If there are more, the file is not read once per service.
 */
const longestRest = 4_000;

/** The maximum number of services, as each is read separately. Files written by hand have fewer. */
const mostServices = 200;

/**
 * The services of a file that can be read one at a time, each as if it were the only one, together with everything
 * outside the services. Undefined if they may depend on one another or if it is not clear from the lines alone where
 * each begins.
 */
export function composeParts(text: string): Part[] | undefined {
  if (dependent.test(text)) return undefined;
  const found = servicesIn(text);
  const [first = 0] = found?.starts ?? [];
  if (!found || found.starts.length < 2 || found.starts.length > mostServices) return undefined;
  const { starts, end } = found;
  if (first + text.length - end > longestRest) return undefined;
  const [before, after] = [text.slice(0, first), text.slice(end)];
  return starts.map((start, index) => {
    const own = text.slice(start, starts[index + 1] ?? end);
    return { text: before + own + after, from: first, to: first + own.length, start, after: end };
  });
}

/**
 * Aliases, merges and `extends`, which let services share something; several documents; tabs; comments that disable
 * rules in more than one service.
 */
const dependent =
  /(?:^|[:?-]) *\*\S|[[{,]\s*\*|<<|\bextends\b|^(?:---|\.\.\.|%)|[\t\uFEFF]|\r(?!\n)|systemd-containers-ignore/m;

/** A line whose quotes are all closed. An open quote may continue on a line that looks like a key. */
const closed = /^(?:[^"'#]|"(?:[^"\\]|\\.)*"|'[^']*')*(?:#.*)?$/;

/** A key without a value on its line. */
const key = /^ *([\w.-]+):\s*(?:#.*)?$/;

/**
 * Where each service begins, and where the text after the last one begins. All keys of a mapping start in the same
 * column.
 */
function servicesIn(text: string): { starts: number[]; end: number } | undefined {
  const starts: number[] = [];
  const names = new Set<string>();
  let inServices = false;
  let column = 0;
  let end: number | undefined;
  for (let at = 0; at < text.length; at = lineEnd(text, at) + 1) {
    const line = text.slice(at, lineEnd(text, at));
    const depth = line.search(/[^ ]/);
    if (depth === -1 || line[depth] === "#" || line[depth] === "\r") continue;
    if (!closed.test(line)) return undefined;
    if (depth === 0) {
      if (!/^[\w.-]+:(?:\s|$)/.test(line)) return undefined;
      const isServices = line.startsWith("services:");
      if (isServices && (starts.length > 0 || !key.test(line))) return undefined;
      if (inServices) end = at;
      inServices = isServices;
    } else if (inServices) {
      column ||= depth;
      if (depth > column) continue;
      const name = depth === column ? key.exec(line)?.[1] : undefined;
      if (name === undefined || names.has(name)) return undefined;
      names.add(name);
      starts.push(at);
    }
  }
  return { starts, end: end ?? text.length };
}
