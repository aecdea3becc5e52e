import { coalesced } from "../coalesced";
import type { Container, Engine } from "../ports";

/** What is reported of an engine that is followed, and how its containers are listed. */
export interface Follower {
  containers(): Promise<readonly Container[]>;
  listed(containers: readonly Container[]): void;
  /** The engine does not answer. */
  silent(): void;
  /** Its events are heard, or not any more. */
  listening(on: boolean): void;
  /** A container starts: what was known of its boot is past. */
  starts(id: string): void;
  /** Lasts until the engine may be asked again. */
  pause(): Promise<void>;
}

/** Milliseconds of events after which they are listened to again at once when they end. */
const lasting = 10_000;

/** Milliseconds from an event to the list that shows it: Docker sends some before its lists do (moby's daemon/unpause.go). */
const settling = 200;

export interface Following {
  /** Lists the containers again. */
  list(): void;
}

/**
 * Follows the containers of an engine by its events until the signal is aborted. Where there are none, and while the
 * engine does not answer, it is asked again after each pause.
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
  /** Whether events were heard so long that their end is nothing but a connection that was cut. */
  const listen = async () => {
    const began = Date.now();
    const heard: Parameters<Engine["follow"]>[0] = (change) => {
      to.listening(true);
      if (change?.starts) to.starts(change.id);
      void (change ? listSettled() : list());
    };
    // An engine that cannot do this, or is gone: the list shows which.
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
