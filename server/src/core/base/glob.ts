/** Whether a name or a path matches a pattern. */
export type Glob = (text: string) => boolean;

/** PATH_MAX on Linux. A longer pattern cannot match any name. */
const longestPattern = 4096;

/** One step of a pattern. A `jump` step may skip the `over` steps that follow it. */
type Step =
  | { readonly do: "one" | "many"; takes(char: string): boolean }
  | { readonly do: "jump"; readonly over: number };

const anything = () => true;
const notSlash = (char: string) => char !== "/";

/** A pattern as in find(1) or, for a single name, in the shell: `*`, `?`, `[a-z]`, `[!a]`, `[[:digit:]]`, `\*`. */
export function shellGlob(pattern: string): Glob {
  if (pattern.length > longestPattern) return () => false;
  const steps: Step[] = [];
  const chars = [...pattern];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] as string;
    const found = char === "[" ? readClass(chars, at, "!^", true) : undefined;
    if (char === "*") steps.push({ do: "many", takes: anything });
    else if (char === "?") steps.push({ do: "one", takes: anything });
    else if (found) {
      steps.push({ do: "one", takes: found.takes });
      at = found.end;
    } else steps.push(literal(char === "\\" ? (chars[++at] ?? char) : char));
  }
  return matcher(steps);
}

/**
 * A pattern of a .dockerignore, as moby's patternmatcher reads it: `*` stays within one name, `**` matches any number
 * of names, and everything below a match also matches. Throws if the engine rejects the pattern.
 */
export function ignoreGlob(pattern: string, escapes: boolean): Glob {
  if (pattern.length > longestPattern) throw new Error("a pattern that is too long");
  const steps: Step[] = [];
  const chars = [...pattern];
  for (let at = 0; at < chars.length; at++) {
    const char = chars[at] as string;
    if (char === "*" && chars[at + 1] === "*") {
      at += chars[at + 2] === "/" ? 2 : 1;
      const last = at === chars.length - 1;
      if (!last) steps.push({ do: "jump", over: 2 });
      steps.push({ do: "many", takes: anything });
      if (!last) steps.push(literal("/"));
    } else if (char === "*") steps.push({ do: "many", takes: notSlash });
    else if (char === "?") steps.push({ do: "one", takes: notSlash });
    else if (char === "[") {
      const found = readClass(chars, at, "^", escapes);
      if (!found) throw new Error("a class without end");
      if (found.backwards) throw new Error("a range that goes backwards");
      steps.push({ do: "one", takes: found.takes });
      at = found.end;
    } else steps.push(literal(escapes && char === "\\" ? (chars[++at] ?? char) : char));
  }
  return matcher([...steps, { do: "jump", over: 2 }, literal("/"), { do: "many", takes: anything }]);
}

function literal(wanted: string): Step {
  return { do: "one", takes: (char) => char === wanted };
}

const named: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  lower: /[a-z]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /\s/,
  upper: /[A-Z]/,
  xdigit: /[0-9A-Fa-f]/,
};

/**
 * The character class that begins at `start`, and the index of its closing bracket; undefined if it is not closed.
 */
function readClass(
  chars: readonly string[],
  start: number,
  negations: string,
  escapes: boolean,
): { takes(char: string): boolean; end: number; backwards: boolean } | undefined {
  const negated = negations.includes(chars[start + 1] ?? " ");
  const first = start + (negated ? 2 : 1);
  const parts: ((char: string) => boolean)[] = [];
  let backwards = false;
  for (let at = first; at < chars.length; at++) {
    if (chars[at] === "]" && at > first)
      return { takes: (char) => parts.some((part) => part(char)) !== negated, end: at, backwards };
    const close = chars[at] === "[" && chars[at + 1] === ":" ? chars.indexOf(":", at + 2) : -1;
    const kind = close === -1 ? undefined : named[chars.slice(at + 2, close).join("")];
    if (kind && chars[close + 1] === "]") {
      parts.push((char) => kind.test(char));
      at = close + 1;
      continue;
    }
    if (escapes && chars[at] === "\\") at++;
    const low = chars[at] ?? "";
    let high = low;
    if (chars[at + 1] === "-" && chars[at + 2] !== "]" && at + 2 < chars.length) {
      at += escapes && chars[at + 2] === "\\" ? 3 : 2;
      high = chars[at] ?? "";
    }
    backwards ||= high < low;
    parts.push((char) => low <= char && char <= high);
  }
  return undefined;
}

/**
 * Follows all paths through the steps simultaneously, so for any pattern, the time is at most proportional to the
 * length of the text times the number of steps.
 */
function matcher(all: readonly Step[]): Glob {
  const steps = all.filter((step, at) => step.do !== "many" || !sameStar(step, all[at - 1]));
  return (text) => {
    // The last round in which each step was reached, so that each step is followed only once per character.
    const reached = new Int32Array(steps.length + 1).fill(-1);
    const enter = (states: number[], from: number, round: number) => {
      for (let at = from; reached[at] !== round; at++) {
        reached[at] = round;
        states.push(at);
        const step = steps[at];
        if (step?.do === "jump") enter(states, at + 1 + step.over, round);
        else if (step?.do !== "many") return;
      }
    };
    let states: number[] = [];
    enter(states, 0, 0);
    let round = 0;
    for (const char of text) {
      round++;
      const next: number[] = [];
      for (const at of states) {
        const step = steps[at];
        if (step && step.do !== "jump" && step.takes(char))
          enter(next, step.do === "many" ? at : at + 1, round);
      }
      states = next;
      if (states.length === 0) return false;
    }
    return reached[steps.length] === round;
  };
}

/** Two adjacent stars of the same kind are equivalent to one. */
function sameStar(step: Step, before: Step | undefined): boolean {
  return step.do === "many" && before?.do === "many" && step.takes === before.takes;
}
