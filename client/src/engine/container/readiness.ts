import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { exec } from "../exec";
import { readState, type Settled, settled } from "./systemd-state";

/** The first pause between two queries to systemd, in milliseconds. Containers boot in 0.5 to 2 s. */
const firstPause = 150;
const longestPause = 1_000;

/** Timeout in milliseconds of a systemctl call without `--wait`. */
const patience = 5_000;

export interface Wait {
  /** How long to wait at most, in seconds. */
  readonly seconds: number;
  /** The mark of the waiting process, by which `hangUp` finds it to end it early. */
  readonly mark: string;
  readonly signal: AbortSignal;
}

/**
 * Waits until the boot is over, using one process in the container: `systemctl is-system-running --wait`, which
 * systemd 240 and later support. The call is repeated until systemd responds. Older versions reject or
 * ignore the option and return at once, so they are polled.
 */
export async function untilBooted(
  docker: Docker,
  id: string,
  { seconds, mark, signal }: Wait,
): Promise<Settled> {
  let waits = true;
  for (let pause = firstPause; ; pause = Math.min(pause * 1.4, longestPause)) {
    await sleep(pause, undefined, { signal });
    const argv = ["systemctl", "is-system-running", ...(waits ? ["--wait"] : [])];
    const timeout = waits ? seconds * 1000 : patience;
    // If the container or the engine has ended, the code that waits for the container's end notices it.
    const answer = await exec(docker, id, argv, { signal, timeout, mark }).catch(() => undefined);
    signal.throwIfAborted();
    const state = answer && readState(answer.stdout);
    const done = settled(state);
    if (done) return done;
    if (state !== undefined || /unrecognized option/.test(answer?.stderr ?? "")) waits = false;
  }
}
