/**
 * Returns a function that replaces values with asterisks. Builders show build arguments in the steps that use them,
 * and an engine may repeat the requested address, which contains them too. Values shorter than four characters are
 * kept: they are not secrets, and hiding them would make the text unreadable.
 */
export function hider(values: readonly string[]): (text: string) => string {
  const lines = values
    .flatMap((value) => [value, ...value.split(/\r?\n/)])
    .filter(({ length }) => length >= 4);
  const forms = lines.flatMap((line) => {
    const inJson = JSON.stringify(line).slice(1, -1);
    return [line, inJson, encodeURIComponent(line), encodeURIComponent(inJson)];
  });
  const longestFirst = [...new Set(forms)].sort((a, b) => b.length - a.length);
  return (text) => longestFirst.reduce((hidden, form) => hidden.replaceAll(form, "***"), text);
}

/** Removes the values from the message and stack of an error, and drops the engine's response from it. */
export function hideIn(error: unknown, hide: (text: string) => string): unknown {
  if (!(error instanceof Error)) return error;
  const message = hide(error.message);
  const stack = error.stack === undefined ? undefined : hide(error.stack);
  return Object.assign(error, { message, stack }, "json" in error && { json: undefined });
}
