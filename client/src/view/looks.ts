import type { Container, Engine, System } from "../ports";
import type { Attention } from "./attention";

/** The result of querying systemd in a container. */
export type Look = { readonly system: System } | { readonly error: unknown };

/** The results for the containers whose units are shown. Other containers are not queried. */
export interface Looks {
  /** The last result. */
  of(container: Container): Look | undefined;
  /** The last result. If there is none, systemd is queried. */
  into(engine: Engine, container: Container): Promise<Look>;
  /** Called when the units of a container are no longer shown or the container starts again. */
  forget(id: string): void;
  /** Forgets an engine's containers that are not running. */
  prune(engine: Engine, containers: readonly Container[]): void;
  /** Repeats the queries for all containers whose units are shown or, if the view is hidden, forgets these containers. */
  again(): void;
}

/**
 * Milliseconds until systemd is queried again while it is starting. Each pause is twice as long as the previous one;
 * after a pause of `lastPause`, the queries end.
 */
const firstPause = 1_000;
const lastPause = 32_000;

interface Watched {
  readonly engine: Engine;
  readonly container: Container;
  readonly end: AbortController;
  look?: Look;
  asking?: Promise<Look>;
  /** The length of the next pause while systemd is starting; `pausing` is set during a pause. */
  pause: number;
  pausing?: boolean;
}

/** `changed` is called when there is a new result to show. */
export function newLooks(attention: Attention, changed: () => void): Looks {
  const watched = new Map<string, Watched>();
  const ask = (one: Watched): Promise<Look> => {
    one.asking ??= lookInto(one).then((look) => {
      one.asking = undefined;
      if (one.end.signal.aborted) return look;
      one.look = look;
      changed();
      if (isStarting(look)) void askLater(one);
      return look;
    });
    return one.asking;
  };
  const askLater = async (one: Watched) => {
    const { pause, end } = one;
    if (one.pausing || pause > lastPause) return;
    one.pausing = true;
    one.pause = 2 * pause;
    await attention.pause(pause, end.signal);
    one.pausing = false;
    if (!end.signal.aborted) await ask(one);
  };
  const forget = (id: string) => {
    watched.get(id)?.end.abort();
    watched.delete(id);
  };
  return {
    of: ({ id }) => watched.get(id)?.look,
    into: async (engine, container) => {
      const known = watched.get(container.id);
      if (known) return known.look ?? ask(known);
      const one: Watched = { engine, container, end: new AbortController(), pause: firstPause };
      watched.set(container.id, one);
      return ask(one);
    },
    forget,
    prune: (engine, containers) => {
      for (const [id, one] of watched) {
        const runs = containers.some((container) => container.id === id && container.running);
        if (one.engine === engine && !runs) forget(id);
      }
    },
    again: () => {
      for (const [id, one] of watched) {
        if (attention.visible()) void ask(one);
        else forget(id);
      }
    },
  };
}

function lookInto({ engine, container }: Watched): Promise<Look> {
  return engine.system(container).then(
    (system) => ({ system }),
    (error: unknown) => ({ error }),
  );
}

function isStarting(look: Look): boolean {
  return "system" in look && ["starting", "initializing", undefined].includes(look.system.state);
}
