import type { Fault } from "../ports/engine";

/** What can go wrong with an engine, told apart because each has its own way out. */
const codes = [
  "no-engine",
  "permission",
  "not-running",
  "engine-gone",
  "too-old",
  "refused",
  "name-taken",
  "port-taken",
  "image-missing",
  "registry",
  "build-failed",
  "build-context",
  "disk-full",
  "container-gone",
  "container-stopped",
  "engine-error",
] as const;

type FaultCode = (typeof codes)[number];

type Details = Omit<Partial<Fault>, "code" | "message" | "name" | "stack">;

export function fault(code: FaultCode, message: string, details: Details = {}): Fault {
  return Object.assign(new Error(message), { code, ...details });
}

/** One shape for what Node, dockerode and the engine throw. */
interface Raw {
  readonly code?: string;
  readonly statusCode?: number;
  readonly message: string;
  /** Every text that may name the cause: a failed dial to several addresses hides its errors in `errors`. */
  readonly text: string;
}

/**
 * The one mapping from what an engine call threw to what a person is told. Faults and aborts pass
 * unchanged. `doing` starts the sentence for unexpected errors.
 */
export function toFault(error: unknown, doing: string): Error {
  if (isFault(error) || isAbort(error)) return error;
  const raw = read(error);
  const { code, message, hint } = known(raw) ?? {
    code: "engine-error" as const,
    message: `${doing} failed: ${raw.message}`,
    hint: undefined,
  };
  return fault(code, message, { hint, cause: error });
}

/** Runs an engine call; whatever it throws comes out as a fault, or as the abort once the signal is aborted. */
export async function withFaults<T>(doing: string, signal: AbortSignal | undefined, call: () => Promise<T>) {
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

/** Whether an engine answered with this HTTP status. */
export function hasStatus(error: unknown, ...statuses: readonly number[]): boolean {
  const status = (error as Partial<Raw> | null)?.statusCode;
  return status !== undefined && statuses.includes(status);
}

function isFault(error: unknown): error is Fault {
  return error instanceof Error && "code" in error && codes.some((code) => code === error.code);
}

interface Known {
  readonly code: FaultCode;
  readonly message: string;
  readonly hint?: string;
}

/** What an engine said; dockerode puts it between the status and a space. */
export function saying(error: Error): string {
  const said = cut(error.message);
  return (/^\(HTTP code \d+\) [^-]* - (.*)$/s.exec(said)?.[1] ?? said).trimEnd();
}

/** Engines name a cause at the beginning of what they say or at its end. */
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

function known(raw: Raw): Known | undefined {
  return connection(raw) ?? resources(raw) ?? answers(raw);
}

/** Errors of the way to the engine. */
function connection({ code, text }: Raw): Known | undefined {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return {
        code: "permission",
        message: "The engine's socket may not be opened by this user.",
        hint: "Add the user to the group of the socket (docker) and log in again, or use rootless Docker or Podman.",
      };
    case "ENOENT":
    case "ECONNREFUSED":
    case "ENOTFOUND":
    case "EHOSTUNREACH":
    case "ETIMEDOUT":
      return {
        code: "not-running",
        message: "The container engine does not answer.",
        hint: "Start Docker or Podman and try again.",
      };
    case "ECONNRESET":
    case "EPIPE":
    case "ERR_STREAM_PREMATURE_CLOSE":
      return {
        code: "engine-gone",
        message: "The connection to the container engine broke.",
        hint: "The engine was stopped or restarted in the middle. Try again when it runs.",
      };
  }
  if (/socket hang up|^aborted$/.test(text)) return connection({ code: "ECONNRESET", text, message: text });
  return undefined;
}

