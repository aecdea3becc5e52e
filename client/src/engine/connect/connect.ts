import type Docker from "dockerode";
import type { PlaceSource, SilentReason } from "../../ports/fault";
import { request } from "../docker";
import { causeOf, isAbort, saying } from "../errors";
import { type Endpoint, namedEndpoint, possibleEndpoints, type System } from "./endpoints";
import { askEngine, type EngineSelf } from "./facts";
import { openDocker } from "./open-docker";
import { type Logins, loginsOf } from "./registry-login";

/** An engine that responded. */
export interface Connection extends EngineSelf {
  readonly docker: Docker;
  readonly endpoint: Endpoint;
  /** The user's registry logins. */
  readonly logins: Logins;
}

/** An endpoint where no engine responded. */
export interface Attempt {
  readonly endpoint: Endpoint;
  readonly reason: SilentReason;
}

/** The result of trying all endpoints. */
export interface Search {
  /** Where the engine was named, if that was the only place searched. */
  readonly namedBy?: PlaceSource;
  /** In the order of the endpoints. An engine that several of them lead to is listed once. */
  readonly places: readonly (Connection | Attempt)[];
}

interface Options {
  /** The address of the engine from the settings. */
  readonly host?: string;
  /** `host` comes from a command-line option instead. */
  readonly byOption?: boolean;
  /** Search only for the engine at this address, unless one is named. */
  readonly url?: string;
  /** Also try the Docker contexts that are not the current one and Podman's connections. */
  readonly everywhere?: boolean;
  readonly signal?: AbortSignal;
  /** How long to wait for an endpoint to respond, in milliseconds. */
  readonly timeout?: number;
}

/** Tries all endpoints at once. Rejects only if it is aborted. */
export async function search(system: System, options: Options = {}): Promise<Search> {
  const { host, byOption, url, everywhere, signal, timeout } = options;
  const named = await namedEndpoint(system, host, byOption ? "option" : "setting");
  const endpoints = named ? [named] : await wanted(system, url, everywhere);
  signal?.throwIfAborted();
  const hurries = endpoints.map(() => new AbortController());
  const places = await Promise.all(
    endpoints.map(async (endpoint, index) => {
      const times = [AbortSignal.timeout(timeout ?? patience(endpoint, everywhere)), hurries[index]?.signal];
      const late = AbortSignal.any(times.filter((time) => time !== undefined));
      const place = await attempt(system, endpoint, late, signal);
      if (isConnection(place) && !everywhere) hurry(hurries.slice(index + 1));
      return place;
    }),
  );
  return { namedBy: named?.source, places: distinct(places) };
}

/**
 * How many more milliseconds less likely endpoints get once an engine has responded, so that a hanging socket does
 * not delay everything.
 */
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

/**
 * Keeps one place for each engine: a socket is often a link to another socket, and two pipe names can lead to one engine.
 */
function distinct(places: readonly (Connection | Attempt)[]): (Connection | Attempt)[] {
  const seen = new Set<string>();
  return places.filter((place) => {
    if (!isConnection(place) || place.identity === undefined) return true;
    const known = seen.has(place.identity);
    seen.add(place.identity);
    return !known;
  });
}

/**
 * How many milliseconds an endpoint gets. A healthy local engine responds at once, so a list of all engines does not
 * wait longer. What needs one engine does: a loaded host, an engine that is just starting, or a login over ssh
 * takes time.
 */
function patience({ url }: Endpoint, everywhere = false): number {
  if (!everywhere || url.startsWith("ssh:")) return 15_000;
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

/** Why there is no engine at an endpoint. */
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
