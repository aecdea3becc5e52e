import { flagGroups, readFlag, words } from "../../../server/src/core/container/flags";
import { bareSpec, type ContainerSpec } from "../../../server/src/core/container/spec";
import { displayCommand } from "../../../server/src/core/plan/render/command";
import { runFlags } from "../../../server/src/core/surfaces/quadlet/write";
import { asRead } from "../container/as-read";

/** What is left of a run without what a text does not say; as its command line is read back. */
export function without(run: ContainerSpec, unsaid: readonly string[]): ContainerSpec {
  const groups = flagGroups(run);
  const kept = runFlags(run).filter((_, at) => !unsaid.includes(displayCommand(groups[at] ?? [])));
  const { image } = asRead(run);
  const isSaid = !unsaid.includes(displayCommand(words(run)));
  return {
    ...kept.reduce((said, { name, value }) => readFlag(said, name, value), bareSpec),
    ...(image !== undefined && !unsaid.includes(displayCommand([image])) && { image }),
    ...(isSaid && words(run).length > 0 && { command: { words: words(run) } }),
  };
}

/** Runs that say the same are equal: without keys that are not set, and with the items of lists in one order. */
export function unordered(spec: ContainerSpec): unknown {
  const sorted = (value: unknown) =>
    Array.isArray(value) ? value.map((item) => JSON.stringify(ordered(item))).sort() : value;
  const { others = {}, ...rest } = spec;
  const all = Object.entries(rest).filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(all.map(([key, value]) => [key, sorted(value)])),
    others: Object.fromEntries(Object.entries(others).map(([key, values]) => [key, sorted(values)])),
  };
}

function ordered(item: unknown): unknown {
  return typeof item === "object" && item !== null ? Object.entries(item).sort() : item;
}
