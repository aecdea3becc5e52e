/** Computes a value when it is first used. */
export function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}

/** Like `once`, but computes one value per object, and keeps it as long as the object is in use. */
export function onceFor<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const done = new WeakMap<Key, () => Value>();
  return (key) => {
    const known = done.get(key);
    if (known) return known();
    const value = once(() => work(key));
    done.set(key, value);
    return value();
  };
}
