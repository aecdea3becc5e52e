/** The label on everything that a trial boot creates. Its value is the mark of the run. */
export const bootLabel = "dev.systemd-containers.boot";

/** Seconds after the time-out by which a run has certainly ended. */
const surely = 60;

/** A mark identifies a run by the time by which it has certainly ended, the place of its process, and the process. */
export interface Mark {
  readonly value: string;
  /** The name of the run's container, or the start of the names of several, and of its volumes. */
  readonly name: string;
  /** The name of the image that the run builds. */
  readonly tag: string;
}

/** The mark of a new run. It also records whether the container is kept on purpose. `owner` is `PLACE/PROCESS`. */
export function markOf(seconds: number, keep: boolean, owner: string): Mark {
  const id = crypto.randomUUID().replaceAll("-", "").slice(0, 10);
  const until = Math.ceil(Date.now() / 1000 + seconds + surely);
  const value = keep ? `kept/${id}` : `${until}/${owner}/${id}`;
  return { value, name: `systemd-containers-boot-${id}`, tag: `systemd-containers-boot:${id}` };
}

/** The owner of a run whose process is unknown, so that only the time shows that it has ended. */
export const unknownOwner = "/0";
