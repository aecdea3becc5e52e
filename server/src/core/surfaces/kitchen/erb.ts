/** Stands for what Ruby writes. No file has this character on purpose. */
const written = "\uE000";

/**
 * A text with what Ruby makes of it hidden, in as many characters: values of `<%= … %>` are unknown, and what only
 * decides (`<% if … %>`) is space, so that what is left can be read as YAML at the same places.
 */
export function withoutRuby(text: string): string {
  const parts: string[] = [];
  let at = 0;
  for (let start = text.indexOf("<%"); start !== -1; start = text.indexOf("<%", at)) {
    const found = text.indexOf("%>", start);
    const end = found === -1 ? text.length : found + 2;
    const by = text[start + 2] === "=" ? written : " ";
    parts.push(text.slice(at, start), text.slice(start, end).replace(/[^\r\n]/g, by));
    at = end;
  }
  return [...parts, text.slice(at)].join("");
}

/** Whether a value is not all known. */
export function isWritten(value: string): boolean {
  return value.includes(written);
}
