import type { BootRecord, ContainerNode } from "../ports";
import { plain, type Text, type Translate, text } from "../text";
import { rows } from "../texts/rows";

/** A command for a running container, shown above the line that builds or starts it. */
export interface RunningLens {
  /** The file that the container was built from or that defines its service. */
  readonly uri: string;
  readonly service?: string;
  readonly title: Text;
  readonly command: "showBootReport" | "followJournal" | "openShell";
  readonly node: ContainerNode;
}

/** The lenses for running containers, based only on data that is already available. */
export function runningLenses(
  t: Translate,
  nodes: readonly ContainerNode[],
  boots: readonly BootRecord[] = [],
): RunningLens[] {
  return nodes.flatMap((node) => {
    const { container, system, seconds } = node;
    const { id, uri, service, running, state = "running" } = container;
    if (!running || uri === undefined) return [];
    const lens = (title: Text, command: RunningLens["command"]): RunningLens => ({
      uri,
      service,
      title,
      command,
      node,
    });
    // If the duration of the boot is unknown, the recorded boot is not the most recent one.
    const boot = seconds === undefined ? undefined : boots.find((each) => each.container.id === id)?.report;
    const failed = system?.units.filter(({ active }) => active === "failed") ?? boot?.failed ?? [];
    const now = plain(system?.state ?? boot?.state ?? state);
    const time = seconds === undefined ? undefined : rows.seconds(t, seconds.toFixed(1));
    return [
      lens(time === undefined ? now : text`${now} · ${time}`, "showBootReport"),
      ...(failed.length > 0 ? [lens(rows.unitsFailed(t, failed.length), "showBootReport")] : []),
      lens(rows.journal(t), "followJournal"),
      lens(rows.shell(t), "openShell"),
    ];
  });
}
