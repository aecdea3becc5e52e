/**
 * The value of a placeholder in a message: text from a file or a number, unchanged; another message; or a list of
 * these.
 */
export type Argument = string | Message | readonly (string | Message)[];

/**
 * A message for the reader: a key that identifies it, an English template with `{name}` placeholders, and the
 * arguments that fill them. The core never formats for a locale: `format` uses English, and `translated` uses the
 * templates of the reader's language.
 */
export interface Message {
  readonly key: string;
  readonly template: string;
  readonly args: Readonly<Record<string, Argument>>;
}

/** Builds a message; `key` is `<where>.<name>`, such as `image-stop-signal.missing`. */
export function message(
  key: string,
  template: string,
  args: Readonly<Record<string, Argument>> = {},
): Message {
  return { key, template, args };
}

/** Templates of another language, keyed by the English ones, as in VS Code's bundles (`l10n/bundle.l10n.*.json`). */
export type Texts = Readonly<Record<string, string>>;

/** The text of a message in the language of `texts`, or in English if `texts` lacks the template. */
export function translated({ template, args }: Message, texts: Texts = {}): string {
  const own = Object.hasOwn(texts, template) ? texts[template] : undefined;
  return (own ?? template).replace(/\{(\w+)\}/g, (place, name: string) => {
    const argument = args[name];
    return argument === undefined ? place : filled(argument, texts);
  });
}

/** The text of an argument, in the language of `texts`. */
export function filled(argument: Argument, texts: Texts = {}): string {
  if (typeof argument === "string") return argument;
  return isMessage(argument)
    ? translated(argument, texts)
    : argument.map((each) => filled(each, texts)).join(translated(comma, texts));
}

/** What separates the items of a list. */
const comma = message("list.comma", ", ");

/**
 * The English text of a message. A placeholder without an argument is left as it is, so that the mistake is noticed.
 */
export function format(said: Message): string {
  return translated(said);
}

/** Joins items as `a`, `a and b` or `a, b and c`. */
export function listed(items: readonly (string | Message)[]): Argument {
  const [last = "", ...before] = [...items].reverse();
  return before.length === 0
    ? last
    : message("list.and", "{items} and {last}", { items: before.reverse(), last });
}

function isMessage(argument: Exclude<Argument, string>): argument is Message {
  return !Array.isArray(argument);
}
