/** The label on everything that a trial boot creates. Its value is the mark of the run. */
export const bootLabel = "dev.systemd-containers.boot";

/** Seconds after the time-out by which a run has certainly ended. */
const surely = 60;

/** A mark identifies a run by the time by which it has certainly ended, the place of its process, and the process. */
export interface Mark {
  readonly value: string;
  /** Part of the names of everything that the run creates. */
  readonly id: string;
}

/** The mark of a new run. It also records whether the container is kept on purpose. `owner` is `PLACE/PROCESS`. */
export function markOf(seconds: number, keep: boolean, owner: string): Mark {
  const id = crypto.randomUUID().replaceAll("-", "").slice(0, 10);
  const until = Math.ceil(Date.now() / 1000 + seconds + surely);
  return { id, value: keep ? `kept/${id}` : `${until}/${owner}/${id}` };
}

/** The owner of a run whose process is unknown, so that only the time shows that it has ended. */
export const unknownOwner = "/0";
