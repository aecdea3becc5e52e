import type { BootReport } from "../ports";

/** Whether the boot is complete and systemd is running. */
export function isUp({ state }: Pick<BootReport, "state">): boolean {
  return state === "running" || state === "degraded";
}
