import { hidden, hideBetween } from "../hidden";

/**
 * Replaces the characters of Ruby code, so that the rest of the text can be read as YAML at the same positions.
 * Values of `<%= … %>` become unknown, and control code (`<% if … %>`) becomes spaces.
 */
export function withoutRuby(text: string): string {
  return hideBetween(text, ["<%", "%>"], (start) => (text[start + 2] === "=" ? hidden : " "));
}

/** Whether part of a value is unknown. */
export function isWritten(value: string): boolean {
  return value.includes(hidden);
}
