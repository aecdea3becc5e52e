import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import type { Job } from "../../ports/job";
import { withFaults } from "../errors";
import { exec } from "../exec";
import { type Console, newConsole, readConsole } from "./console";
import { type Inspected, inspectContainer, waitForEnd } from "./containers";
import { type Report, readReport } from "./report";
import { isFrozen, type Settled, settled, systemState } from "./systemd-state";

/** First pause between two questions to systemd, in milliseconds: a container boots in 0.5 to 2 s. */
const firstPause = 150;
const longestPause = 1_000;

export interface BootRequest {
  readonly id: string;
  /** How long to wait. */
  readonly seconds: number;
}

/**
 * Waits until systemd has booted, failed, frozen or ended, or the time is up, and reports. The container is
 * left as it is, also when the wait is aborted. `systemctl is-system-running --wait` would say it at once, but
 * exists only since systemd 240 and fails while systemd is not up, so it is asked again and again.
 */
export function boot(
  docker: Docker,
  { id, seconds }: BootRequest,
  { report, signal }: Pick<Job, "report" | "signal">,
): Promise<Report> {
  return withFaults("boot", signal, async () => {
    const started = performance.now();
    const elapsed = () => (performance.now() - started) / 1000;
    const over = new AbortController();
    const both = AbortSignal.any([signal, over.signal]);
    try {
      const { Config, State } = await inspectContainer(docker, id, both);
      const terminal = Config.Tty === true;
      const log = newConsole();
      // Whatever ends the log early also ends the wait below, which explains why.
      const follow = { terminal, follow: true, since: earlierEnd(State), signal: both };
      const read = readConsole(docker, id, log, follow).catch(() => undefined);
      const end = waitForEnd(docker, id, both).then((exitCode) => ({ exitCode }));
      end.catch(() => undefined);

      const outcome = await Promise.race([
        end,
        watch(docker, id, log, elapsed, seconds, { report, signal: both }),
      ]);
      const took = elapsed();
      if ("exitCode" in outcome) {
        // The log ends with the container; what it wrote last may still be on its way.
        const patience = sleep(10_000, undefined, { signal: both }).catch(() => undefined);
        await Promise.race([read, patience]);
        return { state: "exited", seconds: took, exitCode: outcome.exitCode, ...nothing, ...log.read() };
      }
      if (outcome.state === "frozen") return { state: "frozen", seconds: took, ...nothing, ...log.read() };
      return {
        ...(await readReport(docker, id, signal)),
        state: outcome.state,
        seconds: took,
        ...log.read(),
      };
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

/** Asks systemd with growing pauses; stops when the time is up. */
async function watch(
  docker: Docker,
  id: string,
  log: Console,
  elapsed: () => number,
  seconds: number,
  { report, signal }: Pick<Job, "report" | "signal">,
): Promise<{ readonly state: Settled | "starting" | "frozen" }> {
  let pause = firstPause;
  while (elapsed() < seconds) {
    await sleep(Math.min(pause, Math.max(0, (seconds - elapsed()) * 1000)), undefined, { signal });
    pause = Math.min(pause * 1.4, longestPause);
    const state = await systemState(docker, id, signal);
    const done = settled(state);
    if (done) return { state: done };
    if (isFrozen(log.read().log)) return { state: "frozen" };
    report([state, await doing(docker, id, state, log, signal)].filter(Boolean).join(": "));
  }
  return { state: "starting" };
}

/** What systemd is at: the jobs that run, else the last line of the console. */
async function doing(
  docker: Docker,
  id: string,
  state: string | undefined,
  log: Console,
  signal: AbortSignal,
): Promise<string> {
  if (state !== "starting") return log.lastLine();
  const argv = ["systemctl", "list-jobs", "--no-legend", "--no-pager", "--plain"];
  const { stdout } = await exec(docker, id, argv, { signal }).catch(() => ({ stdout: "" }));
  const running = stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((words) => words[3] === "running")
    .map((words) => words[1]);
  return running.length > 0 ? running.join(", ") : log.lastLine();
}
