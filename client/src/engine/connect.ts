import type Docker from "dockerode";
import { openDocker, request } from "./docker";
import { type Endpoint, endpoints, type World } from "./endpoints";
import { isAbort, saying, toFault } from "./errors";
import { askEngine, type EngineSelf } from "./facts";

/** An engine that answered. */
export interface Connection extends EngineSelf {
  readonly docker: Docker;
  readonly endpoint: Endpoint;
}

/** No engine answered: every endpoint that was tried, with its reason. */
export interface Failure {
  readonly tried: readonly Attempt[];
}

export interface Attempt {
  readonly endpoint: Endpoint;
  readonly reason: string;
  /** What the user can do about it, where there is something. */
  readonly hint?: string;
}

interface Options {
  /** The engine named by the settings. */
  readonly host?: string;
  readonly signal?: AbortSignal;
  /** How long an endpoint may take to answer, in milliseconds. */
  readonly timeout?: number;
}

/** Tries the endpoints in turn and takes the first engine that answers. Rejects only when it is aborted. */
export async function connect(world: World, options: Options = {}): Promise<Connection | Failure> {
  const { host, signal, timeout } = options;
  const tried: Attempt[] = [];
  for (const endpoint of await endpoints(world, host)) {
    signal?.throwIfAborted();
    const result = await attempt(endpoint, timeout ?? patience(endpoint), signal);
    if ("docker" in result) return result;
    tried.push(result);
  }
  return { tried };
}

/** What was tried, a line each, for people. */
export function attemptLine({ endpoint, reason, hint }: Attempt): string {
  return `${endpoint.url} (${endpoint.source}): ${reason}${hint ? `. ${hint}` : ""}`;
}

/** A local engine answers at once or is not well; a remote one needs the network, ssh also a login. */
function patience({ url }: Endpoint): number {
  if (url.startsWith("ssh:")) return 15_000;
  return url.startsWith("tcp:") ? 5_000 : 3_000;
}

async function attempt(
  endpoint: Endpoint,
  timeout: number,
  signal?: AbortSignal,
): Promise<Connection | Attempt> {
  if (endpoint.problem) return { endpoint, reason: endpoint.problem };
  const late = AbortSignal.timeout(timeout);
  const both = signal ? AbortSignal.any([signal, late]) : late;
  try {
    const docker = openDocker(endpoint);
    await request(docker, { method: "GET", path: "/_ping", signal: both });
    const self = await askEngine(docker, both);
    if (self.windows)
      return { endpoint, reason: "it runs Windows containers", hint: "Switch it to Linux containers." };
    return { docker, endpoint, ...self };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (late.aborted || isAbort(error)) return { endpoint, reason: `no answer within ${timeout / 1000} s` };
    return { endpoint, ...reasonOf(error) };
  }
}

/** Why an endpoint gave no engine, in the words of somebody who looks for one. */
function reasonOf(error: unknown): Pick<Attempt, "reason" | "hint"> {
  const { code, message, statusCode } = error as { code?: string; message: string; statusCode?: number };
  switch (code) {
    case "ENOENT":
      return { reason: "there is no such socket" };
    case "ECONNREFUSED":
      return { reason: "nothing listens there" };
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return { reason: "there is no host of this name" };
    case "EACCES":
    case "EPERM": {
      const { hint } = toFault(error, "") as { hint?: string };
      return { reason: "permission denied", hint };
    }
  }
  if (/^(ERR_SSL|ERR_TLS|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(code ?? "")) {
    return { reason: `TLS failed: ${message}`, hint: "Check the certificates and DOCKER_TLS_VERIFY." };
  }
  if (statusCode === 400 && /HTTPS server/i.test(message)) {
    return { reason: "it wants TLS", hint: "Set DOCKER_TLS_VERIFY and DOCKER_CERT_PATH." };
  }
  if (statusCode !== undefined)
    return { reason: `it answered with HTTP ${statusCode}: ${saying(error as Error)}` };
  return { reason: message };
}
