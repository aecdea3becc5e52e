import type Docker from "dockerode";
import type { PlaceSource, SilentReason } from "../../ports/fault";
import { request } from "../docker";
import { causeOf, isAbort, saying } from "../errors";
import { type Endpoint, namedEndpoint, possibleEndpoints, type System } from "./endpoints";
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
  readonly reason: SilentReason;
}

/** What came of asking at every place. */
export interface Search {
  /** Who named the only place. */
  readonly namedBy?: PlaceSource;
  /** In the order of the endpoints; an engine that several of them lead to is in there once. */
  readonly places: readonly (Connection | Attempt)[];
}

interface Options {
  /** The engine named by the settings. */
  readonly host?: string;
  /** An option of the command line names it. */
  readonly byOption?: boolean;
  /** Only the engine of this address, unless one is named. */
  readonly url?: string;
  /** Also the docker contexts that are not the current one. */
  readonly everywhere?: boolean;
  readonly signal?: AbortSignal;
  /** How long an endpoint may take to answer, in milliseconds. */
  readonly timeout?: number;
}

/** Asks at all endpoints at once. Rejects only when it is aborted. */
export async function search(system: System, options: Options = {}): Promise<Search> {
  const { host, byOption, url, everywhere, signal, timeout } = options;
  const named = await namedEndpoint(system, host, byOption ? "option" : "setting");
  const endpoints = named ? [named] : await wanted(system, url, everywhere);
  signal?.throwIfAborted();
  const hurries = endpoints.map(() => new AbortController());
  const places = await Promise.all(
    endpoints.map(async (endpoint, index) => {
      const times = [AbortSignal.timeout(timeout ?? patience(endpoint)), hurries[index]?.signal];
      const late = AbortSignal.any(times.filter((time) => time !== undefined));
      const place = await attempt(system, endpoint, late, signal);
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

async function wanted(system: System, url?: string, everywhere?: boolean): Promise<readonly Endpoint[]> {
  const all = await possibleEndpoints(system, everywhere || url !== undefined);
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

/** A local engine answers at once or is not well; a remote one needs the network, ssh also a login. */
function patience({ url }: Endpoint): number {
  if (url.startsWith("ssh:")) return 15_000;
  return url.startsWith("tcp:") ? 5_000 : 3_000;
}

async function attempt(
  system: System,
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
    if (self.windows) return { endpoint, reason: { code: "windows" } };
    return { docker, endpoint, logins: loginsOf(system), ...self };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (late.aborted || isAbort(error)) {
      return { endpoint, reason: { code: "late", seconds: (performance.now() - started) / 1000 } };
    }
    return { endpoint, reason: reasonOf(error) };
  }
}

/** Why an endpoint gave no engine. */
function reasonOf(error: unknown): SilentReason {
  const { code, message, statusCode } = error as { code?: string; message: string; statusCode?: number };
  switch (code) {
    case "ENOENT":
      return { code: "no-socket" };
    case "ECONNREFUSED":
      return { code: "nothing-listens" };
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return { code: "unknown-host" };
    case "EACCES":
    case "EPERM":
      return { code: "permission" };
  }
  if (/^(ERR_SSL|ERR_TLS|CERT_|UNABLE_TO|DEPTH_ZERO|SELF_SIGNED|EPROTO)/.test(code ?? "")) {
    return { code: "tls", said: message };
  }
  if (statusCode === 400 && /HTTPS server/i.test(message)) return { code: "wants-tls" };
  if (statusCode !== undefined) return { code: "http", status: statusCode, said: saying(error as Error) };
  return causeOf(error);
}
