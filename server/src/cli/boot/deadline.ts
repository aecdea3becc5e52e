/** Seconds that the end of a boot takes at most, counted from when its time is up. */
export interface Grace {
  /** Until a boot that does not report on its own is given up. */
  readonly reporting: number;
  /** Until a stop is no longer waited for. */
  readonly stopping: number;
  /** Until everything ends, whatever is left. */
  readonly ending: number;
  /** Seconds that an interrupted run has to remove what it made. */
  readonly removing: number;
}

/** Less than the 15 s that are promised: the output takes its time. */
const usualGrace: Grace = { reporting: 4, stopping: 9, ending: 13, removing: 10 };

/** The time that a boot has, and who ends it before. */
export interface Deadline {
  /** Aborted when it is interrupted, or when the time is up. */
  readonly signal: AbortSignal;
  /** Runs what ends on its own when the time is up, and then has some more seconds to report. */
  reporting<T>(task: () => Promise<T>): Promise<T>;
  /** Seconds that are left, at least a moment. */
  left(): number;
  /** What ended it early. */
  ended(): "interrupted" | "late" | undefined;
  /** The result of a task; undefined where it takes longer than a stop may. It is not cancelled. */
  orStopped<T>(task: Promise<T>): Promise<T | undefined>;
  /** Resolves when even the cleaning up has taken too long, or at the second interruption. */
  readonly over: Promise<void>;
  close(): void;
}

/** Counts from now. Each abort of `interruptions` is one key press or signal. */
export function openDeadline(
  seconds: number,
  interruptions: readonly AbortSignal[] = [],
  { reporting, stopping, ending, removing }: Grace = usualGrace,
): Deadline {
  const started = performance.now();
  const end = new AbortController();
  const timers: NodeJS.Timeout[] = [];
  let ended: "interrupted" | "late" | undefined;
  let isReporting = false;
  const finish = (why: "interrupted" | "late") => {
    ended ??= why;
    end.abort();
  };
  const after = (extra: number, act: () => void) => timers.push(setTimeout(act, extra * 1000));
  const [first, second] = interruptions;
  let tooLong = () => {};
  const over = new Promise<void>((resolve) => (tooLong = resolve));
  let noStop = () => {};
  const stopTooLong = new Promise<undefined>((resolve) => (noStop = () => resolve(undefined)));
  const interrupt = () => {
    finish("interrupted");
    noStop();
    after(removing, tooLong);
  };
  first?.addEventListener("abort", interrupt, { once: true });
  second?.addEventListener("abort", () => tooLong(), { once: true });
  if (first?.aborted) interrupt();
  after(seconds, () => {
    if (!isReporting) finish("late");
  });
  after(seconds + reporting, () => finish("late"));
  after(seconds + stopping, noStop);
  after(seconds + ending, tooLong);
  return {
    signal: end.signal,
    reporting: async (task) => {
      isReporting = true;
      try {
        return await task();
      } finally {
        isReporting = false;
      }
    },
    left: () => Math.max(0.1, seconds - (performance.now() - started) / 1000),
    ended: () => ended,
    orStopped: (task) => {
      task.catch(() => undefined);
      return Promise.race([task, stopTooLong]);
    },
    over,
    close: () => timers.forEach(clearTimeout),
  };
}
