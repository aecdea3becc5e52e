import type { ContainerSpec } from "../../container/spec";
import { renderCompose } from "../../surfaces/compose/render";
import { writeOthers } from "../../surfaces/compose/write-others";
import { pairLines } from "../../yaml/write";
import { type Rendered, unsaidOf } from "./rendered";

/**
 * A compose file with one service that starts the given container. Reading it returns the same spec, except for what
 * `unsaid` lists. Named volumes keep their names.
 */
export function composeFile(run: ContainerSpec, reference: string, stage: string): Rendered {
  const { systemd: _, others, ...rest } = run;
  const { keys, said } = writeOthers(others);
  const service = renderCompose({ ...rest, image: reference }, stage, keys);
  return {
    text: `${service}${volumesOf(run)}`,
    unsaid: unsaidOf(run, { ...rest, others: said }),
    notes: [],
  };
}

/** The top-level declarations that compose requires for the named volumes of the service. */
function volumesOf({ mounts }: ContainerSpec): string {
  const named = mounts.flatMap(({ type, source }) => (type === "volume" && source ? source : []));
  if (named.length === 0) return "";
  const volumes = Object.fromEntries(named.map((name) => [name, { name }]));
  return `${pairLines("volumes", volumes, 0, { keys: 2, dashes: 2 }).join("\n")}\n`;
}
