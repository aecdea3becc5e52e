/** A value to write as YAML. `Raw` is a single line that is already YAML. */
export type Value =
  | string
  | number
  | boolean
  | null
  | Raw
  | readonly Value[]
  | { readonly [key: string]: Value };

/** Keys with their values, in the order in which they are written. */
export type Pairs = readonly (readonly [key: string, value: Value])[];

export class Raw {
  constructor(readonly text: string) {}
}

export type Quote = "double" | "single" | undefined;

/** A list in flow style with every string in double quotes, which is how commands are written. */
export function quotedList(words: readonly string[]): Raw {
  return new Raw(`[${words.map((word) => quoted(word, "double")).join(", ")}]`);
}

/**
 * A string as a scalar: in the requested quotes, otherwise plain if both YAML 1.1 and 1.2 read it as the same string.
 */
export function scalar(text: string, flow: boolean, quote?: Quote): string {
  if (quote) return quoted(text, quote);
  const plain = /^[A-Za-z_/.][\w./:=+,@%-]*$/.test(text) && !text.endsWith(":") && !isTyped(text);
  return plain && !(flow && text.includes(",")) ? text : quoted(text, "double");
}

/** Whether a reader of YAML 1.1 or 1.2 would treat the string as a number, a boolean or null. */
function isTyped(text: string): boolean {
  return /^(true|false|yes|no|on|off|y|n|null)$/i.test(text) || /^\.?\d|^\.(inf|nan)$/i.test(text);
}

function quoted(text: string, quote: "double" | "single"): string {
  if (quote === "single" && /^[\x20-\x7e\u00a0-\ud7ff\ue000-\ufffd]*$/.test(text))
    return `'${text.replaceAll("'", "''")}'`;
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A value in flow style, on one line. */
export function flow(value: Value, quote?: Quote): string {
  if (value === null) return "null";
  if (value instanceof Raw) return value.text;
  if (typeof value === "string") return scalar(value, true, quote);
  if (typeof value !== "object") return String(value);
  if (isList(value)) return `[${value.map((item) => flow(item, quote)).join(", ")}]`;
  const pairs = Object.entries(value).map(
    ([key, item]) => `${scalar(key, true, quote)}: ${flow(item, quote)}`,
  );
  return `{${pairs.join(", ")}}`;
}

/** The indentation of a key's content, in columns. */
export interface Indent {
  /** Indentation of the keys of a mapping. */
  readonly keys: number;
  /** Indentation of the dashes of a list. */
  readonly dashes: number;
}

/** The lines of a key and its value in block style. */
export function pairLines(
  key: string,
  value: Value,
  column: number,
  indent: Indent,
  quote?: Quote,
): string[] {
  const head = `${" ".repeat(column)}${scalar(key, false)}:`;
  if (value === null) return [head];
  if (typeof value !== "object" || value instanceof Raw) return [`${head} ${lineOf(value, quote)}`];
  if (isList(value)) {
    if (value.length === 0) return [`${head} []`];
    return [head, ...value.flatMap((item) => itemLines(item, column + indent.dashes, quote))];
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return [`${head} {}`];
  return [
    head,
    ...entries.flatMap(([name, item]) => pairLines(name, item, column + indent.keys, indent, quote)),
  ];
}

/** The lines of an item of a block list whose dash is at `column`. */
export function itemLines(value: Value, column: number, quote?: Quote): string[] {
  const dash = `${" ".repeat(column)}- `;
  if (value === null || typeof value !== "object" || value instanceof Raw)
    return [dash + lineOf(value, quote)];
  if (isList(value)) return [dash + flow(value, quote)];
  const lines = Object.entries(value).flatMap(([name, item]) =>
    pairLines(name, item, column + 2, { keys: 2, dashes: 2 }, quote),
  );
  return lines.length > 0 ? [dash + lines[0]?.trimStart(), ...lines.slice(1)] : [`${dash}{}`];
}

/** A value on one line, outside brackets. */
export function lineOf(value: Value, quote?: Quote): string {
  return typeof value === "string" ? scalar(value, false, quote) : flow(value);
}

function isList(value: object): value is readonly Value[] {
  return Array.isArray(value);
}
