import type { SeenImage } from "../../../server/src/protocol";
import { coalesced } from "../coalesced";
import type { Dependencies, Engine, ImageStore, Inspection, Server } from "../ports";
import { inspection as texts } from "../texts/inspection";
import { wordsOf } from "./failure";
import { findEngines } from "./find-engines";

/** How many image names are kept. While a name is being typed, each version of it counts. */
const mostNames = 200;

/** Seconds after which the inspection of an image is abandoned. */
const patience = 30;

/**
 * Milliseconds until a failed engine is tried again, and until the user's next return to the window has an effect.
 */
const pace = 10_000;

/** Milliseconds without events after which a burst of them is over. */
const burst = 500;

/** What inspecting images needs. */
export interface InspectionParts extends Pick<Dependencies, "ui" | "engine" | "memory" | "clock"> {
  readonly server: Pick<Server, "seenImage">;
  readonly store: ImageStore;
  /** Whether the settings and workspace trust allow it. */
  enabled(): boolean;
}

/**
 * Inspects the images that the server requests, if the engine has them, and again when an engine event shows that
 * images changed. Uses the engine that was selected for this workspace, or else the only one that responds. An image
 * that was inspected before is only looked up by its name. Problems are written to the output channel and are
 * otherwise ignored.
 */
export function openInspection(parts: InspectionParts, end: AbortSignal): Inspection {
  const { server, clock, store } = parts;
  /** For each name, the ID of the image that was last reported to the server. */
  const told = new Map<string, string | undefined>();
  const stale = new Set<string>();
  const say = openOnce(parts);
  const connection = openConnection(parts, end, say, () => again());

  const tell = async (reference: string, image?: SeenImage) => {
    const before = told.get(reference);
    told.set(reference, image?.id);
    if (before !== image?.id) await server.seenImage({ reference, image: image ?? null });
  };
  const inspect = async (engine: Engine, reference: string, signal: AbortSignal) => {
    const id = await engine.imageId(reference, signal);
    if (id === told.get(reference)) return;
    const known = id === undefined ? undefined : await store.read(id);
    const image = known ?? (id && (await engine.look(reference, signal)).image);
    if (image && image !== known) await store.write(image);
    await tell(reference, image || undefined);
  };
  const drain = coalesced(async () => {
    const names = [...stale];
    stale.clear();
    const engine = parts.enabled() ? await connection.engine() : undefined;
    for (const reference of names) {
      if (end.aborted) return;
      if (!parts.enabled()) await tell(reference);
      else if (
        !engine ||
        !(await connection.tries(reference, (signal) => inspect(engine, reference, signal)))
      )
        return;
    }
  });
  // A server that is not running requests the images again when it starts.
  const run = () => void drain().catch(() => undefined);
  const again = () => {
    for (const reference of told.keys()) stale.add(reference);
    run();
  };
  let returned = clock.now();
  return {
    asked: (reference) => {
      told.delete(reference);
      told.set(reference, undefined);
      for (const oldest of told.keys()) if (told.size > mostNames) told.delete(oldest);
      stale.add(reference);
      run();
    },
    again: () => {
      connection.retry();
      again();
    },
    returned: () => {
      if (clock.now() - returned < pace) return;
      returned = clock.now();
      again();
    },
  };
}

/** The connection to the engine, which is opened when it is first needed. */
interface EngineConnection {
  /** Undefined if there is no engine, or if it failed a moment ago. */
  engine(): Promise<Engine | undefined>;
  /** Runs a task within the time limit. If the engine is unusable, writes the reason and returns false. */
  tries(reference: string, task: (signal: AbortSignal) => Promise<void>): Promise<boolean>;
  /** Another engine may have been selected. */
  retry(): void;
}

function openConnection(
  parts: InspectionParts,
  end: AbortSignal,
  say: (text: string) => void,
  changed: () => void,
): EngineConnection {
  const { ui, memory, clock } = parts;
  let current: { readonly engine: Engine; readonly closed: AbortController } | undefined;
  let failed = Number.NEGATIVE_INFINITY;
  const drop = () => {
    current?.closed.abort();
    current = undefined;
  };
  const open = async () => {
    const engines = await withinTime(end, (signal) =>
      findEngines(parts, signal, (error) => say(texts.noEngine(ui.t, wordsOf(ui.t, error).message))),
    );
    const chosen = memory.engine?.url;
    const [first, ...others] = engines.filter(({ url }) => chosen === undefined || url === chosen);
    if (!first || others.length > 0) return undefined;
    const closed = new AbortController();
    current = { engine: first, closed };
    follow(first, changed, AbortSignal.any([end, closed.signal])).then(() => {
      if (current?.closed === closed) drop();
    });
    return first;
  };
  return {
    engine: async () => {
      if (current) return current.engine;
      if (clock.now() - failed < pace) return undefined;
      const engine = await open().catch(() => undefined);
      if (!engine) failed = clock.now();
      return engine;
    },
    tries: async (reference, task) => {
      try {
        await withinTime(end, task);
        return true;
      } catch (error) {
        if (end.aborted) return false;
        const late = error === overdue;
        const why = late ? texts.late(ui.t, patience) : wordsOf(ui.t, error).message;
        say(texts.failed(ui.t, reference, why));
        const isOfUse = !late && !gone.has((error as { code?: string }).code ?? "");
        if (isOfUse) return true;
        drop();
        failed = clock.now();
        return false;
      }
    },
    retry: () => {
      failed = Number.NEGATIVE_INFINITY;
      if (current && memory.engine && memory.engine.url !== current.engine.url) drop();
    },
  };
}

/** The codes of faults that concern the engine instead of a single image. */
const gone: ReadonlySet<string> = new Set(["no-engine", "permission", "not-running", "engine-gone"]);

/** Resolves when the engine's event stream has ended. */
async function follow(engine: Engine, changed: () => void, signal: AbortSignal): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(changed, burst);
  };
  await engine.followImages(heard, signal).catch(() => undefined);
  clearTimeout(timer);
}

const overdue = new Error("overdue");

/**
 * Runs a task with a time limit. When the limit is reached, the task's signal is aborted, but a task that ignores the
 * signal is not awaited.
 */
function withinTime<T>(end: AbortSignal, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const signal = AbortSignal.any([end, limit.signal]);
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => limit.abort(overdue), patience * 1000);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    task(signal)
      .then(resolve, (error) => reject(limit.signal.aborted ? overdue : error))
      .finally(() => clearTimeout(timer));
  });
}

/** Returns a function that writes each line to the output channel once. */
function openOnce({ ui }: Pick<InspectionParts, "ui">): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (!said.has(text)) ui.print(`${text}\n`);
    said.add(text);
  };
}
