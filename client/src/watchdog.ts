/** The time without an answer after which a server is taken to hang, in milliseconds, and how often it is looked at. */
const patience = 20_000;
const looks = 4;

/** What a watchdog needs of the world. Tests pass a fake clock. */
export interface Watched {
  /** Resolves when the server answers; rejects where there is none to answer. */
  ping(): Promise<unknown>;
  /** Ends a server that hangs; another is started. `file` is the URI of what it was linting. */
  end(file: string | undefined): void;
  /** Calls back after so many milliseconds; returns what prevents it. */
  after(milliseconds: number, then: () => void): () => void;
}

export interface Watchdog {
  /** Something was sent to the server. The first of many asks for a sign of life. */
  sent(): void;
  /** The server reports which file it lints from now on. */
  linting(uri: string | undefined): void;
  /** Files that a server did not come back from linting, as URIs. A server that lints one again takes it off. */
  stalled(): readonly string[];
  dispose(): void;
}

/**
 * Ends a server that has not answered for 20 s. A server has one thread, so while it computes it answers nothing;
 * a time limit inside it would not work.
 */
export function openWatchdog({ ping, end, after }: Watched): Watchdog {
  const stalled = new Set<string>();
  let file: string | undefined;
  let stop: (() => void) | undefined;
  let again = false;

  const watch = () => {
    again = false;
    let missed = 0;
    let answered = false;
    // Several looks, not one: a host that slept wakes up with its timers due and no answer read.
    const look = () => {
      if (answered) {
        stop = undefined;
        if (again) watch();
        return;
      }
      missed++;
      if (missed < looks) {
        stop = after(patience / looks, look);
        return;
      }
      stop = undefined;
      if (file !== undefined) stalled.add(file);
      end(file);
      file = undefined;
    };
    stop = after(patience / looks, look);
    const settle = () => {
      answered = true;
    };
    ping().then(settle, settle);
  };

  return {
    sent: () => {
      if (stop) again = true;
      else watch();
    },
    linting: (uri) => {
      file = uri;
      if (uri !== undefined) stalled.delete(uri);
    },
    stalled: () => [...stalled],
    dispose: () => stop?.(),
  };
}
