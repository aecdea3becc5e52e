import { randomBytes } from "node:crypto";
import { hostname } from "node:os";

/** The label on everything that a trial boot creates. Its value is the mark of the run. */
export const bootLabel = "dev.systemd-containers.boot";

/** Seconds after the time-out by which a run has certainly ended. */
const surely = 60;

/** A mark identifies a run by the time by which it has certainly ended, the host, and the process. */
export interface Mark {
  readonly value: string;
  /** Part of the names of everything that the run creates. */
  readonly id: string;
}

/** The mark of a new run. It also records whether the container is kept on purpose. */
export function newMark(seconds: number, keep: boolean): Mark {
  const id = randomBytes(5).toString("hex");
  const until = Math.ceil(Date.now() / 1000 + seconds + surely);
  return { id, value: keep ? `kept/${id}` : `${until}/${hostname()}/${process.pid}/${id}` };
}
