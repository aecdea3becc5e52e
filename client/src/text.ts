declare const brand: unique symbol;

/**
 * One line for a notification, a progress message, a dialog, a list, an input box or the status bar. VS Code
 * makes links of `[text](command:…)` in some of these, knows no escape for them, and draws icons for `$(name)` in
 * others. A `Text` is made of literals and of foreign text that went through `plain`, so it has neither.
 */
export type Text = string & { readonly [brand]: "text" };

/** Markdown of this extension; foreign text in it went through `prose`, `code` or `fenced` of views/markdown.ts. */
export type Markdown = string & { readonly [brand]: "markdown" };

/** HTML of this extension; text in it was escaped by views/html.ts. */
export type Html = string & { readonly [brand]: "html" };

/** A text that is written in the source; no text that is put together at run time has this type. */
export type Literal<T extends string> = Record<never, never> extends Record<T, 1> ? never : T;

/** Gives a text of the source in the reader's language, `{0}` replaced by the first argument and so on. */
export type Translate = <const T extends string>(text: Literal<T>, ...args: (string | number)[]) => Text;

/** The same for Markdown. Its arguments are Markdown too. */
export type TranslateMarkdown = <const T extends string>(
  text: Literal<T>,
  ...args: (Markdown | number)[]
) => Markdown;

/** Texts of the extension by names that do not change when the words do. */
export type Texts = Readonly<Record<string, (t: Translate, ...args: never[]) => Text>>;

/**
 * Control characters, line separators, marks that turn the direction of text or are not seen, and halves of
 * surrogate pairs; but not the joiners of scripts and emoji, the byte order mark, and `joiner`.
 */
const active = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?!\u200c|\u200d|\ufeff|\u2060)\p{Cf}/gu;

/** A character that is not seen (U+2060, word joiner). Between the two halves of a link it keeps it from being one. */
const joiner = "\u2060";

/**
 * Text of a file, a log, an image or an engine as a `Text`: line breaks become spaces, control characters are
 * made visible, and no part of it can be a link. Nothing of it is lost from view. Twice is like once.
 */
export function plain(foreign: string): Text {
  return oneLine(foreign).replace(/\](?=\(|$)/g, `]${joiner}`) as Text;
}

/** Puts texts together: text`${what} ${because}`. */
export function text(literals: TemplateStringsArray, ...values: readonly (Text | number)[]): Text {
  return String.raw({ raw: literals }, ...values) as Text;
}

/** An argument of a message. */
export function argument(value: string | number): Text | number {
  return typeof value === "number" ? value : plain(value);
}

/** A label as lists and the status bar take it: behind its icon, with nothing in the text that is drawn as one. */
export function withIcon(icon: string | undefined, label: Text): string {
  const shown = label.replace(/\$\((?=[a-z0-9-]+(~[a-z]+)?\))/gi, "\\$(");
  return icon === undefined ? shown : `$(${icon}) ${shown}`;
}

/** Foreign text on one line, with control characters made visible. It may hold links and icons. */
export function oneLine(foreign: string): string {
  return visible(foreign.replace(/[\s\u0085]+/g, " "));
}

/** Foreign text of several lines; all but line ends and tabs is made visible. */
export function block(foreign: string): string {
  return foreign
    .split(/(\r?\n|\t)/)
    .map((part, index) => (index % 2 === 1 ? part : visible(part)))
    .join("");
}

/** Output of a program for a terminal: line ends, tabs and colours stay, everything else is made visible. */
export function terminalText(foreign: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences begin with one.
  const kept = /(\u001b\[[0-9;:]*[mK]|[\r\n\t])/;
  return foreign
    .split(kept)
    .map((part, index) => (index % 2 === 1 ? part : visible(part)))
    .join("");
}

/** Text as HTML shows it, also in an attribute. */
export function escaped(foreign: string): Html {
  return foreign.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`) as Html;
}

/** Control characters and the like as code points that are written out. */
export function visible(foreign: string, spelled: (code: number) => string = asBash): string {
  return foreign.replace(active, (char) => spelled(char.codePointAt(0) ?? 0));
}

/** `\x1b`, `\u202e`, `\U000e0041`. */
function asBash(code: number): string {
  const hex = (digits: number) => code.toString(16).padStart(digits, "0");
  if (code < 0x80) return `\\x${hex(2)}`;
  return code <= 0xffff ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}
