import type { Readable } from "node:stream";
import type Docker from "dockerode";
import type { ContainerChange } from "../../ports/container";
import { request } from "../docker";
import { withFaults } from "../errors";
import { containerLabel, serviceLabel, started } from "../labels";
import { lines } from "../lines";

/** The parts of an engine's event that are needed. Older engines send only the two fields in lower case. */
interface Event {
  readonly Action?: string;
  readonly status?: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> };
  readonly id?: string;
}

/**
 * Events after which a container's state is different. Others are left out, especially those of `exec`: querying
 * systemd after each of them would cause another one, in an endless loop. Podman has different names for the end of a
 * container.
 */
const actions = [
  ...["create", "start", "die", "died", "cleanup", "pause", "unpause", "rename"],
  ...["destroy", "remove"],
];

/** Milliseconds to wait for the start of the response, which some engines send only with the first event. */
const patience = 1_000;

/**
 * Follows the engine's events about the containers of this extension and of Compose. `heard` is called once with no
 * argument when the subscription is active, and then for each change. Resolves when the engine ends the response or
 * the connection breaks; rejects if the engine does not provide events.
 */
export function followContainers(
  docker: Docker,
  heard: (change?: ContainerChange) => void,
  signal: AbortSignal,
): Promise<void> {
  return withFaults("follow-containers", signal, async () => {
    const late = setTimeout(heard, patience);
    try {
      const events = await eventsOf(docker, { type: ["container"], event: actions }, signal);
      clearTimeout(late);
      heard();
      for await (const line of events) for (const change of readEvent(line)) heard(change);
    } finally {
      clearTimeout(late);
    }
  });
}

/**
 * Calls `heard` whenever an image is built, pulled, loaded, named or removed. Resolves and rejects like
 * `followContainers`.
 */
export function followImages(docker: Docker, heard: () => void, signal: AbortSignal): Promise<void> {
  return withFaults("look-into-image", signal, async () => {
    for await (const line of await eventsOf(docker, { type: ["image"] }, signal)) if (line !== "") heard();
  });
}

/** The engine's events, one per line. */
async function eventsOf(
  docker: Docker,
  filters: Readonly<Record<string, readonly string[]>>,
  signal: AbortSignal,
): Promise<AsyncGenerator<string>> {
  const query = { filters: JSON.stringify(filters) };
  const call = { method: "GET", path: "/events", query, signal, as: "stream" } as const;
  return linesUntilCut(await request<Readable>(docker, call));
}

/** If the connection breaks, the lines end. The next request to the engine shows why. */
async function* linesUntilCut(stream: Readable): AsyncGenerator<string> {
  try {
    yield* lines(stream);
  } catch {
    // The next request to the engine shows why the connection broke.
  }
}

/**
 * Whether a container has one of the two labels. An engine's filter would require both, so the event's attributes are
 * checked here.
 */
function isFollowed(attributes: Readonly<Record<string, string>> = {}): boolean {
  return attributes[containerLabel] === started || attributes[serviceLabel] !== undefined;
}

function readEvent(line: string): ContainerChange[] {
  try {
    const { Action, status, Actor, id } = JSON.parse(line) as Event;
    const [action, container] = [Action ?? status, Actor?.ID ?? id];
    if (action === undefined || container === undefined || !actions.includes(action)) return [];
    return isFollowed(Actor?.Attributes) ? [{ id: container, starts: action === "start" }] : [];
  } catch {
    return [];
  }
}
