import { createRequire } from "node:module";
import type * as EngineBundle from "../../../../client/src/engine-entry";
import type { BootPlace, BootProgram } from "../boot-asked";
import type { VerifyProgram } from "../verify-asked";
import { bootNamed } from "./boot";
import type { BootHost } from "./host";
import { verifyNamed } from "./verify";

/** Entry of the bundle of `boot` and `verify`, which the command line loads for these commands alone. */
export const boot: BootProgram = (asked, place) => bootNamed(asked, hostOf(place));
export const verify: VerifyProgram = (asked, place) => verifyNamed(asked, hostOf(place));

/** The first signal interrupts, the second ends it at once. */
function hostOf(place: BootPlace): BootHost {
  const interruptions = [new AbortController(), new AbortController()];
  const interrupt = () => interruptions.find(({ signal }) => !signal.aborted)?.abort();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  return {
    ...place,
    interruptions: interruptions.map(({ signal }) => signal),
    find: (where) => {
      const load = createRequire(import.meta.url);
      const engine: typeof EngineBundle = load("../../client/out/engine.cjs");
      return engine.find(where);
    },
  };
}
