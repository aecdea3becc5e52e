/** How a worker process ended: by its exit code or by a signal. */
export interface WorkerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** It was ended because it had reported nothing for too long. */
  readonly silent: boolean;
}

/** Signals that a process gets for what it does. Every other one comes from outside. */
const ownSignals: ReadonlySet<string> = new Set([
  "SIGABRT",
  "SIGBUS",
  "SIGFPE",
  "SIGILL",
  "SIGSEGV",
  "SIGTRAP",
]);

/** What the end of a worker reports against its input; undefined where it reports nothing. */
export function failureOf({ code, signal, silent }: WorkerEnd): string | undefined {
  if (silent) return "hangs";
  if (signal) return ownSignals.has(signal) ? `dies: ${signal}` : undefined;
  return code === 0 ? undefined : `dies: ${code}`;
}
