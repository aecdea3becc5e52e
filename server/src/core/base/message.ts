/**
 * What is said to the reader: a key for translators, an English template with `{name}` places, and the
 * arguments that fill them. The core never formats for a locale; `format` is the English fallback.
 */
export interface Message {
  readonly key: string;
  readonly template: string;
  readonly args: Readonly<Record<string, string>>;
}

/** Builds a message; `key` is `<where>.<name>`, for instance `image-stop-signal.missing`. */
export function message(key: string, template: string, args: Readonly<Record<string, string>> = {}): Message {
  return { key, template, args };
}

/** Templates of another language by the keys of messages. */
export type Texts = Readonly<Record<string, string>>;

/** The text of a message in the language of `texts`; in English where they have none for its key. */
export function translated(message: Message, texts: Texts = {}): string {
  const template = Object.hasOwn(texts, message.key) ? texts[message.key] : undefined;
  return format(template === undefined ? message : { ...message, template });
}

/** The English text of a message. A place without an argument stays as it is, so that it is seen. */
export function format({ template, args }: Message): string {
  return template.replace(/\{(\w+)\}/g, (place, name: string) => args[name] ?? place);
}
