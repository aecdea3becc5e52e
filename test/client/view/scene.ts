import { onTestFinished } from "vitest";
import type { Container, ContainerChange, Engine, Memory, Node, Ui } from "../../../client/src/ports";
import { type ContainersView, openContainers } from "../../../client/src/view/containers-view";
import type { RunningLens } from "../../../client/src/view/lenses";
import { placeOf, world } from "../world";

interface Given {
  readonly containers: Container[];
  readonly memory?: Memory;
  readonly engine?: Partial<Engine>;
  readonly ui?: Partial<Ui>;
}

/** The view over an engine whose events are sent by hand. `asked` counts what the engine is asked. */
export function scene({ containers, memory = {}, engine, ui }: Given) {
  const asked: string[] = [];
  const contexts: Record<string, boolean> = {};
  let changes = 0;
  let lenses: readonly string[] = [];
  const stream: { heard?: (change?: ContainerChange) => void; end?: () => void; fail?: boolean } = {};
  const state = { containers, gone: false, noEvents: false };
  const refusing = () => {
    if (state.gone) throw new Error("gone");
  };
  const it = world({
    memory,
    ui,
    engine: {
      containers: async () => {
        asked.push("list");
        refusing();
        return state.containers;
      },
      follow: async (heard, signal) => {
        asked.push("events");
        refusing();
        if (state.noEvents) throw new Error("no events");
        heard();
        stream.heard = heard;
        await new Promise<void>((resolve) => {
          stream.end = resolve;
          signal.addEventListener("abort", () => resolve());
        });
        stream.heard = undefined;
      },
      system: async ({ name }) => {
        asked.push(`units of ${name}`);
        return { state: "running", seconds: 1.5, units: [] };
      },
      ...engine,
    },
    find: (one) => {
      asked.push("find");
      return { places: [placeOf(one)] };
    },
  });
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const host = {
    changed: () => {
      changes++;
    },
    lenses: (shown: readonly RunningLens[]) => {
      lenses = shown.map(({ uri, service, title, command, node }) =>
        [service === undefined ? uri : `${uri}#${service}`, title, command, node.container.id].join(" "),
      );
    },
    context: (key: string, value: boolean) => {
      contexts[key] = value;
    },
  };
  const view = openContainers(it.deps, host, end.signal);
  return {
    ...it,
    view,
    asked,
    contexts,
    state,
    stream,
    changes: () => changes,
    /** The lenses of what runs: file and service, title, command and container. */
    lenses: () => lenses,
    /** The status bar, as it is shown now. */
    status: () => it.events.filter((event) => event.startsWith("status: ")).at(-1),
  };
}

/** The labels of what is below a node, with what is below those that are open. */
export async function shown(view: ContainersView, node?: Node): Promise<string[]> {
  const nodes = await view.children(node);
  const rows = nodes.map(async (each) => {
    const { label, description, children } = view.row(each);
    const below = children === "open" ? await shown(view, each) : [];
    return [[label, description].filter(Boolean).join(" | "), ...below.map((line) => `  ${line}`)];
  });
  return (await Promise.all(rows)).flat();
}

/** The first node of a kind. */
export async function first<K extends Node["kind"]>(
  view: ContainersView,
  kind: K,
  node?: Node,
): Promise<Extract<Node, { kind: K }>> {
  for (const each of await view.children(node)) {
    if (each.kind === kind) return each as Extract<Node, { kind: K }>;
    if (each.kind === "engine") return first(view, kind, each);
  }
  throw new Error(`there is no ${kind}`);
}
