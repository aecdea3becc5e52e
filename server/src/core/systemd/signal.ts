/** systemd(1): SIGRTMIN+3 starts halt.target. On Linux with glibc its number is 37. */
export const rightSignal = "SIGRTMIN+3";

/** Halt or power-off, by name or number (measured: exit 0 within a second). */
const right = new Set(["SIGRTMIN+3", "37", "SIGRTMIN+4", "38"]);

/** SIGINT starts ctrl-alt-del.target, which reboots in order. */
const reboot = new Set(["SIGINT", "2"]);

/** Signal names as the engine reads them: the `SIG` may be missing, and case does not matter. */
function canonical(signal: string): string {
  const upper = signal.trim().toUpperCase();
  return /^\d+$/.test(upper) || upper.startsWith("SIG") ? upper : `SIG${upper}`;
}

/** Says whether systemd stops in order on this signal. */
export function isRightSignal(signal: string): boolean {
  return right.has(canonical(signal));
}

/** Says whether systemd stops in order on this signal, but as a reboot. */
export function isReboot(signal: string): boolean {
  return reboot.has(canonical(signal));
}
