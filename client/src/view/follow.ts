import { coalesced } from "../coalesced";
import type { Container, Engine } from "../ports";

/** How to list the containers of a followed engine, and the callbacks for its changes. */
export interface Follower {
  containers(): Promise<readonly Container[]>;
  listed(containers: readonly Container[]): void;
  /** The engine does not respond. */
  silent(): void;
  /** Its events are being received, or no longer are. */
  listening(on: boolean): void;
  /** A container is starting, so the details of its previous boot are outdated. */
  starts(id: string): void;
  /** Waits until the engine may be queried again. */
  pause(): Promise<void>;
}

/**
 * If the event stream stayed open for at least this many milliseconds, the subscription is renewed as soon as it ends.
 */
const lasting = 10_000;

/**
 * Milliseconds from an event until the containers are listed. Docker sends some events before its list shows the
 * change (moby's daemon/unpause.go).
 */
const settling = 200;

export interface Following {
  /** Lists the containers again. */
  list(): void;
}

/**
 * Uses an engine's events to follow its containers until the signal is aborted. If the engine does not provide events
 * or does not respond, it is queried again after each pause.
 */
export function followEngine(engine: Engine, to: Follower, signal: AbortSignal): Following {
  const list = coalesced(async () => {
    try {
      const containers = await to.containers();
      if (!signal.aborted) to.listed(containers);
      return true;
    } catch {
      if (!signal.aborted) to.silent();
      return false;
    }
  });
  const listSettled = coalesced(async () => {
    await new Promise((done) => setTimeout(done, settling));
    if (!signal.aborted) await list();
  });
  /** Receives events until they end. True if they lasted so long that the connection was probably just cut off. */
  const listen = async () => {
    const began = Date.now();
    const heard: Parameters<Engine["follow"]>[0] = (change) => {
      to.listening(true);
      if (change?.starts) to.starts(change.id);
      void (change ? listSettled() : list());
    };
    // Either the engine does not support this or it is gone. The next list shows which.
    await engine.follow(heard, signal).catch(() => undefined);
    to.listening(false);
    return Date.now() - began >= lasting;
  };
  const go = async () => {
    for (let isCut = true; !signal.aborted; ) {
      const answers = await list();
      if (!answers || !isCut) await to.pause();
      isCut = !answers || (!signal.aborted && (await listen()));
    }
  };
  void go();
  return { list: () => void list() };
}
