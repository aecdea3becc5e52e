import type { Container, ContainerNode, EngineNode, Node, Unit } from "../ports";
import { plain, type Text, type Translate, text } from "../text";
import { progress } from "../texts/progress";
import { rows } from "../texts/rows";

/** How a node is displayed. All text is plain, without Markdown. */
export interface Row {
  /** Stays the same for the same object, so that the node stays expanded and selected. */
  readonly id: string;
  readonly label: Text;
  readonly description?: Text;
  /** One text per line. */
  readonly tooltip: readonly Text[];
  /** A VS Code icon and theme color. */
  readonly icon?: { readonly name: string; readonly color?: string };
  /** The value that `when` clauses of menus test: `container.running`. */
  readonly context: string;
  readonly children: "none" | "folded" | "open";
}

/** The row for a node. `label` returns a file's path for display. */
export function rowOf(t: Translate, node: Node, label: (uri: string) => string): Row {
  const { url } = node.engine;
  switch (node.kind) {
    case "engine":
      return engineRow(t, node);
    case "others":
      return {
        id: `${url} others`,
        label: rows.otherWorkspaces(t),
        description: plain(String(node.containers.length)),
        tooltip: [rows.fromOtherWorkspaces(t)],
        context: "others",
        children: "folded",
      };
    case "container":
      return containerRow(t, node, label);
    case "unit":
      return unitRow(`${url} ${node.container.id}`, node.unit);
    case "note":
      return {
        id: `${url} ${node.container.id} note`,
        label: node.text,
        tooltip: [node.text],
        context: "note",
        children: "none",
      };
  }
}

function engineRow(t: Translate, { engine: { url, name }, containers }: EngineNode): Row {
  const silent = {
    icon: { name: "circle-slash" },
    description: rows.notResponding(t),
    context: "engine.silent",
  };
  const empty = { icon: { name: "vm" }, description: rows.noContainers(t), context: "engine" };
  const full = { icon: { name: "vm" }, description: plain(url), context: "engine" };
  return {
    id: url,
    label: plain(name),
    tooltip: [plain(name), plain(url)],
    children: containers && containers.length > 0 ? "open" : "none",
    ...(containers === undefined ? silent : containers.length === 0 ? empty : full),
  };
}

function containerRow(t: Translate, node: ContainerNode, label: (uri: string) => string): Row {
  const { engine, container, seconds } = node;
  const { id, name, running, image, uri, ports = [] } = container;
  const published = ports.map(({ inside, port }) => `${inside} → ${port}`).join(", ");
  const state = stateText(t, node);
  const booted = running && seconds !== undefined ? rows.bootedIn(t, seconds.toFixed(1)) : undefined;
  return {
    id: `${engine.url} ${id}`,
    label: plain(name),
    description: joined(state, booted, image === undefined ? undefined : plain(image)),
    tooltip: [
      plain(name),
      ...lines(state, booted),
      ...lines(
        published && rows.ports(t, published),
        image && rows.image(t, image),
        uri && rows.file(t, label(uri)),
        rows.id(t, id.slice(0, 12)),
      ),
    ],
    icon: containerIcon(node),
    context: running ? "container.running" : "container.stopped",
    children: running ? "folded" : "none",
  };
}

/** The state from systemd if it was queried, or else that from the engine. */
function stateText(t: Translate, { container, system }: ContainerNode): Text {
  const { running, status = "", state = running ? "running" : "exited" } = container;
  if (!running) {
    // The engine's status text also includes how long ago the container exited, which is left out.
    const code = /^exited \((\d+)\)/i.exec(status)?.[1];
    return plain(code === undefined ? state : `${state} (${code})`);
  }
  const failed = system?.units.filter(({ active }) => active === "failed").length ?? 0;
  const now = plain(system?.state ?? state);
  return failed > 0 ? text`${now}, ${rows.failed(t, failed)}` : now;
}

/**
 * The icon is colored only if systemd was queried, because a container also counts as running if systemd is degraded.
 */
function containerIcon({ container, system }: ContainerNode): Row["icon"] {
  if (container.state === "paused") return { name: "debug-pause" };
  if (!container.running) return { name: "vm-outline" };
  switch (system?.state) {
    case undefined:
      return { name: "vm-running" };
    case "running":
      return { name: "vm-running", color: "testing.iconPassed" };
    case "starting":
    case "initializing":
      return { name: "sync~spin" };
    default:
      return { name: "warning", color: "list.warningForeground" };
  }
}

/** The row for a unit. The icon repeats the state, which is also shown as text. */
function unitRow(container: string, { name, active, sub, description }: Unit): Row {
  const state = plain(`${active} (${sub})`);
  return {
    id: `${container} ${name}`,
    label: plain(name),
    description: state,
    tooltip: lines(plain(name), state, description && plain(description)),
    icon: unitIcons[active] ?? { name: "sync~spin" },
    context: active === "inactive" || active === "failed" ? "unit.stopped" : "unit.active",
    children: "none",
  };
}

/** Other states are transitions: `activating`, `deactivating`, `reloading`. */
const unitIcons: Readonly<Record<string, Row["icon"]>> = {
  active: { name: "circle-filled", color: "testing.iconPassed" },
  inactive: { name: "circle-outline" },
  failed: { name: "error", color: "testing.iconFailed" },
};

function lines(...texts: (Text | "" | undefined)[]): Text[] {
  return texts.filter((each): each is Text => each !== undefined && each !== "");
}

function joined(...texts: (Text | undefined)[]): Text {
  const [first = text``, ...rest] = lines(...texts);
  return rest.reduce((all, each) => text`${all} · ${each}`, first);
}

/** What the status bar shows about running containers; undefined if there are none. */
export function statusOf(t: Translate, running: readonly Container[], engines: readonly string[]) {
  if (running.length === 0) return undefined;
  const names = running.map(({ name }) => name).join(", ");
  const on = engines.join(", ");
  return running.length === 1
    ? { icon: "vm-running", text: plain(names), detail: progress.isRunning(t, names, on) }
    : {
        icon: "vm-running",
        text: progress.containers(t, running.length),
        detail: progress.areRunning(t, names, on),
      };
}
