/**
 * What boots, measured: systemd 247, 252, 257 and 262 of Debian on Docker 20.10, 26.1 and 28.5, each on a
 * host with cgroup 1 and with cgroup 2 (kernel 6.18). An outcome is that of the four systemd in sequence:
 * `ok` running, `deg` degraded, `x255` and `x1` PID 1 ended with that code, `frz` frozen, `ref` refused by
 * the engine, `!` booted in the host's root cgroup.
 */
export const columns = ["1/20.10", "1/26.1", "1/28.5", "2/20.10", "2/26.1", "2/28.5"] as const;
export const systemds = [247, 252, 257, 262] as const;

const never = "x255 x255 x255 x255";
const until257 = "ok ok ok x255";
const all = "ok ok ok ok";
const refused = "ref ref ref ref";

/** Rows by what they start a container with; each has a terminal and `container=docker`. */
export const outcomes = {
  "tmpfs only": [never, never, never, never, never, never],
  "bind ro": [until257, never, never, never, never, never],
  "bind rw": [until257, until257, until257, "x255 ok! deg! deg!", "x255 ok! deg! deg!", "x255 ok! deg! deg!"],
  "bind rw, host namespace": [until257, until257, until257, all, all, all],
  "host namespace, no bind": [never, never, never, never, never, never],
  "writable-cgroups": [refused, refused, until257, refused, refused, all],
  "bind ro, not recursive": [until257, until257, until257, never, never, never],
} as const;

/** Rows with the right cgroup recipe (bind rw, host namespace) and one thing taken out or put in. */
export const without = {
  tty: [until257, until257, until257, all, all, all],
  "no-init": ["x1 x1 x1 x1", "x1 x1 x1 x1", "x1 x1 x1 x1", "x1 x1 x1 x1", "x1 x1 x1 x1", "x1 x1 x1 x1"],
  "tmpfs-tmp": [
    "ok ok deg x255",
    "ok ok deg x255",
    "ok ok deg x255",
    "ok ok deg deg",
    "ok ok deg deg",
    "ok ok deg deg",
  ],
  "tmpfs-run-lock": [
    "x255 x255 deg x255",
    "x255 x255 deg x255",
    "x255 x255 deg x255",
    "x255 x255 deg ok",
    "x255 x255 deg ok",
    "x255 x255 deg ok",
  ],
  "tmpfs-run": [never, never, never, never, never, never],
  "cgroup-writable": [never, never, never, never, never, never],
} as const;

/** The outcome of a row for one engine, host and systemd. */
export function outcome(row: readonly string[], column: (typeof columns)[number], systemd: number): string {
  return row[columns.indexOf(column)]?.split(" ")[systemds.indexOf(systemd as 247)] ?? "";
}
