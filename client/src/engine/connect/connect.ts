import type Docker from "dockerode";
import { request } from "../docker";
import { isAbort, saying, toFault } from "../errors";
import { type Endpoint, namedEndpoint, possibleEndpoints, type World } from "./endpoints";
import { askEngine, type EngineSelf } from "./facts";
import { openDocker } from "./open-docker";
import { type Logins, loginsOf } from "./registry-login";

/** An engine that answered. */
export interface Connection extends EngineSelf {
  readonly docker: Docker;
  readonly endpoint: Endpoint;
  /** The user's logins at registries. */
  readonly logins: Logins;
}

/** No engine answered there. */
export interface Attempt {
  readonly endpoint: Endpoint;
  readonly reason: string;
  /** What the user can do about it, where there is something. */
  readonly hint?: string;
}

/** What came of asking at every place. */
export interface Search {
  /** Who named the only place. */
  readonly namedBy?: string;
  /** In the order of the endpoints; an engine that several of them lead to is in there once. */
  readonly places: readonly (Connection | Attempt)[];
}

interface Options {
  /** The engine named by the settings. */
  readonly host?: string;
  /** Only the engine of this address, unless one is named. */
  readonly url?: string;
  /** Also the docker contexts that are not the current one. */
  readonly everywhere?: boolean;
  readonly signal?: AbortSignal;
  /** How long an endpoint may take to answer, in milliseconds. */
  readonly timeout?: number;
}

/** Asks at all endpoints at once. Rejects only when it is aborted. */
export async function search(world: World, options: Options = {}): Promise<Search> {
  const { host, url, everywhere, signal, timeout } = options;
  const named = await namedEndpoint(world, host);
  const endpoints = named ? [named] : await wanted(world, url, everywhere);
  signal?.throwIfAborted();
  const hurries = endpoints.map(() => new AbortController());
  const places = await Promise.all(
    endpoints.map(async (endpoint, index) => {
      const times = [AbortSignal.timeout(timeout ?? patience(endpoint)), hurries[index]?.signal];
      const late = AbortSignal.any(times.filter((time) => time !== undefined));
      const place = await attempt(world, endpoint, late, signal);
      if (isConnection(place) && !everywhere) hurry(hurries.slice(index + 1));
      return place;
    }),
  );
  return { namedBy: named?.source, places: distinct(places) };
}

/** Milliseconds that less likely places have once an engine answered: a socket that hangs must not hold up everything. */
const grace = 700;

function hurry(others: readonly AbortController[]): void {
  setTimeout(() => {
    for (const other of others) other.abort();
  }, grace).unref();
}

export function isConnection(place: Connection | Attempt): place is Connection {
  return "docker" in place;
}

async function wanted(world: World, url?: string, everywhere?: boolean): Promise<readonly Endpoint[]> {
  const all = await possibleEndpoints(world, everywhere || url !== undefined);
  return url === undefined ? all : all.filter((endpoint) => endpoint.url === url);
}

/** A socket is often a link to another one, and a pipe another name of it: what leads to one engine is one place. */
function distinct(places: readonly (Connection | Attempt)[]): (Connection | Attempt)[] {
  const seen = new Set<string>();
  return places.filter((place) => {
    if (!isConnection(place) || place.identity === undefined) return true;
    const known = seen.has(place.identity);
    seen.add(place.identity);
    return !known;
  });
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
  world: World,
  endpoint: Endpoint,
  late: AbortSignal,
  signal?: AbortSignal,
): Promise<Connection | Attempt> {
  if (endpoint.problem) return { endpoint, reason: endpoint.problem };
  const started = performance.now();
  const both = signal ? AbortSignal.any([signal, late]) : late;
  try {
    const docker = openDocker(endpoint);
    await request(docker, { method: "GET", path: "/_ping", signal: both });
    const self = await askEngine(docker, both);
    if (self.windows)
      return { endpoint, reason: "it runs Windows containers", hint: "Switch it to Linux containers." };
    return { docker, endpoint, logins: loginsOf(world), ...self };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (late.aborted || isAbort(error)) {
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      return { endpoint, reason: `no answer within ${seconds} s` };
    }
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
