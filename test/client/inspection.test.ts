import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { openInspection } from "../../client/src/flows/inspect-images";
import type { Engine, Memory, Ui } from "../../client/src/ports";
import { faultWords } from "../../client/src/texts/faults";
import { inspection as texts } from "../../client/src/texts/inspection";
import type { SeenImage } from "../../server/src/protocol";
import type { SeenImageParams } from "../../server/src/seen-protocol";
import { english } from "./english";
import { fault, placeOf, someLook, world } from "./world";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

interface Given {
  readonly engine?: Partial<Engine>;
  readonly others?: readonly string[];
  readonly noEngine?: Error;
  readonly memory?: Memory;
  readonly ui?: Partial<Ui>;
}

const image = (id: string): SeenImage => ({ ...someLook.image, id });

/** An engine that has images by name, and all that is asked of it and told to the server and the user. */
function scene({ engine: own, others = [], noEngine, memory, ui }: Given = {}) {
  const images = new Map<string, string>();
  const calls: string[] = [];
  const told: string[] = [];
  const kept = new Map<string, SeenImage>();
  const printed: string[] = [];
  const state = { enabled: true, now: 0, searches: 0, heard: () => {}, cut: () => {} };
  const made = world({
    noEngine,
    memory,
    ui: { print: (text) => void printed.push(text.trimEnd()), ...ui },
    engine: {
      imageId: async (reference) => {
        calls.push(`id of ${reference}`);
        return images.get(reference);
      },
      look: async (reference) => {
        calls.push(`look into ${reference}`);
        return { ...someLook, image: image(images.get(reference) ?? "") };
      },
      followImages: (heard, signal) =>
        new Promise((end) => {
          Object.assign(state, { heard, cut: end });
          signal.addEventListener("abort", () => end());
        }),
      ...own,
    },
    find: (engine) => {
      state.searches++;
      return { places: [engine, ...others.map((url) => ({ ...engine, url }))].map(placeOf) };
    },
  });
  const end = new AbortController();
  onTestFinished(() => end.abort());
  const inspection = openInspection(
    {
      ...made.deps,
      clock: { now: () => state.now },
      server: {
        seenImage: async ({ reference, image: seen }: SeenImageParams) =>
          void told.push(`${reference} ${seen?.id ?? "none"}`),
      },
      store: { read: async (id) => kept.get(id), write: async (each) => void kept.set(each.id, each) },
      enabled: () => state.enabled,
    },
    end.signal,
  );
  const settled = () => vi.advanceTimersByTimeAsync(1);
  const take = (list: string[]) => list.splice(0);
  return { inspection, images, calls, told, kept, printed, state, settled, take, events: made.events };
}

test("an image that the engine has is inspected once, whatever its names, and one that it lacks is not", async () => {
  const { inspection, images, calls, told, kept, settled, state } = scene();
  images.set("a:1", "sha256:1").set("b:1", "sha256:1");
  for (const name of ["a:1", "b:1", "no:1"]) inspection.asked(name);
  await settled();
  expect(calls).toEqual(["id of a:1", "look into a:1", "id of b:1", "id of no:1"]);
  expect(told).toEqual(["a:1 sha256:1", "b:1 sha256:1"]);
  expect([...kept.keys()]).toEqual(["sha256:1"]);
  expect(state.searches).toBe(1);
});

test("what an earlier window has seen is only looked up by its name", async () => {
  const { inspection, images, calls, told, kept, settled } = scene();
  images.set("a:1", "sha256:1");
  kept.set("sha256:1", image("sha256:1"));
  inspection.asked("a:1");
  await settled();
  expect(calls).toEqual(["id of a:1"]);
  expect(told).toEqual(["a:1 sha256:1"]);
});

test("events of the engine have the names looked up again, once for a burst", async () => {
  const { inspection, images, calls, told, settled, state, take } = scene();
  images.set("a:1", "sha256:1");
  inspection.asked("a:1");
  inspection.asked("later:1");
  await settled();
  take(calls);
  take(told);
  images.set("a:1", "sha256:2").set("later:1", "sha256:1");
  for (let each = 0; each < 5; each++) state.heard();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(calls).toEqual(["id of a:1", "look into a:1", "id of later:1"]);
  expect(take(told)).toEqual(["a:1 sha256:2", "later:1 sha256:1"]);
  images.delete("a:1");
  state.heard();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(take(told)).toEqual(["a:1 none"]);
  take(calls);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(calls).toEqual([]);
});

test("a server that was restarted is told again", async () => {
  const { inspection, images, calls, told, settled } = scene();
  images.set("a:1", "sha256:1");
  inspection.asked("a:1");
  await settled();
  inspection.asked("a:1");
  await settled();
  expect(told).toEqual(["a:1 sha256:1", "a:1 sha256:1"]);
  expect(calls.filter((call) => call.startsWith("look"))).toHaveLength(1);
});

