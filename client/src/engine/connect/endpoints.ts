import { createHash } from "node:crypto";
import { posix, win32 } from "node:path";
import type { PlaceSource, SilentReason } from "../../ports/fault";

/** The parts of the operating system that show where an engine may be. */
export interface System {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  /** Undefined if the file is absent or cannot be read. */
  readFile(path: string): Promise<Buffer | undefined>;
  /** The names in a directory; empty if the directory does not exist. */
  listFolder(path: string): Promise<readonly string[]>;
}

/** A place where an engine may respond. */
export interface Endpoint {
  /** `unix:///var/run/docker.sock`, `npipe:////./pipe/docker_engine`, `tcp://host:2376`, `ssh://user@host`. */
  readonly url: string;
  /** Where the address comes from. */
  readonly source: PlaceSource;
  /** The Docker context that the certificates belong to. */
  readonly context?: string;
  readonly tls?: Tls;
  /** Set if this is Podman over ssh; `key` is the path of the ssh key. */
  readonly podman?: { readonly key?: string };
  /** Why connecting cannot even be attempted. */
  readonly problem?: SilentReason;
}

export interface Tls {
  readonly ca?: Buffer;
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly verify: boolean;
}

/**
 * The engine that the user named. The first of these that is set decides: the setting or the option, DOCKER_HOST,
 * DOCKER_CONTEXT. No other engine is tried, because containers must not end up on an engine other than the named one.
 */
export async function namedEndpoint(
  system: System,
  setting?: string,
  code: "setting" | "option" = "setting",
): Promise<Endpoint | undefined> {
  const { DOCKER_HOST, DOCKER_CONTEXT } = system.env;
  if (setting) return fromEnv(system, setting, { code });
  if (DOCKER_HOST) return fromEnv(system, DOCKER_HOST, { code: "variable", name: "DOCKER_HOST" });
  if (!DOCKER_CONTEXT || DOCKER_CONTEXT === "default") return undefined;
  return fromContext(system, DOCKER_CONTEXT, "context-variable");
}

/**
 * Where an engine may be if none is named, the likeliest first: the current Docker context, Docker's sockets,
 * CONTAINER_HOST, Podman's sockets. With `everywhere`, the other Docker contexts and Podman's connections follow.
 */
export async function possibleEndpoints(system: System, everywhere = false): Promise<readonly Endpoint[]> {
  const { DOCKER_CONTEXT, CONTAINER_HOST, CONTAINER_SSHKEY } = system.env;
  const current = DOCKER_CONTEXT ? undefined : await currentContext(system);
  const found: Endpoint[] = [];
  const addContext = async (name: string) => found.push(await fromContext(system, name, "context"));
  if (current) await addContext(current);
  found.push(...defaults(system, "docker"));
  if (CONTAINER_HOST) {
    const source = { code: "variable", name: "CONTAINER_HOST" } as const;
    found.push(fromPodman(CONTAINER_HOST, source, CONTAINER_SSHKEY));
  }
  found.push(...defaults(system, "podman"), ...(await machines(system)));
  if (everywhere) {
    for (const name of await contextNames(system)) await addContext(name);
    found.push(...(await podmanElsewhere(system)));
  }
  const urls = found.map(({ url }) => url);
  return found.filter(({ url }, index) => urls.indexOf(url) === index);
}

/** An address in the format of DOCKER_HOST, with the TLS variables that apply to it. */
async function fromEnv(system: System, host: string, source: PlaceSource): Promise<Endpoint> {
  const { DOCKER_TLS_VERIFY, DOCKER_CERT_PATH } = system.env;
  const endpoint = checked({ url: host.includes("://") ? host : plainHost(host), source });
  if (!endpoint.url.startsWith("tcp://") || endpoint.problem) return endpoint;
  const wanted = DOCKER_TLS_VERIFY || DOCKER_CERT_PATH || endpoint.url.startsWith("https://");
  if (!wanted) return endpoint;
  const folder = DOCKER_CERT_PATH || join(system, configFolder(system));
  return {
    ...endpoint,
    tls: { ...(await certificates(system, folder)), verify: Boolean(DOCKER_TLS_VERIFY) },
  };
}

/** An address from Podman. Over ssh, the remote podman program connects to it, with Podman's key. */
function fromPodman(host: string, source: PlaceSource, key?: string): Endpoint {
  const endpoint = checked({ url: host, source });
  return endpoint.url.startsWith("ssh://") ? { ...endpoint, podman: { key } } : endpoint;
}