/** What the engine's machine or the network lacks. */
function resources({ text }: Raw): Known | undefined {
  if (/no space left on device|disk quota exceeded/i.test(text)) {
    return {
      code: "disk-full",
      message: "The disk of the container engine is full.",
      hint: "Free space there, for instance with `docker system prune` or `podman system prune`.",
    };
  }
  const registry =
    /(?:dial tcp|lookup|Get "https?:|Head "https?:|failed to do request)[^\n]*(?:no such host|i\/o timeout|connection refused|network is unreachable|TLS handshake|Temporary failure|server misbehaving|deadline exceeded|connection reset)/i;
  if (registry.test(text)) {
    const host = /(?:https?:\/\/|lookup )([\w.-]+(?::\d+)?)/.exec(text)?.[1];
    return {
      code: "registry",
      message: `The registry ${host ?? "of the image"} cannot be reached from the engine.`,
      hint: "Check the network and the engine's proxy settings.",
    };
  }
  const plain = /https:\/\/([\w.-]+(?::\d+)?)[^\n]*server gave HTTP response to HTTPS client/.exec(text)?.[1];
  if (plain) {
    return {
      code: "registry",
      message: `The registry ${plain} does not speak TLS.`,
      hint: "Let the engine take it as an insecure registry, or give it a certificate.",
    };
  }
  if (/unauthorized|authentication required|401 Unauthorized|no basic auth credentials/i.test(text)) {
    const host =
      /(?:https?|docker):\/\/([\w.-]+(?::\d+)?)\//.exec(text)?.[1] ??
      /\b([\w-]+(?:\.[\w-]+)*(?:\.[\w-]+|:\d+))\/[\w./-]+[:@]/.exec(text)?.[1];
    return {
      code: "registry",
      message: `The registry ${host ?? "of the image"} wants a login.`,
      hint: `Log in by \`docker login${host ? ` ${host}` : ""}\` (or \`podman login\`) and try again.`,
    };
  }
  const missing =
    /(?:No such image|image not known|unable to find image)[:"\s]*([\w./:@-]*)/i.exec(text) ??
    /pull access denied for ([\w./:@-]+)/i.exec(text) ??
    /([\w./:@-]+): (?:failed to resolve source metadata[^\n]*)?not found$/i.exec(text);
  if (missing && !/No such container/i.test(text)) {
    return {
      code: "image-missing",
      message: `There is no image ${(missing[1] ?? "").replace(/[:.]$/, "") || "of that name"}.`,
      hint: "Build it first, or check its name.",
    };
  }
  return undefined;
}

/** What the engine says to a request. */
function answers({ statusCode, text, message }: Raw): Known | undefined {
  const taken = /container name "\/?([^"]+)" is already in use|name ([\w.-]+) is (?:already )?in use/i.exec(
    text,
  );
  if (taken) {
    const name = taken[1] ?? taken[2];
    return { code: "name-taken", message: `The name ${name} belongs to another container.` };
  }
  const port = takenPort(text);
  if (port !== undefined)
    return { code: "port-taken", message: `Port ${port} is taken on the engine's machine.` };
  if (/invalid --security-opt[^\n]*writable-cgroups/i.test(text)) {
    return {
      code: "too-old",
      message: "This engine does not know the option writable-cgroups: Docker has it since version 28.",
      hint: "Update Docker, or let the plan be made for the engine that is connected.",
    };
  }
  if (/WritableCgroups conflicts with user namespaces/i.test(text)) {
    return {
      code: "refused",
      message: "Rootless engines and engines with userns-remap refuse the option writable-cgroups.",
      hint: "Let the plan be made for the engine that is connected.",
    };
  }
  if (/No such container|no container with (?:name|ID)|No such exec|dead or marked for removal/i.test(text)) {
    return { code: "container-gone", message: "The container is gone. Something else removed it." };
  }
  if (/is not running|can only create exec sessions on running|container state improper/i.test(text)) {
    return { code: "container-stopped", message: "The container is not running." };
  }
  // Docker answers 500 to options of security that it does not know.
  if (statusCode === 400 || /^invalid --security-opt/.test(message))
    return { code: "refused", message: `The engine refused the request: ${message}` };
  return undefined;
}

/** The host port that a start failed at. */
function takenPort(text: string): number | undefined {
  if (!/port is already allocated|address already in use|ports are not available/i.test(text))
    return undefined;
  const port =
    /:(\d+)(?: failed: port is already allocated|: bind)/i.exec(text) ?? /:(\d+)\b(?!.*:\d)/.exec(text);
  return port ? Number(port[1]) : undefined;
}
