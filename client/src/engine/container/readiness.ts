import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { exec } from "../exec";
import { readState, type Settled, settled } from "./systemd-state";

/** First pause between two questions to systemd, in milliseconds: a container boots in 0.5 to 2 s. */
const firstPause = 150;
const longestPause = 1_000;

/** Milliseconds that a systemctl may take that does not wait. */
const patience = 5_000;

export interface Wait {
  /** How long to wait at most. */
  readonly seconds: number;
  /** The mark of the process that waits: who ends the wait hangs up on it. */
  readonly mark: string;
  readonly signal: AbortSignal;
}

/**
 * Waits until the boot is over, by one process inside: `systemctl is-system-running --wait`, which systemd 240 and newer
 * know. While systemd cannot be asked yet it is tried again; older versions, which refuse or ignore the option, answer at
 * once and are asked again and again.
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
    // A container that ends is seen by the code that waits for its end; an engine that ends, too.
    const answer = await exec(docker, id, argv, { signal, timeout, mark }).catch(() => undefined);
    signal.throwIfAborted();
    const state = answer && readState(answer.stdout);
    const done = settled(state);
    if (done) return done;
    if (state !== undefined || /unrecognized option/.test(answer?.stderr ?? "")) waits = false;
  }
}
