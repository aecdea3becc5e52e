import { createRequire } from "node:module";
import type * as EngineBundle from "../../../../client/src/engine-entry";
import type { BootProgram } from "../boot-asked";
import { bootNamed } from "./boot";

/** Entry point of the `boot` bundle, which the CLI loads only for that command. */
export const boot: BootProgram = (asked, place) => {
  const interruptions = [new AbortController(), new AbortController()];
  const interrupt = () => interruptions.find(({ signal }) => !signal.aborted)?.abort();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, interrupt);
  return bootNamed(asked, {
    ...place,
    interruptions: interruptions.map(({ signal }) => signal),
    find: (where) => {
      const load = createRequire(import.meta.url);
      const engine: typeof EngineBundle = load("../../client/out/engine.cjs");
      return engine.find(where);
    },
  });
};
