import { wordsOf } from "../flows/failure";
import { markStale, markStarted } from "../flows/report";
import type { Container, ContainerNode, Dependencies, Engine, Node } from "../ports";
import { plain } from "../text";
import { newAttention } from "./attention";
import { newBlames } from "./blames";
import { runningLenses } from "./lenses";
import { newLooks } from "./looks";
import { containerNodes, engineNodes, type Known, unitNodes, withKnown } from "./nodes";
import { newRoster } from "./roster";
import { type Row, rowOf } from "./rows";
import { type Host, newBoots, showFollowed } from "./show";

/** The content of the containers view, and the handlers of its events. */
export interface ContainersView {
  children(node?: Node): Promise<readonly Node[]>;
  row(node: Node): Row;
  seen(visible: boolean): void;
  /** A node was collapsed. */
  folded(node: Node): void;
  used(): void;
  refresh(): void;
}

/** Opens the view. No engine is queried until the view needs data. Aborting the signal stops all queries. */
export function openContainers(
  deps: Pick<Dependencies, "ui" | "engine" | "memory">,
  host: Host,
  signal: AbortSignal,
): ContainersView {
  const { ui, memory } = deps;
  const isOwn = ({ uri }: Container) => uri === undefined || ui.inWorkspace(uri);
  const attention = newAttention();
  const show = () => {
    const nodes = roster.all().flatMap(({ engine, containers = [] }) => withKnown(engine, containers, known));
    host.lenses(runningLenses(ui.t, nodes, memory.boots));
    host.changed();
  };
  const looks = newLooks(attention, show);
  const boots = newBoots(memory);
  const changed = () => {
    showFollowed(deps, host, roster.all(), isOwn);
    show();
  };
  const blames = newBlames(deps);
  const starts = (id: string) => {
    boots.forget(id);
    looks.forget(id);
    markStarted(deps, id);
  };
  const listed = (engine: Engine, containers: readonly Container[]) => {
    looks.prune(engine, containers);
    blames(engine, containers);
    markStale(deps, engine, containers);
  };
  const roster = newRoster(deps, attention, { changed, starts, listed }, signal);
  const known = (container: Container): Known => {
    const look = looks.of(container);
    const system = look && "system" in look ? look.system : undefined;
    return { system, seconds: boots.of(container) };
  };
  const children = (node: Node | undefined): readonly Node[] | Promise<readonly Node[]> => {
    switch (node?.kind) {
      case undefined:
        return engineNodes(roster.all());
      case "engine":
        return containerNodes(node, isOwn, known);
      case "others":
        return withKnown(node.engine, node.containers, known);
      case "container":
        return unitsIn(node, deps, looks, boots);
      default:
        return [];
    }
  };
  return {
    children: async (node) => {
      await roster.start();
      return children(node);
    },
    row: (node) => rowOf(ui.t, node, ui.label),
    seen: (visible) => {
      attention.seen(visible);
      if (visible) return roster.list();
      looks.again();
      show();
    },
    folded: (node) => {
      if (node.kind === "container") looks.forget(node.container.id);
    },
    used: () => {
      void roster.start();
      if (!roster.follows(memory.engine?.url)) void roster.look();
      attention.wake();
      looks.again();
      changed();
    },
    refresh: () => {
      void roster.start().then(roster.look);
      roster.list();
      attention.wake();
      looks.again();
    },
  };
}

/** The units of a container, or a note if systemd does not respond in it. */
async function unitsIn(
  node: ContainerNode,
  { ui, memory }: Pick<Dependencies, "ui" | "memory">,
  looks: ReturnType<typeof newLooks>,
  boots: ReturnType<typeof newBoots>,
): Promise<readonly Node[]> {
  const { engine, container } = node;
  const look = await looks.into(engine, container);
  if ("error" in look) {
    return [{ kind: "note", engine, container, text: plain(wordsOf(ui.t, look.error).message) }];
  }
  const { seconds } = look.system;
  // The duration of a boot that was watched takes precedence.
  if (seconds !== undefined && boots.of(container) === undefined) boots.set(container.id, seconds);
  return unitNodes(ui.t, node, look.system, memory.unitFilter ?? {});
}
