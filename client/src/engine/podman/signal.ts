import { fault } from "../errors";

/** Linux's numbers, since Podman runs there whatever runs here (signal(7), x86 and ARM). */
const signals: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  KILL: 9,
  USR1: 10,
  USR2: 12,
  TERM: 15,
  WINCH: 28,
  PWR: 30,
};

/** The number of a signal as STOPSIGNAL names it: `SIGRTMIN+3`, `TERM`, `37`; throws a fault where there is none. */
export function signalNumber(text: string): number {
  const name = text.toUpperCase().replace(/^SIG/, "");
  const [, base, offset] = /^RT(MIN|MAX)(?:[+-](\d+))?$/.exec(name) ?? [];
  if (base) return base === "MIN" ? 34 + Number(offset ?? 0) : 64 - Number(offset ?? 0);
  const number = signals[name] ?? Number(name);
  if (Number.isInteger(number) && number > 0) return number;
  throw fault("refused", `There is no signal ${text}.`);
}
