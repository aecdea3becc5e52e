/** Whether the name is that of a shell whose scripts are read: `/bin/bash`, `sh`. */
export function isShell(command: string | undefined): boolean {
  return /^(.*\/)?(ba|da|a|k|z|mk)?sh$/.test(command ?? "");
}

/** Whether the words start a shell without a script, to work in: `bash`, `sh -i`, `bash --login`. */
export function isShellAlone([name, ...options]: readonly string[]): boolean {
  return isShell(name) && options.every((word) => /^-[il]+$|^--login$/.test(word));
}

/** errexit of the `#!` line of a shell script; undefined when it names another interpreter. */
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

/** The index of the script among the words of a shell, behind `-c`; undefined where none is given. */
export function scriptArgument(words: readonly string[]): number | undefined {
  const option = words.findIndex((word) => commandOption.test(word));
  return option === -1 || option + 1 === words.length ? undefined : option + 1;
}

/** `-c`, alone or behind other options: `-ec`. */
const commandOption = /^-\w*c$/;

/** The index of the script file among the words of a shell from `from` on; undefined where it reads another. */
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
