import { createServer } from "node:net";
import type Docker from "dockerode";
import type { Container } from "../../ports/container";
import type { StartRequest } from "../../ports/engine";
import type { Fault, Instead } from "../../ports/fault";
import type { Connection } from "../connect/connect";
import { request, segment } from "../docker";
import { hasStatus, isFault, toFault, withFaults } from "../errors";
import { containerLabel, sourceLabel, started } from "../labels";
import { hangUp } from "../own-processes";

type Engine = Pick<Connection, "docker" | "endpoint" | "bridge">;

export interface Listed {
  readonly Id: string;
  readonly Names?: readonly string[];
  readonly Image?: string;
  readonly State?: string;
  readonly Status?: string;
  readonly Labels?: Readonly<Record<string, string>>;
  readonly Ports?: readonly ListedPort[];
}

interface ListedPort {
  readonly PrivatePort?: number;
  readonly PublicPort?: number;
  readonly Type?: string;
}

/** The parts of the response to `GET /containers/{id}/json` that are needed. */
export interface Inspected {
  readonly State: {
    readonly Running: boolean;
    readonly ExitCode: number;
    readonly StartedAt?: string;
    readonly FinishedAt?: string;
  };
  readonly Config: {
    readonly Tty?: boolean;
    readonly OpenStdin?: boolean;
    readonly ExposedPorts?: Readonly<Record<string, unknown>> | null;
    readonly Healthcheck?: { readonly Test?: readonly string[] | null } | null;
  };
  readonly HostConfig?: { readonly NetworkMode?: string };
  readonly NetworkSettings?: {
    readonly Ports?: Readonly<
      Record<string, readonly { readonly HostIp?: string; readonly HostPort: string }[] | null>
    > | null;
  };
}

/** The containers with this extension's label, running or not. */
export function listContainers(docker: Docker): Promise<readonly Container[]> {
  return withFaults("list-containers", undefined, async () => {
    const filters = JSON.stringify({ label: [`${containerLabel}=${started}`] });
    return (await list(docker, { all: true, filters })).map(toContainer);
  });
}

