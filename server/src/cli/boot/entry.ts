import { createRequire } from "node:module";
import type * as EngineBundle from "../../../../client/src/engine-entry";
import type { BootPlace, BootProgram } from "../boot-asked";
import type { InspectProgram } from "../inspect-asked";
import { isTerminal } from "../is-terminal";
import type { LeastProgram } from "../least-asked";
import type { VerifyProgram } from "../verify-asked";
import { askAt } from "./ask";
import { bootNamed } from "./boot";
import type { BootHost } from "./host";
import { inspectNamed } from "./inspect";
import { leastNamed } from "./least";
import { verifyNamed } from "./verify";

/** Entry point of the bundle that the command line loads for commands that need an engine. */
export const boot: BootProgram = (asked, place) => bootNamed(asked, hostAt(place));
export const least: LeastProgram = (asked, place) => leastNamed(asked, hostAt(place));
export const verify: VerifyProgram = (asked, place) => verifyNamed(asked, hostAt(place));
export const inspect: InspectProgram = (asked, place) => inspectNamed(asked, hostAt(place));

/** Provides the engine code and handles signals: the first interrupts the program, the second ends it at once. */
function hostAt(place: BootPlace): BootHost {
  const interruptions = [new AbortController(), new AbortController()];
  const interrupt = () => interruptions.find(({ signal }) => !signal.aborted)?.abort();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  return {
    ...place,
    interruptions: interruptions.map(({ signal }) => signal),
    ask: isTerminal(0) && isTerminal(2) ? askAt(process.stdin, place.err) : undefined,
    find: (where) => {
      const load = createRequire(import.meta.url);
      const engine: typeof EngineBundle = load("../../client/out/engine.cjs");
      return engine.find(where);
    },
  };
}