interface PodmanConnection {
  readonly URI?: unknown;
  readonly Identity?: string;
  readonly IsMachine?: boolean;
}

/** Podman's connections by name (containers/common `pkg/config/connections.go`). */
async function podmanConnections(system: System): Promise<readonly (readonly [string, PodmanConnection])[]> {
  const { env, platform, home } = system;
  const own = platform === "win32" ? env.APPDATA : (env.XDG_CONFIG_HOME ?? join(system, home, ".config"));
  const usual = join(system, own ?? home, "containers", "podman-connections.json");
  const { Connection } = ((await readJson(system, env.PODMAN_CONNECTIONS_CONF ?? usual)) ?? {}) as {
    readonly Connection?: { readonly Connections?: Readonly<Record<string, PodmanConnection | null>> };
  };
  return Object.entries(Connection?.Connections ?? {}).flatMap(([name, it]) => (it ? [[name, it]] : []));
}

/**
 * The sockets of Podman machines other than the default one. Each is listed twice as a connection: under its name,
 * and with `-root` added. The sockets are defined in containers/podman `pkg/machine/vmconfigs/sockets_*.go`; on
 * Windows they are pipes whose names start with `podman-`.
 */
async function machines(system: System): Promise<readonly Endpoint[]> {
  const names = (await podmanConnections(system))
    .filter(([, { IsMachine }]) => IsMachine)
    .map(([name]) => name.replace(/-root$/, ""))
    .filter((name) => name !== defaultMachine);
  return [...new Set(names)].flatMap((name) => machine(system, name));
}

/** The connections to Podman on other hosts that the user added. */
async function podmanElsewhere(system: System): Promise<readonly Endpoint[]> {
  return (await podmanConnections(system)).flatMap(([connection, { URI, Identity, IsMachine }]) =>
    IsMachine || typeof URI !== "string"
      ? []
      : fromPodman(URI, { code: "podman-connection", connection }, Identity),
  );
}

const defaultMachine = "podman-machine-default";

function machine({ env, platform }: System, name: string): Endpoint[] {
  const source = { code: "podman-machine", machine: name === defaultMachine ? undefined : name } as const;
  if (platform === "win32") {
    return [{ url: `npipe:////./pipe/${name.startsWith("podman") ? name : `podman-${name}`}`, source }];
  }
  const folder = (platform === "darwin" ? env.TMPDIR : env.XDG_RUNTIME_DIR)?.replace(/\/$/, "");
  return folder ? [{ url: `unix://${folder}/podman/${name}-api.sock`, source }] : [];
}

/** Adds the scheme: a path is a socket, anything else is a host. */
function plainHost(host: string): string {
  if (host.startsWith("/")) return `unix://${host}`;
  if (/^[\\/]{2}\.[\\/]pipe[\\/]/.test(host)) return `npipe://${host.replaceAll("\\", "/")}`;
  return `tcp://${host}`;
}

/** Normalizes the scheme, or explains why this cannot be an address. */
function checked({ url, source }: Pick<Endpoint, "url" | "source">): Endpoint {
  const [, scheme = "", rest = ""] = /^([a-z]+):\/\/(.*)$/is.exec(url.trim()) ?? [];
  switch (scheme.toLowerCase()) {
    case "unix":
      return rest ? { url: `unix://${rest}`, source } : { url: "unix:///var/run/docker.sock", source };
    case "npipe":
      return { url: `npipe://${rest.replaceAll("\\", "/") || "//./pipe/docker_engine"}`, source };
    case "tcp":
    case "http":
    case "https":
    case "ssh": {
      const name = scheme.toLowerCase() === "ssh" ? "ssh" : "tcp";
      const address = URL.canParse(`http://${rest}`) ? new URL(`http://${rest}`) : undefined;
      // Addresses are shown and saved, so they must not contain passwords.
      if (address?.password)
        return { url: `${name}://${address.host}`, source, problem: { code: "password" } };
      if (rest && address) return { url: `${name}://${rest}`, source };
      return { url, source, problem: { code: "not-an-address" } };
    }
  }
  return { url, source, problem: { code: "unknown-scheme" } };
}

function configFolder(system: System): string {
  return system.env.DOCKER_CONFIG || join(system, system.home, ".docker");
}

/** The content of docker's config.json, or undefined if there is none. */
export function readDockerConfig(system: System): Promise<Record<string, unknown> | undefined> {
  return readJson(system, join(system, configFolder(system), "config.json"));
}

