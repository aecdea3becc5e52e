import { block, visible } from "./text";

export type Shell = "posix" | "powershell";

/** A word of a command line: text, or text that ends in a variable of the environment. */
export type Word = string | { readonly text: string; readonly variable: string };

/** One command line for a shell; every word stays one argument, whatever is in it. */
export function commandLine(words: readonly Word[], shell: Shell = "posix"): string {
  return words.map((word) => quoted(word, shell)).join(" ");
}

function quoted(word: Word, shell: Shell): string {
  if (typeof word !== "string") {
    const text = word.text.replace(
      shell === "posix" ? /["$`\\]/g : /["$`]/g,
      shell === "posix" ? "\\$&" : "`$&",
    );
    return shell === "posix" ? `"${text}$${word.variable}"` : `"${text}$env:${word.variable}"`;
  }
  return shell === "posix" ? posix(word) : powershell(word);
}

/** Control characters would act on the terminal that the line is pasted into: bash, zsh and ksh read `$'…'`. */
function posix(word: string): string {
  if (block(word) !== word) return `$'${visible(word.replace(/[\\']/g, "\\$&"))}'`;
  return /^[\w/:=.,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * PowerShell divides bare words at commas, and those that begin with a dash also at dots and colons; its quotes
 * come in four shapes (about_Quoting_Rules, about_Parsing). From 7.3 on a program gets the word as it is.
 */
function powershell(word: string): string {
  if (block(word) !== word) {
    const escaped = word.replace(/[`$"\u201c-\u201e]/g, "`$&");
    return `"${visible(escaped, (code) => `\`u{${code.toString(16)}}`)}"`;
  }
  const bare = word.startsWith("-") ? /^--?[\w=/+-]+$/ : /^[\w/\\:=.+-]+$/;
  return bare.test(word) ? word : `'${word.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
}
