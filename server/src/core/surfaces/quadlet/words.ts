import type { Span } from "../../base/text";
import { type MappedText, sourceSpan } from "../../shell/mapped-text";
import { unknown } from "../run-lines/regions";

/** A word of a value: the string that Podman receives, and the span including quotes. */
export interface Word {
  readonly text: string;
  readonly span: Span;
}

/** Single-letter escapes (systemd.syntax(7), section Quoting). */
const letters: Readonly<Record<string, string>> = {
  ...{ a: "\x07", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v", s: " " },
  ...{ "\\": "\\", '"': '"', "'": "'" },
};

const escapeAt = /\\(?:([abfnrtvs\\"'])|x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([0-3][0-7]{2})|(.?))/iy;

/**
 * The words of a value, separated by spaces outside of quotes. With `escapes`, a backslash begins an escape.
 * Undefined if an escape is invalid, in which case the generator leaves out the entire value.
 */
export function splitWords(
  value: MappedText,
  { escapes }: { readonly escapes: boolean },
): Word[] | undefined {
  const all: Word[] = [];
  const { text } = value;
  let word: string | undefined;
  let start = 0;
  let quote = "";
  const close = (end: number) => {
    if (word !== undefined) all.push({ text: word, span: sourceSpan(value, start, end) });
    word = undefined;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at] as string;
    if (quote === "" && /[ \t\r\n]/.test(char)) {
      close(at);
      continue;
    }
    if (word === undefined) start = at;
    word ??= "";
    if (char === quote) quote = "";
    else if (quote === "" && /["']/.test(char)) quote = char;
    else if (escapes && char === "\\") {
      const read = readEscape(text, at);
      if (!read) return undefined;
      word += read.text;
      at += read.length - 1;
    } else word += char;
  }
  close(text.length);
  return all;
}

/** The characters that an escape stands for; empty for a backslash at the end. */
function readEscape(text: string, at: number): { text: string; length: number } | undefined {
  escapeAt.lastIndex = at;
  const [whole = "", letter, byte, short, long, octal, other] = escapeAt.exec(text) ?? [];
  const own = letter === undefined ? undefined : letters[letter];
  const hex = byte ?? short ?? long;
  const code = hex === undefined ? Number.parseInt(octal ?? "0", 8) : Number.parseInt(hex, 16);
  if (own !== undefined) return { text: own, length: whole.length };
  if (other === "" || letter !== undefined) return other === "" ? { text: "", length: 1 } : undefined;
  return code > 0 && code <= 0x10ffff
    ? { text: String.fromCodePoint(code), length: whole.length }
    : undefined;
}

/**
 * The word that systemd passes to Podman: `%%` becomes a percent sign and `$$` a dollar sign. The values of
 * specifiers and variables are unknown.
 */
export function expanded(text: string): string {
  if (/^\$[^$]/.test(text)) return unknown;
  return text.replace(/%(.)|\$\$|\$\{\w*\}/gs, (whole, specifier?: string) => {
    if (whole === "$$") return "$";
    if (specifier === undefined || /[a-z]/i.test(specifier)) return unknown;
    return specifier === "%" ? "%" : whole;
  });
}

/** Escapes a string so that `expanded` returns it unchanged. */
export function literal(text: string): string {
  return text.replace(/[%$]/g, "$&$&");
}

/** A word as written among others; undefined if the form of the value cannot express it. */
export function writeWord(text: string, { escapes }: { readonly escapes: boolean }): string | undefined {
  const given = literal(text);
  if (/^[^\s"'\\\p{C}]+$/u.test(given)) return given;
  if (!escapes) {
    const quote = given.includes('"') ? "'" : '"';
    return given.includes(quote) || /[\n\r]|\\$/.test(given) ? undefined : `${quote}${given}${quote}`;
  }
  const code = (char: string) => `\\x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are written as escapes.
  return `"${given.replace(/["\\]/g, "\\$&").replace(/[\x00-\x1f\x7f]/g, code)}"`;
}
