/** Waits 20 ms, for a pipe or terminal that does not block and has nothing to give or takes nothing yet. */
export function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
}
