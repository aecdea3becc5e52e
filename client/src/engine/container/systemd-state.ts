import type Docker from "dockerode";
import { exec } from "../exec";

/** A `systemctl list-units` command whose output is easy to parse. */
export const listUnits = [
  "systemctl",
  "list-units",
  "--all",
  "--no-legend",
  "--no-pager",
  "--plain",
  "--full",
];

/**
 * The state from `systemctl is-system-running`: `starting`, `running`, `degraded` … Undefined if systemd does not
 * respond, because it is not up yet, is frozen, or is not PID 1.
 */
export async function systemState(
  docker: Docker,
  id: string,
  signal?: AbortSignal,
): Promise<string | undefined> {
  try {
    const { stdout } = await exec(docker, id, ["systemctl", "is-system-running"], {
      signal,
      timeout: 5_000,
    });
    return readState(stdout);
  } catch {
    if (signal?.aborted) throw signal.reason;
    // If the container or the engine has ended, the code that waits for the container's end notices it.
    return undefined;
  }
}

/** Parses the output. systemctl reports `offline` until systemd has signaled that it is running. */
export function readState(stdout: string): string | undefined {
  const state = stdout.trim();
  return /^[a-z]+$/.test(state) && state !== "offline" && state !== "unknown" ? state : undefined;
}

/** The final states of a boot. */
export type Settled = "running" | "degraded" | "maintenance";

/** The final state of a boot, or undefined while it is in progress. */
export function settled(state: string | undefined): Settled | undefined {
  if (state === "running" || state === "maintenance") return state;
  return state === "degraded" || state === "stopping" ? "degraded" : undefined;
}

/**
 * Whether PID 1 gave up but did not exit, so that the container still looks alive. This happens with systemd before
 * 248 if it does not detect a container.
 */
export function isFrozen(log: string): boolean {
  return /Freezing execution\.?\s*$/m.test(log);
}
