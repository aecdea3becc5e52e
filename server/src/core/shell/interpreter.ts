/** Whether the name is that of a shell whose scripts are read: `/bin/bash`, `sh`. */
export function isShell(command: string | undefined): boolean {
  return /^(.*\/)?(ba|da|a|k|z|mk)?sh$/.test(command ?? "");
}

/** errexit of the `#!` line of a shell script; undefined when it names another interpreter. */
export function shellOfShebang(text: string): boolean | undefined {
  const [, path, options = ""] =
    /^\uFEFF?\s*#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(\S+)[ \t]*([^\n]*)/.exec(text) ?? [];
  if (path === undefined) return false;
  return isShell(path) ? /(^|\s)-\w*e/.test(options) : undefined;
}

/** Says whether the words of a SHELL start a shell of ours that is told to run a script. */
export function runsScript([name, ...options]: readonly string[]): boolean {
  return isShell(name) && options.some((word) => /^-\w*c$/.test(word));
}
