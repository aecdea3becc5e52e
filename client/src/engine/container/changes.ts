import type { Readable } from "node:stream";
import type Docker from "dockerode";
import type { ContainerChange } from "../../ports/container";
import { request } from "../docker";
import { withFaults } from "../errors";
import { containerLabel, serviceLabel, started } from "../labels";
import { lines } from "../lines";

/** What an engine reports of an event, where it is needed. Older engines have only the two fields in lower case. */
interface Event {
  readonly Action?: string;
  readonly status?: string;
  readonly Actor?: { readonly ID?: string; readonly Attributes?: Readonly<Record<string, string>> };
  readonly id?: string;
}

/**
 * Events after which a container is another one. All others are left out, above all those of `exec`: asking systemd
 * after each of them would never end. Podman has other words for the end of a container.
 */
const actions = [
  ...["create", "start", "die", "died", "cleanup", "pause", "unpause", "rename"],
  ...["destroy", "remove"],
];

/** Milliseconds for the beginning of an answer: some engines send it with the first event. */
const patience = 1_000;

/**
 * Follows the engine's events of containers of this extension and of Compose: `heard` is called once events are
 * listened to, without a change, and then for each. Resolves when the engine ends the answer or breaks it off;
 * rejects where it has no events.
 */
export function followContainers(
  docker: Docker,
  heard: (change?: ContainerChange) => void,
  signal: AbortSignal,
): Promise<void> {
  return withFaults("follow-containers", signal, async () => {
    const filters = JSON.stringify({ type: ["container"], event: actions });
    const call = { method: "GET", path: "/events", query: { filters }, signal, as: "stream" } as const;
    const late = setTimeout(heard, patience);
    try {
      const stream = await request<Readable>(docker, call);
      clearTimeout(late);
      heard();
      for await (const line of linesUntilCut(stream)) for (const change of readEvent(line)) heard(change);
    } finally {
      clearTimeout(late);
    }
  });
}

/** A connection that breaks off ends the lines: the next question to the engine shows why. */
async function* linesUntilCut(stream: Readable): AsyncGenerator<string> {
  try {
    yield* lines(stream);
  } catch {
    // As above.
  }
}

/** Whether a container has one of the labels, which are among the attributes; engines want all labels of a filter at once. */
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
