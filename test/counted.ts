import { Session } from "node:inspector";

// Work is counted, never timed: the same work has the same count on any host and under any load. What V8 does in
// C++ runs no block of JavaScript, so it has a separate count.

interface Coverage {
  readonly result: readonly {
    readonly functions: readonly { readonly ranges: readonly { readonly count: number }[] }[];
  }[];
}

const session = new Session();
session.connect();
session.post("Profiler.enable");
session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });

/** How often functions and blocks were executed since the last call, in sum. */
function takeBlocks(): number {
  let sum = 0;
  session.post("Profiler.takePreciseCoverage", (error: Error | null, { result }: Coverage) => {
    if (error) throw error;
    for (const { functions } of result)
      for (const { ranges } of functions) for (const { count } of ranges) sum += count;
  });
  return sum;
}

/**
 * How many functions and blocks some work executes. Blocks are counted in what is first called after this module is
 * loaded, so it is imported before anything that it measures.
 */
export function blocksOf(work: () => unknown): number {
  takeBlocks();
  work();
  return takeBlocks();
}

interface Long {
  readonly length: number;
}

/** How far a method walks: so many characters of a text or items of a list. */
type Walk = (self: Long, args: readonly unknown[], result: unknown) => number;

const all: Walk = (self) => self.length;
const made: Walk = (_, __, result) => (result as Long).length;
/** From where a search begins to what it finds, or to the end. */
const forward: Walk = (self, [, from = 0], found) =>
  Math.max(0, (found === -1 ? self.length : Number(found)) - Number(from));
const backward: Walk = (self, [, from = self.length], found) => Number(from) - Number(found);
const placeIn = { text: String.prototype.indexOf, list: Array.prototype.indexOf };
const isIn: Walk = (self, args) =>
  forward(self, args, Reflect.apply(typeof self === "string" ? placeIn.text : placeIn.list, self, args));
const moved: Walk = (self, [at = 0], gone) => Math.max(0, self.length - Number(at)) + (gone as Long).length;

const walks: readonly (readonly [owner: object, methods: Readonly<Record<string, Walk>>])[] = [
  [
    String.prototype,
    {
      includes: isIn,
      indexOf: forward,
      lastIndexOf: backward,
      split: all,
      replaceAll: all,
      toLowerCase: all,
      toUpperCase: all,
      trim: all,
      repeat: made,
    },
  ],
  [
    Array.prototype,
    {
      includes: isIn,
      indexOf: forward,
      lastIndexOf: backward,
      slice: made,
      concat: made,
      join: made,
      flat: made,
      reverse: all,
      sort: all,
      toReversed: all,
      toSorted: all,
      splice: moved,
      unshift: all,
    },
  ],
  [JSON, { stringify: made, parse: (_, [text]) => (text as string).length }],
  [Object, { keys: made, values: made, entries: made }],
];

/** What a regular expression walks over, if it looks at each character once. */
function matched(pattern: RegExp, from: number, text: string, match: RegExpExecArray | null): number {
  if (match) return match.index + match[0].length - from;
  const isAtStart = pattern.sticky || (pattern.source.startsWith("^") && !pattern.multiline);
  return isAtStart ? 1 : text.length - from;
}

/**
 * How many characters and items the searches, copies and regular expressions walk over that some work has V8 do.
 * Spreading and the members of maps are not in it.
 */
export function lengthsOf(work: () => unknown): number {
  let sum = 0;
  const undo: (() => void)[] = [];
  const replace = (owner: object, name: string, by: (original: never) => unknown) => {
    const descriptor = Object.getOwnPropertyDescriptor(owner, name) as PropertyDescriptor;
    undo.push(() => Object.defineProperty(owner, name, descriptor));
    Object.defineProperty(owner, name, { ...descriptor, value: by(descriptor.value as never) });
  };
  for (const [owner, methods] of walks)
    for (const [name, walk] of Object.entries(methods))
      replace(
        owner,
        name,
        (original: () => unknown) =>
          function (this: Long, ...args: unknown[]) {
            const result = Reflect.apply(original, this, args);
            sum += walk(this, args, result);
            return result;
          },
      );
  // All that uses a regular expression goes through this method once it is replaced.
  replace(
    RegExp.prototype,
    "exec",
    (original: RegExp["exec"]) =>
      function (this: RegExp, text: string) {
        const from = this.global || this.sticky ? this.lastIndex : 0;
        const match = Reflect.apply(original, this, [text]);
        sum += matched(this, from, String(text), match);
        return match;
      },
  );
  try {
    work();
  } finally {
    for (const one of undo) one();
  }
  return sum;
}
