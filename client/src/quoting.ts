import { block, visible } from "./text";

export type Shell = "posix" | "powershell";

/** A word of a command line: text, or text followed by an environment variable. */
export type Word = string | { readonly text: string; readonly variable: string };

/** Joins words into a command line for a shell. Each word stays a single argument, whatever it contains. */
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

/**
 * Control characters would affect the terminal into which the line is pasted, so they are written as `$'…'`, which
 * bash, zsh and ksh support.
 */
function posix(word: string): string {
  if (block(word) !== word) return `$'${visible(word.replace(/[\\']/g, "\\$&"))}'`;
  return /^[\w/:=.,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * PowerShell splits unquoted words at commas, and those that start with a dash also at dots and colons. Besides `'`
 * it accepts four typographic single quotes (about_Quoting_Rules, about_Parsing). Since version 7.3, programs receive
 * the word unchanged.
 */
function powershell(word: string): string {
  if (block(word) !== word) {
    const escaped = word.replace(/[`$"\u201c-\u201e]/g, "`$&");
    return `"${visible(escaped, (code) => `\`u{${code.toString(16)}}`)}"`;
  }
  const bare = word.startsWith("-") ? /^--?[\w=/+-]+$/ : /^[\w/\\:=.+-]+$/;
  return bare.test(word) ? word : `'${word.replace(/['\u2018-\u201b]/g, "$&$&")}'`;
}
