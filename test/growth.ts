/** Microseconds of this process's own time below which a measurement is repeated: less is noise. */
const enough = 20_000;

/**
 * How the cost of work grows with its size: 1 where twice the size costs twice as much, 2 where it costs four times
 * as much, 0 where it costs the same. Compares the processor time of this process, the least of three runs each, so that
 * neither the host nor what else it does counts. What disturbs a comparison (a collection, a compilation) makes it look
 * steeper, and work that is steep is so in every one: where it is not below the limit, it is compared again, three times
 * at most.
 */
export function growth<T>(
  make: (size: number) => T,
  work: (input: T) => unknown,
  small: number,
  large: number,
  limit: number,
): number {
  const [little, much] = [make(small), make(large)];
  // What runs for the first time is compiled.
  work(little);
  const compare = () => Math.log(cost(much, work) / cost(little, work)) / Math.log(large / small);
  let least = compare();
  for (let again = 0; again < 3 && least >= limit; again++) least = Math.min(least, compare());
  return least;
}

function cost<T>(input: T, work: (input: T) => unknown): number {
  return Math.min(...Array.from({ length: 3 }, () => once(input, work)));
}

function once<T>(input: T, work: (input: T) => unknown): number {
  const started = process.cpuUsage();
  for (let runs = 1; ; runs++) {
    work(input);
    const { user } = process.cpuUsage(started);
    if (user >= enough) return user / runs;
  }
}
