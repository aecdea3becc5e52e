import { hidden, hideBetween } from "../hidden";

/**
 * A text with what Ruby makes of it hidden, in as many characters: values of `<%= … %>` are unknown, and what only
 * decides (`<% if … %>`) is space, so that what is left can be read as YAML at the same places.
 */
export function withoutRuby(text: string): string {
  return hideBetween(text, ["<%", "%>"], (start) => (text[start + 2] === "=" ? hidden : " "));
}

/** Whether a value is not all known. */
export function isWritten(value: string): boolean {
  return value.includes(hidden);
}
