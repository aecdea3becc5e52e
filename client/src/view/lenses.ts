import type { BootRecord, ContainerNode } from "../ports";
import { plain, type Text, type Translate, text } from "../text";
import { rows } from "../texts/rows";

/** A command about a container that runs, above the line that builds or starts it. */
export interface RunningLens {
  /** The file that the container was built from, or that has its service. */
  readonly uri: string;
  readonly service?: string;
  readonly title: Text;
  readonly command: "showBootReport" | "followJournal" | "openShell";
  readonly node: ContainerNode;
}

/** What is shown of the containers that run, from what is known of them already. */
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
    // A boot whose time is not known any more is not the last one.
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
