/**
 * The number of milliseconds without a response after which a server is considered hung, and how often it is checked
 * in that time.
 */
const patience = 20_000;
const looks = 4;

/** What a watchdog needs from outside. Tests pass a fake clock. */
export interface Watched {
  /** Resolves when the server responds; rejects if there is no server. */
  ping(): Promise<unknown>;
  /** Ends a server that hangs; another one is then started. `file` is the URI of the file that it was linting. */
  end(file: string | undefined): void;
  /** Calls `then` after this many milliseconds. Returns a function that cancels the call. */
  after(milliseconds: number, then: () => void): () => void;
}

export interface Watchdog {
  /**
   * Called when something was sent to the server. Pings the server, or pings it again once the pending ping is over.
   */
  sent(): void;
  /** Called when the server reports which file it starts to lint. */
  linting(uri: string | undefined): void;
  /**
   * The URIs of the files that a server was linting when it hung. When a server starts to lint one of them again, it
   * is removed from this list.
   */
  stalled(): readonly string[];
  dispose(): void;
}

/**
 * Ends a server that has not responded for 20 s. Because the server has a single thread, it cannot respond during a
 * computation, and a time limit inside the server would not work.
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
    // Several checks instead of one: after the host wakes up from sleep, the timers are already due although no
    // response has been read.
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
