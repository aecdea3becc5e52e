/** Splits `NAME=value` from an engine's list of environment variables. A name alone has an empty value. */
export function variable(text: string): [name: string, value: string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
