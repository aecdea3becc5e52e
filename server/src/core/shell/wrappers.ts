import { lastSegment } from "../base/text";

/** A command that runs the rest of its line. */
interface Wrapper {
  /** Options whose value is the next word. */
  readonly values: ReadonlySet<string>;
  /** The number of words between the options and the command: `timeout 10 …`. */
  readonly operands: number;
}

const wrapper = (values = "", operands = 0): Wrapper => ({ values: new Set(values.split(" ")), operands });

const wrappers: Readonly<Record<string, Wrapper>> = {
  sudo: wrapper("-u -g -h -p -C -T -r -t -U -D -R --user --group --host --prompt --chdir"),
  doas: wrapper("-u -C"),
  env: wrapper("-u -C --unset --chdir"),
  exec: wrapper("-a"),
  command: wrapper(),
  builtin: wrapper(),
  eatmydata: wrapper(),
  nohup: wrapper(),
  setsid: wrapper(),
  time: wrapper("-f -o"),
  nice: wrapper("-n"),
  ionice: wrapper("-c -n -p"),
  stdbuf: wrapper("-i -o -e"),
  timeout: wrapper("-k -s --kill-after --signal", 1),
  xargs: wrapper("-a -d -E -I -L -n -P -s"),
  gosu: wrapper("", 1),
  "su-exec": wrapper("", 1),
};

/**
 * Finds the wrapped command: it starts at word 6 of `sudo -u x env A=b nice cmd`. `assignments` are the variables
 * that sudo and env set; `exec` is true if the shell is replaced.
 */
export function unwrap(words: readonly (string | undefined)[]): {
  start: number;
  exec: boolean;
  assignments: readonly (readonly [string, string])[];
} {
  const assignments: (readonly [string, string])[] = [];
  let exec = false;
  let start = 0;
  for (;;) {
    const name = lastSegment(words[start] ?? "");
    const found = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
    if (!found) return { start, exec, assignments };
    let at = start + 1;
    for (; at < words.length; at++) {
      const word = words[at];
      if (word === undefined) break;
      if (name === "command" && /^-[vV]/.test(word)) return { start, exec, assignments };
      const [, variable, value] = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(word) ?? [];
      if (variable !== undefined && (name === "env" || name === "sudo"))
        assignments.push([variable, value ?? ""]);
      else if (found.values.has(word)) at++;
      else if (!word.startsWith("-")) break;
      else if (word === "--") {
        at++;
        break;
      }
    }
    at += found.operands;
    if (at >= words.length) return { start, exec, assignments };
    if (name === "exec") exec = true;
    start = at;
  }
}
