/**
 * Puts stars in place of values: builders show build arguments in the steps that use them, and an engine may
 * answer with the address it was asked at, which has them too. What is shorter than four characters is not a secret,
 * and hiding it would leave nothing to read.
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

/** The same error, with nothing of the values in what it reports; what else the engine answered is dropped. */
export function hideIn(error: unknown, hide: (text: string) => string): unknown {
  if (!(error instanceof Error)) return error;
  const message = hide(error.message);
  const stack = error.stack === undefined ? undefined : hide(error.stack);
  return Object.assign(error, { message, stack }, "json" in error && { json: undefined });
}
