import type { Cause, Doing, Fault, FaultDetails } from "../ports/fault";

type Details = FaultDetails & Pick<Fault, "line">;

const faults = new WeakSet<Error>();

/** Creates an error with a code and its arguments; `cause` is the original error. */
export function fault(details: Details, cause?: unknown): Fault {
  const error = Object.assign(new Error(details.code, { cause }), details);
  faults.add(error);
  return error;
}

/** Creates an error with the reason why a call failed. `toFault` adds which call it was. */
export function failure(why: Cause): Error {
  return Object.assign(new Error(why.code === "no-answer" ? why.program : why.said), { why });
}

/** Why a call failed. */
export function causeOf(error: unknown): Cause {
  const why = (error as { readonly why?: Cause } | null | undefined)?.why;
  return why ?? { code: "other", said: read(error).message };
}

/** A common form for errors of Node, dockerode and the engine. */
interface Raw {
  readonly code?: string;
  readonly statusCode?: number;
  readonly message: string;
  /**
   * All messages that may contain the cause. If connecting to several addresses fails, the individual errors are in
   * `errors`.
   */
  readonly text: string;
}

/**
 * Converts any error of an engine call to a fault. No other code does this. Faults and aborts are returned unchanged.
 */
export function toFault(error: unknown, doing: Doing): Error {
  if (isFault(error) || isAbort(error)) return error;
  return fault(known(read(error)) ?? { code: "engine-error", doing, why: causeOf(error) }, error);
}

/** Runs an engine call. Its errors are converted to faults, or to the abort reason if the signal is aborted. */
export async function withFaults<T>(doing: Doing, signal: AbortSignal | undefined, call: () => Promise<T>) {
  try {
    signal?.throwIfAborted();
    return await call();
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw toFault(error, doing);
  }
}

export function isAbort(error: unknown): error is Error {
  return error instanceof Error && error.name === "AbortError";
}

/** Whether an engine responded with one of these HTTP statuses. */
export function hasStatus(error: unknown, ...statuses: readonly number[]): boolean {
  const status = (error as Partial<Raw> | null)?.statusCode;
  return status !== undefined && statuses.includes(status);
}

export function isFault(error: unknown): error is Fault {
  return error instanceof Error && faults.has(error);
}

/** The engine's message without the status that dockerode puts before it. */
export function saying(error: Error): string {
  const said = cut(error.message);
  return (/^\(HTTP code \d+\) [^-]* - (.*)$/s.exec(said)?.[1] ?? said).trimEnd();
}

/** Engines mention the cause at the beginning or the end of a message. */
const half = 4000;

function cut(text: string): string {
  return text.length <= 2 * half ? text : `${text.slice(0, half)} … ${text.slice(-half)}`;
}

function read(error: unknown): Raw {
  if (!(error instanceof Error)) {
    const text = cut(String(error));
    return { message: text, text };
  }
  const { code, statusCode } = error as { code?: string; statusCode?: number };
  const inner = (error instanceof AggregateError ? error.errors : []).map(read);
  const said = saying(error);
  const text = [said, ...inner.map((each) => each.text)].join("\n");
  return { code: code ?? inner[0]?.code, statusCode, message: said || text.trim(), text };
}

function known(raw: Raw): FaultDetails | undefined {
  return connection(raw) ?? resources(raw) ?? answers(raw);
}

/** Errors of the connection to the engine. */
function connection({ code, text }: Raw): FaultDetails | undefined {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return { code: "permission" };
    case "ENOENT":
    case "ECONNREFUSED":
    case "ENOTFOUND":
    case "EHOSTUNREACH":
    case "ETIMEDOUT":
      return { code: "not-running" };
    case "ECONNRESET":
    case "EPIPE":
    case "ERR_STREAM_PREMATURE_CLOSE":
      return { code: "engine-gone" };
  }
  return /socket hang up|^aborted$/.test(text) ? { code: "engine-gone" } : undefined;
}

/** Errors caused by missing resources on the engine's host or the network. */
function resources({ text }: Raw): FaultDetails | undefined {
  if (/no space left on device|disk quota exceeded/i.test(text)) return { code: "disk-full" };
  const registry =
    /(?:dial tcp|lookup|Get "https?:|Head "https?:|failed to do request)[^\n]*(?:no such host|i\/o timeout|connection refused|network is unreachable|TLS handshake|Temporary failure|server misbehaving|deadline exceeded|connection reset)/i;
  if (registry.test(text)) {
    const host = /(?:https?:\/\/|lookup )([\w.-]+(?::\d+)?)/.exec(text)?.[1];
    return { code: "registry", lacks: "connection", host };
  }
  const plain = /https:\/\/([\w.-]+(?::\d+)?)[^\n]*server gave HTTP response to HTTPS client/.exec(text)?.[1];
  if (plain) return { code: "registry", lacks: "tls", host: plain };
  if (/unauthorized|authentication required|401 Unauthorized|no basic auth credentials/i.test(text)) {
    const host =
      /(?:https?|docker):\/\/([\w.-]+(?::\d+)?)\//.exec(text)?.[1] ??
      /\b([\w-]+(?:\.[\w-]+)*(?:\.[\w-]+|:\d+))\/[\w./-]+[:@]/.exec(text)?.[1];
    return { code: "registry", lacks: "login", host };
  }
  const missing =
    /(?:No such image|image not known|unable to find image)[:"\s]*([\w./:@-]*)/i.exec(text) ??
    /pull access denied for ([\w./:@-]+)/i.exec(text) ??
    /([\w./:@-]+): (?:failed to resolve source metadata[^\n]*)?not found$/i.exec(text);
  if (!missing || /No such container/i.test(text)) return undefined;
  return { code: "image-missing", image: missing[1]?.replace(/[:.]$/, "") || undefined };
}

/** Errors in the engine's response to a request. */
function answers({ statusCode, text, message }: Raw): FaultDetails | undefined {
  const taken = /container name "\/?([^"]+)" is already in use|name ([\w.-]+) is (?:already )?in use/i.exec(
    text,
  );
  if (taken) return { code: "name-taken", taken: taken[1] ?? taken[2] ?? "" };
  const port = takenPort(text);
  if (port !== undefined) return { code: "port-taken", port };
  if (/invalid --security-opt[^\n]*writable-cgroups/i.test(text)) return { code: "too-old" };
  if (/WritableCgroups conflicts with user namespaces/i.test(text)) return { code: "cgroups-refused" };
  if (/No such container|no container with (?:name|ID)|No such exec|dead or marked for removal/i.test(text)) {
    return { code: "container-gone" };
  }
  if (/is not running|can only create exec sessions on running|container state improper/i.test(text)) {
    return { code: "container-stopped" };
  }
  // Docker responds with status 500 to security options that it does not support.
  if (statusCode === 400 || /^invalid --security-opt/.test(message))
    return { code: "refused", said: message };
  return undefined;
}

/** The host port that could not be published. */
function takenPort(text: string): number | undefined {
  if (!/port is already allocated|address already in use|ports are not available/i.test(text))
    return undefined;
  const port =
    /:(\d+)(?: failed: port is already allocated|: bind)/i.exec(text) ?? /:(\d+)\b(?!.*:\d)/.exec(text);
  return port ? Number(port[1]) : undefined;
}
