/** What a row wants of the figure of this project. */
export type Aim =
  /** At most so many times that of the first peer. */
  | { readonly ratio: number }
  /** At most so much, in the unit of the row. */
  | { readonly most: number }
  /** The most that it may be above the first peer, in the unit of the row. */
  | { readonly more: number };

/** What one program used, a figure for each round. */
export interface Side {
  readonly name: string;
  readonly figures: readonly number[];
}

/** A row of the table: what is measured, of this project and of what it is compared with, in rounds that took turns. */
export interface Row {
  readonly what: string;
  /** CPU time and memory depend little on what else the host does; time does. */
  readonly measure: "CPU" | "time" | "memory";
  readonly unit: "ms" | "s" | "MB" | "%";
  readonly ours: readonly number[];
  readonly peers?: readonly Side[];
  readonly aim?: Aim;
}

/** The figure below which a share of all lies; NaN for none. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(figures: readonly number[]): number {
  return quantile(figures, 0.5);
}

/** A figure over all rounds. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

export function spreadOf(figures: readonly number[]): Spread {
  return { median: median(figures), least: Math.min(...figures), most: Math.max(...figures) };
}

/** This project to a peer, round by round: what slows a round slows both. */
export function ratios(ours: readonly number[], peer: Side): Spread {
  return spreadOf(ours.map((figure, round) => figure / (peer.figures[round] ?? Number.NaN)));
}

/** The name of a row. */
export function titleOf({ what, measure }: Row): string {
  return `${what}: ${measure}`;
}

/** Whether the median over the rounds reaches the aim of a row; undefined without one. */
export function holds({ ours, peers: [first] = [], aim }: Row): boolean | undefined {
  if (!aim) return undefined;
  if ("most" in aim) return median(ours) <= aim.most;
  if (!first) return undefined;
  if ("ratio" in aim) return ratios(ours, first).median <= aim.ratio;
  return median(ours.map((figure, round) => figure - (first.figures[round] ?? Number.NaN))) <= aim.more;
}
