/** systemd(1): SIGRTMIN+3 starts halt.target. On Linux with glibc, its number is 37. */
export const rightSignal = "SIGRTMIN+3";

/** Signals for halt or power-off, by name or number (measured: exit code 0 within a second). */
const right = new Set(["SIGRTMIN+3", "37", "SIGRTMIN+4", "38"]);

/** Signals for a reboot: SIGINT starts ctrl-alt-del.target, which reboots cleanly. */
const reboot = new Set(["SIGINT", "2"]);

/** A signal name as the engine interprets it: `SIG` is optional, and case does not matter. */
function canonical(signal: string): string {
  const upper = signal.trim().toUpperCase();
  return /^\d+$/.test(upper) || upper.startsWith("SIG") ? upper : `SIG${upper}`;
}

/** Whether systemd stops cleanly on this signal. */
export function isRightSignal(signal: string): boolean {
  return right.has(canonical(signal));
}

/** Whether systemd stops cleanly on this signal, but with a reboot. */
export function isReboot(signal: string): boolean {
  return reboot.has(canonical(signal));
}

/** The names of the Linux signals, starting with number 1, as in containers (signal(7), x86 and ARM). */
const names =
  "HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO PWR SYS".split(
    " ",
  );

/**
 * The number of a signal as written in STOPSIGNAL: `SIGRTMIN+3`, `TERM`, `37`; undefined if there is no such signal.
 */
export function signalNumber(text: string): number | undefined {
  const name = canonical(text).replace(/^SIG/, "");
  const [, first, above = "0", last, below = "0"] =
    /^RT(?:(MIN)(?:\+(\d+))?|(MAX)(?:-(\d+))?)$/.exec(name) ?? [];
  if (first) return 34 + Number(above);
  if (last) return 64 - Number(below);
  const number = names.indexOf(name) + 1 || Number(name);
  return Number.isInteger(number) && number > 0 ? number : undefined;
}
