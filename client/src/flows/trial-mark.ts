/** The label on everything that a trial boot creates. Its value is the mark of the trial. */
export const bootLabel = "dev.systemd-containers.boot";

/** Seconds after the timeout by which a trial has certainly ended. */
const surely = 60;

/**
 * A mark identifies a trial. It contains a time by which the trial has certainly ended, the place of its process, and
 * the process.
 */
export interface Mark {
  readonly value: string;
  /** The name of the trial's container, or a prefix if there are several, and the prefix of its volumes' names. */
  readonly name: string;
  /** The name of the image that the trial builds. */
  readonly tag: string;
}

/** The mark of a new trial. It also records whether the container is kept on purpose. `owner` is `PLACE/PROCESS`. */
export function markOf(seconds: number, keep: boolean, owner: string): Mark {
  const id = crypto.randomUUID().replaceAll("-", "").slice(0, 10);
  const until = Math.ceil(Date.now() / 1000 + seconds + surely);
  const value = keep ? `kept/${id}` : `${until}/${owner}/${id}`;
  return { value, name: `systemd-containers-boot-${id}`, tag: `systemd-containers-boot:${id}` };
}

/** The owner of a trial whose process is unknown, so that only the time shows that it has ended. */
export const unknownOwner = "/0";
