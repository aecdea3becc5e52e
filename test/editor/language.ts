import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A language of the editor, and how its texts come from the English ones. */
export interface Language {
  /** As VS Code calls it, for instance `zh-cn`. */
  readonly id: string;
  readonly translate: (english: string) => string;
}

/**
 * A language that no text has by chance: each letter is the full-width one, but for places, code and links, which
 * translations keep. Latin letters that are left come from a file, an engine or an untranslated text.
 */
export const pseudo: Language = { id: "qps-ploc", translate: wide };

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

/** Gives the extension that is installed in a directory of extensions its texts in that language. */
export async function addLanguage(extensions: string, { id, translate }: Language): Promise<void> {
  const [installed] = (await readdir(extensions)).filter((name) => name.startsWith("systemd-containers."));
  if (!installed) throw new Error(`The extension is not in ${extensions}.`);
  const folder = join(extensions, installed);
  for (const name of ["package.nls", "l10n/bundle.l10n"]) {
    const english: Record<string, string> = JSON.parse(await readFile(join(folder, `${name}.json`), "utf8"));
    const texts = Object.entries(english).map(([key, text]) => [key, translate(text)]);
    await writeFile(join(folder, `${name}.${id}.json`), JSON.stringify(Object.fromEntries(texts)));
  }
}
