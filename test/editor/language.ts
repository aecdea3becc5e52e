import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "./paths";

/** A language of the editor, and how its texts come from the English ones. */
export interface Language {
  /** As VS Code calls it, for instance `zh-cn`. */
  readonly id: string;
  readonly translate: (english: string) => string;
  /** What English has none of. */
  readonly letters: RegExp;
  /** Whether the extension is shipped with its texts. */
  readonly isShipped: boolean;
}

/** The files of English texts; those of a language have its id before `.json`. */
const names = ["package.nls", "l10n/bundle.l10n"];

/**
 * A language that no text has by chance: each letter is the full-width one, but for places, code and links, which
 * translations keep. Latin letters that are left come from a file, an engine or an untranslated text.
 */
export const pseudo: Language = {
  id: "qps-ploc",
  translate: wide,
  letters: /[\uff41-\uff5a]/,
  isShipped: false,
};

/** Simplified Chinese, as it is shipped. */
export const chinese: Language = {
  id: "zh-cn",
  translate: shipped("zh-cn"),
  letters: /\p{sc=Han}/u,
  isShipped: true,
};

/** Fails where a text has an English word that no command, path or option has, or where no text is in the language. */
export function assertTranslated({ letters }: Language, texts: readonly string[]): void {
  const english =
    /(?<![-\w=:/.])(an?|all|and|are|by|for|has|in|is|it|not|of|or|that|the|to|which|with)(?![-\w=:/.])/i;
  const found = texts.flatMap((text) => text.split("\n")).filter((line) => english.test(line));
  assert.deepEqual(found, []);
  assert.match(texts.join("\n"), letters);
}

/** The shipped translation of an English text. */
function shipped(id: string): Language["translate"] {
  const read = (name: string): Record<string, string> =>
    JSON.parse(readFileSync(join(root, `${name}.json`), "utf8"));
  const texts = new Map(
    names.flatMap((name) => {
      const translations = read(`${name}.${id}`);
      return Object.entries(read(name)).map(([key, english]) => [english, translations[key] ?? english]);
    }),
  );
  return (english) => texts.get(english) ?? english;
}

function wide(english: string): string {
  const kept = /(\{\w+\}|`[^`]*`|\]\([^)]*\)|<[^>]*>|#[\w.]+#)/;
  return english
    .split(kept)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[a-z]/gi, asWide)))
    .join("");
}

function asWide(letter: string): string {
  return String.fromCodePoint((letter.codePointAt(0) ?? 0) + 0xfee0);
}

/** Gives the extension that is installed in a directory of extensions the texts of a language it is not shipped with. */
export async function addLanguage(extensions: string, { id, translate, isShipped }: Language): Promise<void> {
  if (isShipped) return;
  const [installed] = (await readdir(extensions)).filter((name) => name.startsWith("systemd-containers."));
  if (!installed) throw new Error(`The extension is not in ${extensions}.`);
  const folder = join(extensions, installed);
  for (const name of names) {
    const english: Record<string, string> = JSON.parse(await readFile(join(root, `${name}.json`), "utf8"));
    const texts = Object.entries(english).map(([key, text]) => [key, translate(text)]);
    await writeFile(join(folder, `${name}.${id}.json`), JSON.stringify(Object.fromEntries(texts)));
  }
}
