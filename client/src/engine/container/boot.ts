import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import type { BootJob } from "../../ports/engine";
import { withFaults } from "../errors";
import { hangUp, newMark } from "../own-processes";
import { newConsole, readConsole } from "./console";
import { type Inspected, inspectContainer, waitForEnd } from "./containers";
import { untilBooted } from "./readiness";
import { type Report, readReport } from "./report";
import { isFrozen } from "./systemd-state";

export interface BootRequest {
  readonly id: string;
  /** How long to wait. */
  readonly seconds: number;
}

/**
 * Waits until systemd has booted, failed, frozen or ended, or the time is up, and reports. The container is
 * left as it is, also when the wait is aborted. How far it is is read from the console alone.
 */
export function boot(
  docker: Docker,
  { id, seconds }: BootRequest,
  { report, hear, signal }: BootJob,
): Promise<Report> {
  return withFaults("boot", signal, async () => {
    const started = performance.now();
    const elapsed = () => (performance.now() - started) / 1000;
    const mark = newMark();
    const over = new AbortController();
    const both = AbortSignal.any([signal, over.signal]);
    try {
      const { Config, State } = await inspectContainer(docker, id, both);
      const terminal = Config.Tty === true;
      const log = newConsole();
      let freeze = (): void => undefined;
      const frozen = new Promise<void>((resolve) => (freeze = resolve));
      const add = (text: string) => {
        log.add(text);
        report(log.lastLine());
        hear?.(log.read);
        if (isFrozen(log.recent())) freeze();
      };
      // Whatever ends the log early also ends the wait below, which explains why.
      const follow = { terminal, follow: true, since: earlierEnd(State), signal: both };
      const read = readConsole(docker, id, { add }, follow).catch(() => undefined);
      const outcome = await Promise.race([
        waitForEnd(docker, id, both).then((exitCode) => ({ exitCode })),
        frozen.then(() => ({ state: "frozen" }) as const),
        untilBooted(docker, id, { seconds, mark, signal: both }).then((state) => ({ state })),
        sleep(seconds * 1000, { state: "starting" } as const, { signal: both }),
      ]);
      const took = elapsed();
      if ("exitCode" in outcome) {
        // The log ends with the container; what it wrote last may still be on its way.
        const patience = sleep(10_000, undefined, { signal: both }).catch(() => undefined);
        await Promise.race([read, patience]);
        return { state: "exited", seconds: took, exitCode: outcome.exitCode, ...nothing, ...log.read() };
      }
      if (outcome.state === "starting") await hangUp(docker, id, mark);
      if (outcome.state === "frozen") return { state: "frozen", seconds: took, ...nothing, ...log.read() };
      return {
        ...(await readReport(docker, id, signal)),
        state: outcome.state,
        seconds: took,
        ...log.read(),
      };
    } catch (error) {
      // An engine lets live on what a client started; the container may go on.
      if (signal.aborted) void hangUp(docker, id, mark);
      throw error;
    } finally {
      over.abort();
    }
  });
}

/**
 * When the run before this one ended; an engine gives a year long ago for a container that has not. One that is
 * requested late may have ended this run already, and all that it wrote was before that end.
 */
function earlierEnd({ StartedAt = "", FinishedAt = "" }: Inspected["State"]): string | undefined {
  const finished = Date.parse(FinishedAt);
  return finished > 0 && finished < Date.parse(StartedAt) ? FinishedAt : undefined;
}

const nothing = { targets: [], failed: [], mounts: [] } as const;
