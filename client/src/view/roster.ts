import { containersOf } from "../flows/containers";
import type { Container, Dependencies, Engine } from "../ports";
import type { Attention } from "./attention";
import { findEngines } from "./engines";
import { type Following, followEngine } from "./follow";
import type { Followed } from "./nodes";

/** The engines that are followed. */
export interface Roster {
  all(): readonly Followed[];
  /** Whether one is followed: that of an address, or any. */
  follows(url?: string): boolean;
  /** Looks for engines until there is one. Resolves when the first look is over and what it found was listed. */
  start(): Promise<void>;
  /** Looks for engines that are not followed yet. */
  look(): Promise<void>;
  /** Lists all containers again. */
  list(): void;
}

/** What is reported. */
interface Reports {
  listed(engine: Engine, containers: readonly Container[]): void;
  /** A container starts: what was known of its boot is past. */
  starts(id: string): void;
  changed(): void;
}

/** Milliseconds until an engine that does not answer, or has no events, is asked again. */
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
  /** Resolves when the engine was listed once, or did not answer. */
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

/** Two ways to one engine have it in common. */
function keyOf({ identity, url }: Engine): string {
  return identity ?? url;
}

/** A task that is not begun again while it runs. */
function single(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= task().finally(() => {
      running = undefined;
    });
    return running;
  };
}
