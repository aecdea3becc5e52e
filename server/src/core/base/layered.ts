/** Names with values. A copy costs nothing: what is set in one of the two later is not seen in the other. */
export interface Layered<Value> {
  get(name: string): Value | undefined;
  has(name: string): boolean;
  set(name: string, value: Value): void;
  copy(): Layered<Value>;
  /** All of them, each at the place where its name was set first. */
  all(): Map<string, Value>;
}

interface Layer<Value> {
  readonly own: Map<string, Value>;
  readonly below?: Layer<Value>;
  /** So many layers are below. */
  readonly height: number;
}

/** A name is looked for in so many layers at most; then they become one. */
const highest = 64;

export function layered<Value>(entries: Iterable<readonly [string, Value]> = []): Layered<Value> {
  return over({ own: new Map(entries), height: 0 }, false);
}

/** `isShared`: a copy uses this layer too, so values are set in a new one. */
function over<Value>(start: Layer<Value>, isShared: boolean): Layered<Value> {
  let top = start;
  let shared = isShared;
  const find = (name: string) => {
    for (let at: Layer<Value> | undefined = top; at; at = at.below) if (at.own.has(name)) return at.own;
    return undefined;
  };
  return {
    get: (name) => find(name)?.get(name),
    has: (name) => find(name) !== undefined,
    set: (name, value) => {
      if (shared)
        top =
          top.height < highest
            ? { own: new Map(), below: top, height: top.height + 1 }
            : { own: flat(top), height: 0 };
      shared = false;
      top.own.set(name, value);
    },
    copy: () => {
      shared = true;
      return over(top, true);
    },
    all: () => flat(top),
  };
}

function flat<Value>(top: Layer<Value>): Map<string, Value> {
  const layers: Layer<Value>[] = [];
  for (let at: Layer<Value> | undefined = top; at; at = at.below) layers.unshift(at);
  return new Map(layers.flatMap(({ own }) => [...own]));
}

/** A list that goes on from another one, which it does not copy. */
export interface Chain<Item> {
  readonly own: Item[];
  readonly below?: Chain<Item>;
}

/** The items of a chain, those that it goes on from first. */
export function itemsOf<Item>(chain: Chain<Item>): Item[] {
  const parts: Item[][] = [];
  for (let at: Chain<Item> | undefined = chain; at; at = at.below) parts.push(at.own);
  return parts.reverse().flat();
}