async function currentContext(system: System): Promise<string | undefined> {
  const name = (await readDockerConfig(system))?.currentContext;
  return typeof name === "string" && name !== "" && name !== "default" ? name : undefined;
}

/** The names of all Docker contexts except `default`, which is Docker's own socket. */
async function contextNames(system: System): Promise<readonly string[]> {
  const folder = join(system, configFolder(system), "contexts", "meta");
  const ids = await system.listFolder(folder);
  const metas = await Promise.all(ids.map((id) => readJson(system, join(system, folder, id, "meta.json"))));
  return metas.flatMap((meta) => (typeof meta?.Name === "string" ? meta.Name : [])).sort();
}

/** Reads a Docker context, whose directory is named after the SHA-256 of the context's name. */
async function fromContext(
  system: System,
  name: string,
  code: "context" | "context-variable",
): Promise<Endpoint> {
  const source = { code, context: name };
  const id = createHash("sha256").update(name).digest("hex");
  const contexts = join(system, configFolder(system), "contexts");
  const meta = await readJson(system, join(system, contexts, "meta", id, "meta.json"));
  if (!meta) return { url: name, source, problem: { code: "no-context" } };
  const docker = (meta.Endpoints as Record<string, Record<string, unknown>> | undefined)?.docker;
  if (typeof docker?.Host !== "string")
    return { url: name, source, problem: { code: "context-without-host" } };
  const endpoint = checked({ url: docker.Host, source });
  const material = await certificates(system, join(system, contexts, "tls", id, "docker"));
  const verify = docker.SkipTLSVerify !== true;
  const wanted = material.ca || material.cert || !verify || docker.Host.startsWith("https://");
  if (endpoint.problem || !wanted || !endpoint.url.startsWith("tcp://")) return endpoint;
  return { ...endpoint, context: name, tls: { ...material, verify } };
}

async function certificates(system: System, folder: string): Promise<Omit<Tls, "verify">> {
  const [ca, cert, key] = await Promise.all(
    ["ca.pem", "cert.pem", "key.pem"].map((name) => system.readFile(join(system, folder, name))),
  );
  return { ca, cert, key };
}

/** The default sockets of Docker and Podman. */
function defaults(system: System, engine: "docker" | "podman"): Endpoint[] {
  const { env, platform, home } = system;
  const run = env.XDG_RUNTIME_DIR;
  const unix = (path: string, source: PlaceSource) => ({ url: `unix://${path}`, source });
  const pipe = (name: string, source: PlaceSource) => ({ url: `npipe:////./pipe/${name}`, source });
  const desktopSource = { code: "docker-desktop" } as const;
  if (platform === "win32") {
    if (engine === "podman") return machine(system, defaultMachine);
    return [pipe("docker_engine", { code: "docker" }), pipe("dockerDesktopLinuxEngine", desktopSource)];
  }
  if (engine === "docker") {
    const rootless = run ? [unix(`${run}/docker.sock`, { code: "docker-rootless" })] : [];
    const desktop = [unix(`${home}/.docker/run/docker.sock`, desktopSource)];
    if (platform === "linux") desktop.push(unix(`${home}/.docker/desktop/docker.sock`, desktopSource));
    return [unix("/var/run/docker.sock", { code: "docker" }), ...desktop, ...rootless];
  }
  if (platform === "darwin") {
    // Podman 4 links this to the socket of the Podman machine that is in use.
    const link = `${home}/.local/share/containers/podman/machine/podman.sock`;
    return [...machine(system, defaultMachine), unix(link, { code: "podman-machine" })];
  }
  return [
    ...(run ? [unix(`${run}/podman/podman.sock`, { code: "podman-rootless" })] : []),
    unix("/run/podman/podman.sock", { code: "podman" }),
    ...machine(system, defaultMachine),
  ];
}

async function readJson(system: System, path: string): Promise<Record<string, unknown> | undefined> {
  const text = await system.readFile(path);
  if (!text) return undefined;
  try {
    const value: unknown = JSON.parse(text.toString("utf8").replace(/^\uFEFF/, ""));
    return value !== null && typeof value === "object" ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Joins paths by the rules of the system's platform, which in a test may differ from the current one. */
function join({ platform }: System, ...parts: string[]): string {
  return platform === "win32" ? win32.join(...parts) : posix.join(...parts);
}
