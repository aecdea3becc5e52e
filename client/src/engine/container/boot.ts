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
  /** How long to wait, in seconds. */
  readonly seconds: number;
}

/**
 * Waits until systemd has booted, failed, frozen or ended, or the time is up, and returns a report. The container is
 * left as it is, even if the wait is aborted. Progress is read only from the console.
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
      // Anything that ends the log early also ends the wait below, which reports why.
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
        // The log ends with the container, but its last lines may still be in transit.
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
      // An engine keeps processes running when the client that started them disconnects, and the container may keep
      // running too.
      if (signal.aborted) void hangUp(docker, id, mark);
      throw error;
    } finally {
      over.abort();
    }
  });
}

/**
 * When this container last ended before its current start; if it never did, engines report a date in the distant
 * past. If the container was inspected late, it may have ended again since that start. All output since that start is
 * older than the second end, which is therefore not returned.
 */
function earlierEnd({ StartedAt = "", FinishedAt = "" }: Inspected["State"]): string | undefined {
  const finished = Date.parse(FinishedAt);
  return finished > 0 && finished < Date.parse(StartedAt) ? FinishedAt : undefined;
}

const nothing = { targets: [], failed: [], mounts: [] } as const;
