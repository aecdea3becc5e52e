/** A map from names to values that is cheap to copy. Values set later in either copy do not appear in the other. */
export interface Layered<Value> {
  get(name: string): Value | undefined;
  has(name: string): boolean;
  set(name: string, value: Value): void;
  copy(): Layered<Value>;
  /** All entries. Each is at the position where its name was first set. */
  all(): Map<string, Value>;
}

interface Layer<Value> {
  readonly own: Map<string, Value>;
  readonly below?: Layer<Value>;
  /** The number of layers below this one. */
  readonly height: number;
}

/** The maximum number of layers to search for a name; beyond it, all layers are merged into one. */
const highest = 64;

export function layered<Value>(entries: Iterable<readonly [string, Value]> = []): Layered<Value> {
  return over({ own: new Map(entries), height: 0 }, false);
}

/** `isShared`: a copy also uses this layer, so values are set in a new layer. */
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

/** A list that extends another one without copying it. */
export interface Chain<Item> {
  readonly own: Item[];
  readonly below?: Chain<Item>;
}

/** The items of a chain; those of the lists that it extends come first. */
export function itemsOf<Item>(chain: Chain<Item>): Item[] {
  const parts: Item[][] = [];
  for (let at: Chain<Item> | undefined = chain; at; at = at.below) parts.push(at.own);
  return parts.reverse().flat();
}
