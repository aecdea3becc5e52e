/** `NAME=value` of an environment, as engines list it. A name alone has no value. */
export function variable(text: string): [name: string, value: string] {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
