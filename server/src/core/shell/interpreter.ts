/** Whether a command is a shell whose scripts can be read: `/bin/bash`, `sh`. */
export function isShell(command: string | undefined): boolean {
  return /^(.*\/)?(ba|da|a|k|z|mk)?sh$/.test(command ?? "");
}

/** Whether the words start an interactive shell without a script: `bash`, `sh -i`, `bash --login`. */
export function isShellAlone([name, ...options]: readonly string[]): boolean {
  return isShell(name) && options.every((word) => /^-[il]+$|^--login$/.test(word));
}

/** Whether the `#!` line of a shell script sets errexit; undefined if it names another interpreter. */
export function shellOfShebang(text: string): boolean | undefined {
  const [, path, options = ""] =
    /^\uFEFF?\s*#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(\S+)[ \t]*([^\n]*)/.exec(text) ?? [];
  if (path === undefined) return false;
  return isShell(path) ? /(^|\s)-\w*e/.test(options) : undefined;
}

/** Whether the words of a SHELL instruction start a supported shell that runs a script. */
export function runsScript([name, ...options]: readonly string[]): boolean {
  return isShell(name) && options.some((word) => commandOption.test(word));
}

/** The index of the script after `-c` among the words of a shell; undefined if there is none. */
export function scriptArgument(words: readonly string[]): number | undefined {
  const option = words.findIndex((word) => commandOption.test(word));
  return option === -1 || option + 1 === words.length ? undefined : option + 1;
}

/** Matches `-c`, alone or after other options: `-ec`. */
const commandOption = /^-\w*c$/;

/**
 * The index of the script file among the words of a shell, starting at `from`; undefined if the script is not in a
 * file.
 */
export function scriptOperand(words: readonly (string | undefined)[], from: number): number | undefined {
  for (let at = from; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--") return at + 1;
    if (/^-\w*[cs]$/.test(word)) return undefined;
    if (/^[-+]\w*o$/.test(word)) at++;
    else if (!/^[-+]/.test(word)) return at;
  }
  return undefined;
}
