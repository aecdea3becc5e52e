import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { BootRecord, Container, Unit } from "../../../client/src/ports";
import { rows } from "../english";
import { dockerfile, nothingKnown, someReport } from "../world";
import { first, scene, shown } from "./scene";

const web: Container = { id: "1", name: "web", running: true, state: "running", uri: dockerfile };
const settled = () => vi.advanceTimersByTimeAsync(500);
const failed: Unit = { name: "a.service", active: "failed", sub: "failed", description: "" };

/** The boot of a container that was watched. */
const booted = (report: Partial<BootRecord["report"]>) => ({
  lastBoot: { id: "1", seconds: 1.24 },
  boots: [
    { container: web, url: "", report: { ...someReport, ...report }, why: nothingKnown, at: 0 },
  ] as BootRecord[],
});

const lens = (title: string, command = "showBootReport") => `${dockerfile} ${title} ${command} 1`;
const inside = [lens(rows.journal(), "followJournal"), lens(rows.shell(), "openShell")];

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("the lenses of what runs", () => {
  test("show the state that its engine lists, and ask nothing more", async () => {
    const { view, lenses, asked } = scene({ containers: [web, { ...web, id: "2", running: false }] });
    await shown(view);
    await settled();
    expect(lenses()).toEqual([lens("running"), ...inside]);
    expect(asked.join()).not.toContain("units");
  });

  test("show how the boot that was watched ended", async () => {
    const one = { unit: "a.service", journal: [] };
    const { view, lenses } = scene({
      containers: [web],
      memory: booted({ state: "degraded", failed: [one, { ...one, unit: "b.service" }] }),
    });
    await shown(view);
    await settled();
    expect(lenses()).toEqual([
      lens(`degraded · ${rows.seconds("1.2")}`),
      lens(rows.unitsFailed(2)),
      ...inside,
    ]);
  });

  test("show what the view has seen since", async () => {
    const { view, lenses } = scene({
      containers: [web],
      memory: booted({}),
      engine: { system: async () => ({ state: "degraded", units: [failed] }) },
    });
    const node = await first(view, "container");
    await view.children(node);
    await settled();
    expect(lenses()).toEqual([
      lens(`degraded · ${rows.seconds("1.2")}`),
      lens(rows.unitsFailed(1)),
      ...inside,
    ]);
  });

  test("are of the service that Compose was told to start", async () => {
    const composed = { uri: "file:///work/shop/compose.yaml", folder: "/work/shop", service: "db" };
    const { view, lenses } = scene({
      containers: [],
      memory: { composed: [composed] },
      engine: { composed: async () => ({ id: "2", name: "shop-db-1", running: true }) },
    });
    await shown(view);
    await settled();
    const service = `${composed.uri}#db`;
    expect(lenses()).toEqual([
      `${service} running showBootReport 2`,
      `${service} ${rows.journal()} followJournal 2`,
      `${service} ${rows.shell()} openShell 2`,
    ]);
  });

  test("forget a boot when the container starts again, and are gone when it ends", async () => {
    const { view, lenses, state, stream } = scene({
      containers: [web],
      memory: booted({ state: "degraded" }),
    });
    await shown(view);
    await settled();
    stream.heard?.({ id: "1", starts: true });
    await settled();
    expect(lenses()[0]).toBe(lens("running"));
    state.containers = [{ ...web, running: false }];
    stream.heard?.({ id: "1", starts: false });
    await settled();
    expect(lenses()).toEqual([]);
  });
});
