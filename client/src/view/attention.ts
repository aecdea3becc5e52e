/** When something may be asked again: slowly while a person looks, else when a person comes back to it. */
export interface Attention {
  /** The view was shown or hidden. */
  seen(visible: boolean): void;
  visible(): boolean;
  /** Ends every pause. */
  wake(): void;
  /** Lasts for some time in which the view is visible; until it is shown again where it was hidden then. */
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
