import { cpus, loadavg, totalmem } from "node:os";
import { type Aim, holds, type Row, ratios, spreadOf, titleOf } from "./figures";
import { peers } from "./peers";

/** The page of all rows. */
export function page(rows: readonly Row[], rounds: number): string {
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  return `# Benchmarks

\`npm run bench\` writes this page. It measures the shipped bundles alongside comparable tools. In each of ${rounds} rounds all
tools take turns, so ratios depend little on the host and its load. A figure is the median over the rounds, with minimum and
maximum. A ratio compares this project with the other tool in the same round. CPU time covers the whole process with all
its threads.

- Measured on ${new Date().toISOString().slice(0, 10)}, Node.js ${process.version.slice(1)}, ${machine()}.
- Compared with ${versions.join(", ")}.

${table(rows)}`;
}

/** What the figures depend on. */
export function machine(): string {
  const [processor] = cpus();
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory`;
  const load = loadavg().map((one) => one.toFixed(1));
  return `${process.platform} ${process.arch}, ${cpus().length} × ${processor?.model.trim()}, ${memory}, load ${load.join(" ")}`;
}

/** The rows as a table of Markdown. */
export function table(rows: readonly Row[]): string {
  const head = ["What", "Systemd Containers", "Other", "Ratio", "Goal", "Met"];
  const lines = [head, head.map(() => "---"), ...rows.flatMap(cellsOf)];
  return lines.map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

/** A line for each peer; only the first one is the measure of the aim. */
function cellsOf(row: Row): string[][] {
  const { ours, unit, peers = [], aim } = row;
  const what = titleOf(row);
  const own = `${spread(ours)} ${unit}`;
  const verdict = { true: "yes", false: "**no**", undefined: "" }[`${holds(row)}`];
  const judged = [aim ? aimOf(aim, row) : "", verdict ?? ""];
  if (peers.length === 0) return [[what, own, "", "", ...judged]];
  return peers.map((peer, index) => {
    const first = index === 0 ? [what, own] : ["", ""];
    const ratio = spread([], ratios(ours, peer));
    return [
      ...first,
      `${peer.name}: ${spread(peer.figures)} ${unit}`,
      ratio,
      ...(index === 0 ? judged : ["", ""]),
    ];
  });
}

function aimOf(aim: Aim, { unit, peers: [first] = [] }: Row): string {
  if ("ratio" in aim) return `≤ ${aim.ratio} ×`;
  if ("most" in aim) return `≤ ${aim.most} ${unit}`;
  return `≤ ${first?.name} + ${aim.more} ${unit}`;
}

function spread(figures: readonly number[], { median, least, most } = spreadOf(figures)): string {
  if (figures.length === 1) return digits(median);
  return `${digits(median)} (${digits(least)}–${digits(most)})`;
}

/** Three digits that count. */
function digits(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure >= 10 ? figure.toFixed(1) : figure.toFixed(2);
}
