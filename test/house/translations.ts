import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "../..");

/** The texts of a file by their keys. */
export type Texts = Readonly<Record<string, string>>;

/** The files of English texts. A translation has the same keys in a file whose name has the language before `.json`. */
export const englishFiles = ["package.nls.json", "l10n/bundle.l10n.json"] as const;

/** The languages beside English that the extension has texts in, as VS Code calls them. */
export const languages = readdirSync(join(root, "l10n")).flatMap(
  (name) => /^bundle\.l10n\.(.+)\.json$/.exec(name)?.[1] ?? [],
);

/** The path of a file's translation: `package.nls.zh-cn.json`. */
export function translationOf(path: string, language: string): string {
  return path.replace(/json$/, `${language}.json`);
}

/** The texts of a file of the project. */
export function textsIn(path: string): Texts {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

/** Names that no language changes. */
const terms = new Set([
  ...["AppArmor", "Docker", "Dockerfile", "Podman", "SELinux", "Systemd Containers"],
  ...["no-new-privileges", "seccomp", "userns-remap"],
]);

/** What a translation repeats exactly: places, code, foreign messages, commands, settings, line breaks. */
const kept = /\{\w+\}|`[^`]*`|"(?:[^"\\]|\\.)*"|\]\([^)]*\)|#[\w.]+#|\n/g;

/** What is wrong with the translation of a file, a line for each text, with what a translator needs to fix it. */
export function faultsOf(english: Texts, translated: Texts): string[] {
  const missing = Object.entries(english).filter(([key]) => !Object.hasOwn(translated, key));
  const unused = Object.entries(translated).filter(([key]) => !Object.hasOwn(english, key));
  const both = Object.entries(translated).flatMap(([key, text]) => {
    const original = english[key];
    return original === undefined ? [] : [{ key, original, text }];
  });
  return [
    ...missing.map(([key, text]) => `missing: ${named(key, text)}`),
    ...unused.map(([key, text]) => `no longer used: ${named(key, text)}`),
    ...both.filter(isEnglish).map(({ key, original }) => `not translated: ${named(key, original)}`),
    ...both.flatMap(({ key, original, text }) => {
      const [before, after] = [keptIn(original), keptIn(text)];
      return before === after ? [] : [`must contain ${before} but contains ${after}: ${named(key, text)}`];
    }),
  ];
}

function isEnglish({ original, text }: { readonly original: string; readonly text: string }): boolean {
  const words = text.replace(kept, "").trim();
  return text === "" || (text === original && words !== "" && !terms.has(words));
}

function keptIn(text: string): string {
  return JSON.stringify((text.match(kept) ?? []).sort());
}

/** A text with its key. */
function named(key: string, text: string): string {
  return key === text ? JSON.stringify(key) : `${JSON.stringify(key)}: ${JSON.stringify(text)}`;
}
