/** How long a boot may take to end, in seconds, counted from the moment its time is up. */
export interface Grace {
  /** Until a boot that does not report on its own is abandoned. */
  readonly reporting: number;
  /** Until a stop request is no longer awaited. */
  readonly stopping: number;
  /** Until the program ends, whatever is left. */
  readonly ending: number;
  /** How many seconds an interrupted command has to remove what it created. */
  readonly removing: number;
}

/** Less than the documented 15 s, since printing the output also takes time. */
const usualGrace: Grace = { reporting: 4, stopping: 9, ending: 13, removing: 10 };

/** The time limit of a boot, and what can end it early. */
export interface Deadline {
  /** Aborted when the command is interrupted or its time is up. */
  readonly signal: AbortSignal;
  /** Runs a task whose time does not count. It receives a signal that is aborted by an interruption. */
  apart<T>(task: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Runs a task that ends on its own when the time is up and then has a few more seconds to report. */
  reporting<T>(task: () => Promise<T>): Promise<T>;
  /** The remaining time in seconds; never quite zero. */
  left(): number;
  /** Why it ended early. */
  ended(): "interrupted" | "late" | undefined;
  /**
   * The result of a task, or undefined if it takes longer than a stop is allowed to take. The task is not canceled.
   */
  orStopped<T>(task: Promise<T>): Promise<T | undefined>;
  /** Resolves when even the cleanup has taken too long, or on the second interruption. */
  readonly over: Promise<void>;
  close(): void;
}

/** Starts counting now. Each signal of `interruptions` is aborted by one key press or process signal. */
export function openDeadline(
  seconds: number,
  interruptions: readonly AbortSignal[] = [],
  { reporting, stopping, ending, removing }: Grace = usualGrace,
): Deadline {
  let started = performance.now();
  const end = new AbortController();
  let timers: NodeJS.Timeout[] = [];
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
  const count = () => {
    const past = (performance.now() - started) / 1000;
    const left = seconds - past;
    after(left, () => {
      if (!isReporting) finish("late");
    });
    after(left + reporting, () => finish("late"));
    after(left + stopping, noStop);
    after(left + ending, tooLong);
  };
  const stopCounting = () => {
    timers.forEach(clearTimeout);
    timers = [];
  };
  count();
  return {
    signal: end.signal,
    apart: async (task) => {
      if (ended) return task(end.signal);
      stopCounting();
      const began = performance.now();
      try {
        return await task(end.signal);
      } finally {
        started += performance.now() - began;
        if (ended === undefined) count();
      }
    },
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
    close: stopCounting,
  };
}
