/** Computes a value when it is first used. */
export function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}

/**
 * Like `once`, but computes one value per object, and keeps it in a hidden property of that object. The values of a
 * WeakMap would survive until the next full garbage collection, with everything that they refer to. An object that
 * cannot be extended has its value computed each time.
 */
export function onceFor<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const slot = Symbol();
  return (key) => {
    const holder = key as { [slot]?: () => Value };
    const known = holder[slot];
    if (known) return known();
    const value = once(() => work(key));
    if (Object.isExtensible(key)) Object.defineProperty(key, slot, { value });
    return value();
  };
}

/**
 * Returns a function that makes records with some fields that are computed each time they are read. The records share
 * one hidden class. V8 makes a new one for each object literal with accessors, and keeps it until the next full garbage
 * collection, together with everything that the accessors refer to. A spread of such a record leaves these fields out.
 */
export function computing<Computed extends object>(
  names: readonly (keyof Computed & string)[],
): <Fields extends object>(fields: Fields, work: Work<Computed>) => Fields & Readonly<Computed> {
  class Computing {
    readonly #work: Work<Computed>;
    constructor(fields: object, work: Work<Computed>) {
      this.#work = work;
      Object.assign(this, fields);
    }
    static {
      for (const name of names)
        Object.defineProperty(Computing.prototype, name, {
          get(this: Computing) {
            return this.#work[name]();
          },
        });
    }
  }
  return (fields, work) => new Computing(fields, work) as never;
}

type Work<Computed> = { readonly [Name in keyof Computed]: () => Computed[Name] };