test("turned off, no engine is looked for, and what was seen is taken back", async () => {
  const { inspection, images, told, settled, state } = scene();
  images.set("a:1", "sha256:1");
  state.enabled = false;
  inspection.asked("a:1");
  await settled();
  expect([state.searches, told]).toEqual([0, []]);
  for (const enabled of [true, false, true]) {
    state.enabled = enabled;
    inspection.again();
    await settled();
  }
  expect(told).toEqual(["a:1 sha256:1", "a:1 none", "a:1 sha256:1"]);
});

test("without an engine there is one line, and it is looked for again when the user returns", async () => {
  const { inspection, settled, state, printed, events } = scene({
    noEngine: fault({ code: "no-engine", tried: [] }),
  });
  inspection.asked("a:1");
  inspection.asked("b:1");
  await settled();
  const { message } = faultWords(english, { code: "no-engine", tried: [] });
  expect(printed).toEqual([texts.noEngine(english, message)]);
  state.now += 20_000;
  inspection.returned();
  await settled();
  expect(printed).toHaveLength(1);
  expect(events).toEqual([]);
});

test("an engine that vanishes ends nothing but the inspection, and is found again", async () => {
  const gone = fault({ code: "engine-gone" });
  let broken = true;
  const { inspection, images, told, settled, state, printed, events } = scene({
    engine: {
      imageId: async (reference) => {
        if (broken) throw gone;
        return images.get(reference);
      },
    },
  });
  images.set("a:1", "sha256:1").set("b:1", "sha256:2");
  inspection.asked("a:1");
  inspection.asked("b:1");
  await settled();
  const { message } = faultWords(english, { code: "engine-gone" });
  expect(printed).toEqual([texts.failed(english, "a:1", message)]);
  broken = false;
  inspection.returned();
  await settled();
  expect([told, state.searches]).toEqual([[], 1]);
  state.now += 20_000;
  inspection.returned();
  await settled();
  expect(told).toEqual(["a:1 sha256:1", "b:1 sha256:2"]);
  expect(state.searches).toBe(2);
  state.cut();
  await settled();
  state.now += 5_000;
  inspection.returned();
  await settled();
  expect(state.searches).toBe(2);
  inspection.again();
  await settled();
  expect(state.searches).toBe(3);
  expect(events).toEqual([]);
});

test("an image that cannot be read does not keep others from being read", async () => {
  const refused = fault({ code: "refused", said: "no" });
  const { inspection, images, told, settled, printed } = scene({
    engine: {
      look: async (reference) => {
        if (reference === "a:1") throw refused;
        return { ...someLook, image: image("sha256:2") };
      },
    },
  });
  images.set("a:1", "sha256:1").set("b:1", "sha256:2");
  inspection.asked("a:1");
  inspection.asked("b:1");
  await settled();
  expect(told).toEqual(["b:1 sha256:2"]);
  expect(printed).toHaveLength(1);
});

test("an engine that hangs is given up, even if it ignores that", async () => {
  const { inspection, images, told, printed, state, settled } = scene({
    engine: { look: () => new Promise(() => {}) },
  });
  images.set("a:1", "sha256:1");
  inspection.asked("a:1");
  await vi.advanceTimersByTimeAsync(29_000);
  expect(printed).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(printed).toEqual([texts.failed(english, "a:1", texts.late(english, 30))]);
  expect(told).toEqual([]);
  state.now = 60_000;
  inspection.asked("none:1");
  await settled();
  expect(state.searches).toBe(2);
});

test("of several engines, only the selected one is asked", async () => {
  const memory: Memory = {};
  const { inspection, images, told, settled, state } = scene({ others: ["unix:///other.sock"], memory });
  images.set("a:1", "sha256:1");
  inspection.asked("a:1");
  await settled();
  expect(told).toEqual([]);
  memory.engine = { url: "unix:///other.sock", name: "Other" };
  inspection.again();
  await settled();
  expect(told).toEqual(["a:1 sha256:1"]);
  memory.engine = { url: "unix:///var/run/docker.sock", name: "Docker" };
  const before = state.searches;
  inspection.again();
  await settled();
  expect(state.searches).toBeGreaterThan(before);
});

test("an address from the settings of a workspace is not used before it is allowed", async () => {
  const { inspection, settled, state } = scene({
    ui: { engineHost: () => ({ address: "tcp://other:2376", fromWorkspace: true }) },
  });
  inspection.asked("a:1");
  await settled();
  expect(state.searches).toBe(0);
});

test("the names that are kept have a limit: those asked about last", async () => {
  const { inspection, calls, settled, take } = scene();
  for (let each = 0; each < 300; each++) inspection.asked(`a:${each}`);
  await settled();
  take(calls);
  inspection.again();
  await settled();
  expect(calls).toHaveLength(200);
  expect(calls[0]).toBe("id of a:100");
});
