/**
 * Determines when something may be queried again: at slow intervals while the view is visible, or else when it
 * becomes visible again.
 */
export interface Attention {
  /** The view was shown or hidden. */
  seen(visible: boolean): void;
  visible(): boolean;
  /** Ends all pauses. */
  wake(): void;
  /** Waits for some time. If the view is hidden when the time is up, waits until it is shown again. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export function newAttention(): Attention {
  const waiting = new Set<() => void>();
  let visible = false;
  const wake = () => {
    for (const go of [...waiting]) go();
  };
  return {
    seen: (now) => {
      visible = now;
      if (now) wake();
    },
    visible: () => visible,
    wake,
    pause: (milliseconds, signal) =>
      new Promise((resolve) => {
        const go = () => {
          clearTimeout(timer);
          waiting.delete(go);
          signal.removeEventListener("abort", go);
          resolve();
        };
        const timer = setTimeout(() => visible && go(), milliseconds);
        waiting.add(go);
        signal.addEventListener("abort", go);
        if (signal.aborted) go();
      }),
  };
}
