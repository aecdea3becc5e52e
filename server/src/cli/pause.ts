/** Waits 20 ms, for a non-blocking pipe or terminal that has no data yet or does not accept any yet. */
export function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
}
