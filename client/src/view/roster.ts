import { containersOf } from "../flows/containers";
import { findEngines } from "../flows/find-engines";
import type { Container, Dependencies, Engine } from "../ports";
import type { Attention } from "./attention";
import { type Following, followEngine } from "./follow";
import type { Followed } from "./nodes";

/** The engines that are being followed. */
export interface Roster {
  all(): readonly Followed[];
  /** Whether the engine with this address is being followed, or any engine if no address is given. */
  follows(url?: string): boolean;
  /**
   * Looks for engines until there is one. Resolves after the first search, when the containers of the engines found
   * have been listed.
   */
  start(): Promise<void>;
  /** Looks for engines that are not being followed yet. */
  look(): Promise<void>;
  /** Lists all containers again. */
  list(): void;
}

/** The callbacks of a roster. */
interface Reports {
  listed(engine: Engine, containers: readonly Container[]): void;
  /** A container is starting, so the details of its previous boot are outdated. */
  starts(id: string): void;
  changed(): void;
}

/** Milliseconds until an engine that does not respond or does not provide events is queried again. */
const pace = 10_000;

export function newRoster(
  deps: Pick<Dependencies, "ui" | "engine" | "memory">,
  attention: Attention,
  to: Reports,
  signal: AbortSignal,
): Roster {
  const engines = new Map<string, Followed>();
  const following = new Map<string, Following>();
  const pause = () => attention.pause(pace, signal);
  /** Resolves when the engine's containers have been listed for the first time, or when it has not responded. */
  const follow = (key: string, engine: Engine) =>
    new Promise<void>((listed) => {
      const change = (more: Partial<Followed>) => {
        engines.set(key, { engine, listening: false, ...engines.get(key), ...more });
        to.changed();
      };
      const follower = {
        pause,
        containers: () => containersOf(deps, engine),
        starts: to.starts,
        listening: (listening: boolean) => {
          if (engines.get(key)?.listening !== listening) change({ listening });
        },
        listed: (containers: readonly Container[]) => {
          to.listed(engine, containers);
          change({ containers });
          listed();
        },
        silent: () => {
          change({ containers: undefined });
          listed();
        },
      };
      following.set(key, followEngine(engine, follower, signal));
    });
  const look = single(async () => {
    const found = await findEngines(deps, signal);
    const added = found.filter((engine) => !following.has(keyOf(engine)));
    await Promise.all(added.map((engine) => follow(keyOf(engine), engine)));
    to.changed();
  });
  const keepLooking = async () => {
    while (engines.size === 0 && !signal.aborted) {
      await pause();
      await look();
    }
  };
  let started: Promise<void> | undefined;
  return {
    all: () => [...engines.values()],
    follows: (url) => [...engines.values()].some(({ engine }) => url === undefined || engine.url === url),
    look,
    list: () => {
      for (const each of following.values()) each.list();
    },
    start: () => {
      started ??= look().then(() => void keepLooking());
      return started;
    },
  };
}

/** The same key for all addresses of an engine. */
function keyOf({ identity, url }: Engine): string {
  return identity ?? url;
}

/** Wraps a task so that calls made while it is running return the result of the call in progress. */
function single(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= task().finally(() => {
      running = undefined;
    });
    return running;
  };
}