export function toContainer({ Id, Names, Image, State, Status, Labels, Ports }: Listed): Container {
  const running = State === "running";
  return {
    id: Id,
    name: (Names?.[0] ?? Id).replace(/^\//, ""),
    uri: Labels?.[sourceLabel],
    running,
    state: State,
    ports: tcpPorts(Ports ?? []),
    image: Image,
    status: running ? undefined : Status || State,
  };
}

/**
 * The published TCP ports, or undefined if there are none. A port that is published on several addresses is listed
 * once.
 */
function tcpPorts(listed: readonly ListedPort[]): Container["ports"] {
  const found = listed.flatMap(({ PrivatePort: inside, PublicPort: port, Type = "tcp" }) =>
    inside && port && Type === "tcp" ? { inside, port } : [],
  );
  const ports = [...new Map(found.map((each) => [`${each.inside} ${each.port}`, each])).values()];
  return ports.length > 0 ? ports : undefined;
}

/**
 * Creates and starts a container with this extension's label. The two calls are not aborted midway, because the
 * engine may already have carried them out; instead, the container is removed afterwards.
 */
export function startContainer(engine: Engine, start: StartRequest, signal: AbortSignal): Promise<Container> {
  const { docker } = engine;
  const { name, uri } = start;
  return withFaults("start-container", signal, async () => {
    const { Id: id } = await create(engine, start).catch((error: unknown) => refuse(engine, start, error));
    try {
      signal.throwIfAborted();
      await request(docker, { method: "POST", path: `/containers/${segment(id)}/start` });
      signal.throwIfAborted();
    } catch (error) {
      await removeContainer(docker, id).catch(() => undefined);
      return refuse(engine, start, error);
    }
    const { body } = start.create;
    const image = start.image ?? body.Image ?? body.image;
    return { id, name, uri, running: true, image: image === undefined ? undefined : String(image) };
  });
}

function create({ docker, bridge }: Engine, start: StartRequest): Promise<{ readonly Id: string }> {
  const call = { method: "POST" } as const;
  if (start.create.api === "libpod") {
    return request(docker, { ...call, path: libpodCreatePath, body: libpodBody(start) });
  }
  const query = { name: start.name };
  return request(docker, { ...call, path: "/containers/create", query, body: dockerBody(start, bridge) });
}

type Body = StartRequest["create"]["body"];

/** The endpoint of Podman's own API that creates containers. Podman 4 and later support this version of it. */
export const libpodCreatePath = "/v4.0.0/libpod/containers/create";

/**
 * The request body for Docker's API, completed with values that only this code can determine. Without a default
 * network, the engine would create the container and then fail to start it. Typing into a terminal requires an open
 * stdin.
 */
function dockerBody(start: StartRequest, bridge: boolean): Body {
  const {
    create: { body },
    image,
  } = start;
  return {
    ...body,
    ...(image !== undefined && { Image: image }),
    ...(body.Tty === true && { OpenStdin: true }),
    Labels: { ...(body.Labels as object | undefined), ...labelsOf(start) },
    HostConfig: { ...(!bridge && { NetworkMode: "none" }), ...(body.HostConfig as object | undefined) },
  };
}

/** The request body for Podman's API, which also contains the name. Podman always has a default network. */
function libpodBody(start: StartRequest): Body {
  const {
    create: { body },
    name,
    image,
  } = start;
  return {
    ...body,
    ...(image !== undefined && { image }),
    ...(body.terminal === true && { stdin: true }),
    name,
    labels: { ...(body.labels as object | undefined), ...labelsOf(start) },
  };
}

function labelsOf({ uri, labels }: StartRequest): object {
  return { [containerLabel]: started, [sourceLabel]: uri, ...labels };
}

/** Rejects with the error. If a name or a port is taken, the error includes the next free one. */
async function refuse({ docker, endpoint }: Engine, { name }: StartRequest, error: unknown): Promise<never> {
  const found = toFault(error, "start-container");
  const local = !/^(tcp|ssh):/.test(endpoint.url);
  if (!isFault(found)) throw found;
  throw Object.assign(found, {
    instead: await alternative(docker, found, name, local).catch(() => undefined),
  });
}

async function alternative(
  docker: Docker,
  found: Fault,
  name: string,
  local: boolean,
): Promise<Instead | undefined> {
  switch (found.code) {
    case "name-taken":
      return { name: await freeName(docker, name) };
    case "port-taken": {
      const { port: taken } = found;
      const free = await freePort(docker, taken, local);
      return free === undefined ? undefined : { port: { taken, free } };
    }
  }
  return undefined;
}

async function freeName(docker: Docker, name: string): Promise<string> {
  const names = new Set((await list(docker, { all: true })).flatMap(({ Names }) => Names ?? []));
  let number = 2;
  while (names.has(`/${name}-${number}`)) number++;
  return `${name}-${number}`;
}

/** The next port that no container publishes and, if the engine runs on this host, no other program listens on. */
async function freePort(docker: Docker, taken: number, local: boolean): Promise<number | undefined> {
  const published = (await list(docker, {})).flatMap(({ Ports }) => Ports ?? []);
  const ports = new Set(published.map(({ PublicPort }) => PublicPort));
  for (let port = taken + 1; port < 65_536; port++) {
    if (!ports.has(port) && (!local || (await canListen(port)))) return port;
  }
  return undefined;
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "0.0.0.0", exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Starts a stopped container. If it is already running, does nothing. */
export function startAgain(docker: Docker, id: string): Promise<void> {
  return withFaults("start-container", undefined, async () => {
    await request(docker, { method: "POST", path: `/containers/${segment(id)}/start` }).catch((error) => {
      // 304: it is already running.
      if (!hasStatus(error, 304)) throw error;
    });
  });
}

/** Resolves with the exit code once the container is not running. */
export async function waitForEnd(docker: Docker, id: string, signal?: AbortSignal): Promise<number> {
  const path = `/containers/${segment(id)}/wait`;
  return (await request<{ StatusCode: number }>(docker, { method: "POST", path, signal })).StatusCode;
}

/**
 * Ends the shells that this extension opened in a container, sends the container the stop signal that its plan set,
 * and waits for it to end. The engine kills it after its stop timeout, which is 10 s unless the plan specifies more.
 */
export function stopContainer(docker: Docker, id: string): Promise<{ readonly exitCode: number }> {
  return withFaults("stop-container", undefined, async () => {
    await hangUp(docker, id);
    const over = new AbortController();
    const ended = waitForEnd(docker, id, over.signal);
    ended.catch(() => undefined);
    try {
      await request(docker, { method: "POST", path: `/containers/${segment(id)}/stop` });
    } catch (error) {
      // 304: it had already stopped.
      if (!hasStatus(error, 304)) {
        over.abort();
        throw error;
      }
    }
    return { exitCode: await ended };
  });
}

/** Removes a container, running or not, with its anonymous volumes. If it is already gone, does nothing. */
export function removeContainer(docker: Docker, id: string): Promise<void> {
  return withFaults("remove-container", undefined, async () => {
    // `timeout` is an option of Podman. Without it, a container that has just started gets 10 s to stop.
    const query = { force: true, v: true, timeout: 0 };
    try {
      await request(docker, { method: "DELETE", path: `/containers/${segment(id)}`, query });
    } catch (error) {
      if (hasStatus(error, 404)) return;
      if (!hasStatus(error, 409)) throw error;
      // Another client is removing it right now.
      await request(docker, {
        method: "POST",
        path: `/containers/${segment(id)}/wait`,
        query: { condition: "removed" },
      }).catch(() => undefined);
    }
  });
}

export function inspectContainer(docker: Docker, id: string, signal?: AbortSignal): Promise<Inspected> {
  return request(docker, { method: "GET", path: `/containers/${segment(id)}/json`, signal });
}

/** The containers from `GET /containers/json`, the newest first. */
export function list(docker: Docker, query: Record<string, unknown>): Promise<readonly Listed[]> {
  return request(docker, { method: "GET", path: "/containers/json", query });
}
