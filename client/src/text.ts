declare const brand: unique symbol;

/**
 * One line for a notification, a progress message, a dialog, a list, an input box or the status bar. In some of these
 * VS Code turns `[text](command:…)` into links and provides no way to escape it; in others it draws icons for
 * `$(name)`. A `Text` consists of literals and of foreign text that went through `plain`, so it has no unintended
 * links or icons.
 */
export type Text = string & { readonly [brand]: "text" };

/**
 * Markdown of this extension. Any foreign text in it went through `prose`, `code` or `fenced` of views/markdown.ts.
 */
export type Markdown = string & { readonly [brand]: "markdown" };

/** HTML made by this extension. Any text in it from elsewhere was escaped by views/html.ts. */
export type Html = string & { readonly [brand]: "html" };

/** A text that is a literal in the source. Texts that are composed at run time do not have this type. */
export type Literal<T extends string> = Record<never, never> extends Record<T, 1> ? never : T;

/**
 * Translates a text from the source into the user's language. `{0}` is replaced with the first argument, and so on.
 */
export type Translate = <const T extends string>(text: Literal<T>, ...args: (string | number)[]) => Text;

/** Like `Translate`, but for Markdown. The arguments are Markdown too. */
export type TranslateMarkdown = <const T extends string>(
  text: Literal<T>,
  ...args: (Markdown | number)[]
) => Markdown;

/** Texts of the extension, keyed by names that stay the same when the wording changes. */
export type Texts = Readonly<Record<string, (t: Translate, ...args: never[]) => Text>>;

/**
 * Control characters, line separators, invisible characters, characters that change the text direction, and unpaired
 * surrogates. Excluded are the joiners of scripts and emoji, the byte order mark, and `joiner`.
 */
const active = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]|(?!\u200c|\u200d|\ufeff|\u2060)\p{Cf}/gu;

/**
 * An invisible character (U+2060, word joiner). Placed between the two parts of a Markdown link, it prevents the
 * link.
 */
const joiner = "\u2060";

/**
 * Converts text from a file, a log, an image or an engine to a `Text`. Line breaks become spaces, control characters
 * are made visible, and no part of it can become a link. No content is hidden. Applying it twice changes nothing.
 */
export function plain(foreign: string): Text {
  return oneLine(foreign).replace(/\](?=\(|$)/g, `]${joiner}`) as Text;
}

/** Joins texts: text`${what} ${because}`. */
export function text(literals: TemplateStringsArray, ...values: readonly (Text | number)[]): Text {
  return String.raw({ raw: literals }, ...values) as Text;
}

/** An argument of a message. */
export function argument(value: string | number): Text | number {
  return typeof value === "number" ? value : plain(value);
}

/** A label for lists and the status bar, preceded by an icon. Nothing in the label itself is drawn as an icon. */
export function withIcon(icon: string | undefined, label: Text): string {
  const shown = label.replace(/\$\((?=[a-z0-9-]+(~[a-z]+)?\))/gi, "\\$(");
  return icon === undefined ? shown : `$(${icon}) ${shown}`;
}

/** Foreign text on one line, with control characters made visible. It may contain links and icons. */
export function oneLine(foreign: string): string {
  return visible(foreign.replace(/[\s\u0085]+/g, " "));
}

/** Foreign text with several lines. Control characters, except line breaks and tabs, are made visible. */
export function block(foreign: string): string {
  return foreign
    .split(/(\r?\n|\t)/)
    .map((part, index) => (index % 2 === 1 ? part : visible(part)))
    .join("");
}

/**
 * The output of a program, for a terminal. Line breaks, tabs and color sequences are kept; other control characters
 * are made visible.
 */
export function terminalText(foreign: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences begin with one.
  const kept = /(\u001b\[[0-9;:]*[mK]|[\r\n\t])/;
  return foreign
    .split(kept)
    .map((part, index) => (index % 2 === 1 ? part : visible(part)))
    .join("");
}

/** Escapes text for HTML, including attribute values. */
export function escaped(foreign: string): Html {
  return foreign.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`) as Html;
}

/** Replaces control characters and similar ones with their written-out code points. */
export function visible(foreign: string, spelled: (code: number) => string = asBash): string {
  return foreign.replace(active, (char) => spelled(char.codePointAt(0) ?? 0));
}

/** Writes a code point as `\x1b`, `\u202e` or `\U000e0041`. */
function asBash(code: number): string {
  const hex = (digits: number) => code.toString(16).padStart(digits, "0");
  if (code < 0x80) return `\\x${hex(2)}`;
  return code <= 0xffff ? `\\u${hex(4)}` : `\\U${hex(8)}`;
}
