import type Docker from "dockerode";
import { exec } from "../exec";

/** What makes `systemctl list-units` write for programs. */
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
 * What `systemctl is-system-running` reports: `starting`, `running`, `degraded` … Undefined while systemd cannot
 * be asked: it is not up yet, is frozen, or is not PID 1.
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
    // A container that ends is seen by the code that waits for its end; an engine that ends, too.
    return undefined;
  }
}

/** What it wrote. `offline` is what systemctl reports before systemd has told that it is there. */
export function readState(stdout: string): string | undefined {
  const state = stdout.trim();
  return /^[a-z]+$/.test(state) && state !== "offline" && state !== "unknown" ? state : undefined;
}

/** The states of a boot that is over. */
export type Settled = "running" | "degraded" | "maintenance";

/** The state of a boot that is over; undefined while it goes on. */
export function settled(state: string | undefined): Settled | undefined {
  if (state === "running" || state === "maintenance") return state;
  return state === "degraded" || state === "stopping" ? "degraded" : undefined;
}

/** PID 1 gave up and stays, so that the container looks alive: systemd before 248 where no container is detected. */
export function isFrozen(log: string): boolean {
  return /Freezing execution\.?\s*$/m.test(log);
}
