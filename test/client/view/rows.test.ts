import { describe, expect, test } from "vitest";
import type { Container, Engine, Node, System, Unit } from "../../../client/src/ports";
import { passes, sortUnits } from "../../../client/src/units";
import { containerNodes, engineNodes, unitNodes } from "../../../client/src/view/nodes";
import { rowOf, statusOf } from "../../../client/src/view/rows";
import { english, progress, rows } from "../english";

const engine = { name: "Docker 28.5.2", url: "unix:///var/run/docker.sock" } as Engine;
const web: Container = {
  id: "0123456789abcdef",
  name: "web-systemd",
  uri: "file:///work/web/Dockerfile",
  running: true,
  state: "running",
  image: "web:systemd",
};
const stopped: Container = {
  ...{ id: "2", name: "db", running: false, state: "exited", status: "Exited (0) 5 days ago" },
};
const foreign: Container = { ...web, id: "3", name: "api", uri: "file:///else/Dockerfile" };
const isOwn = ({ uri }: Container) => uri === undefined || uri.startsWith("file:///work/");
const unit = (name: string, active: string, sub: string): Unit => ({
  name,
  active,
  sub,
  description: `The ${name}`,
});
const units = [
  unit("-.mount", "active", "mounted"),
  unit("late.service", "inactive", "dead"),
  unit("ssh.service", "active", "running"),
  unit("web.service", "failed", "failed"),
];
const node = (container: Container, system?: System, seconds?: number): Node => ({
  ...{ kind: "container", engine, container, system, seconds },
});
const row = (of: Node) => rowOf(english, of, (uri) => uri.replace("file:///work/", ""));

describe("the nodes", () => {
  test("are engines, where one has a container or does not answer", () => {
    const listening = true;
    const empty = { engine, listening, containers: [] };
    expect(engineNodes([])).toEqual([]);
    expect(engineNodes([empty])).toEqual([]);
    expect(engineNodes([empty, { engine, listening, containers: [web] }])).toHaveLength(2);
    expect(engineNodes([{ engine, listening: false }])).toHaveLength(1);
  });

  test("then the containers of this workspace, what runs first, and those of others in a folder", () => {
    const listed = [stopped, foreign, { ...web, name: "zoo" }, web];
    const nodes = containerNodes({ kind: "engine", engine, containers: listed }, isOwn, () => ({}));
    expect(nodes.map((each) => row(each).label)).toEqual([
      "web-systemd",
      "zoo",
      "db",
      rows.otherWorkspaces(),
    ]);
    expect(nodes.at(-1)).toMatchObject({ kind: "others", containers: [foreign] });
  });

  test("then the units, those that failed first, and only those of the filter", () => {
    const of = { kind: "container", engine, container: web } as const;
    const labels = (filter: Parameters<typeof unitNodes>[3], all = units) =>
      unitNodes(english, of, { units: all }, filter).map((each) => row(each).label);
    expect(labels({})).toEqual(["web.service", "ssh.service", "-.mount", "late.service"]);
    expect(labels({ only: "failed" })).toEqual(["web.service"]);
    expect(labels({ only: "active" })).toEqual(["ssh.service", "-.mount"]);
    expect(labels({ only: "services" })).toEqual(["web.service", "ssh.service", "late.service"]);
    expect(labels({ text: "THE LATE" })).toEqual(["late.service"]);
    expect(labels({ text: "nothing" })).toEqual([rows.noUnits()]);
    expect(labels({}, [])).toEqual([rows.systemdSilent()]);
    expect(sortUnits(units)).toHaveLength(units.length);
    expect(passes({}, units[0] as Unit)).toBe(true);
  });
});

describe("a row", () => {
  test("of an engine reports that it does not answer", () => {
    expect(row({ kind: "engine", engine, containers: [web] })).toMatchObject({
      ...{ label: "Docker 28.5.2", description: "unix:///var/run/docker.sock", children: "open" },
    });
    expect(row({ kind: "engine", engine })).toMatchObject({
      description: rows.notResponding(),
      children: "none",
    });
    expect(row({ kind: "engine", engine, containers: [] })).toMatchObject({
      description: rows.noContainers(),
    });
  });

  test.each([
    [node(web), "running · web:systemd", "vm-running", "container.running"],
    [
      node(web, undefined, 1.234),
      `running · ${rows.bootedIn("1.2")} · web:systemd`,
      "vm-running",
      "container.running",
    ],
    [
      node(web, { state: "degraded", units }, 1.25),
      `degraded, ${rows.failed(1)} · ${rows.bootedIn("1.3")} · web:systemd`,
      "warning",
      "container.running",
    ],
    [node(web, { state: "starting", units: [] }), "starting · web:systemd", "sync~spin", "container.running"],
    [node(stopped, undefined, 1), "exited (0)", "vm-outline", "container.stopped"],
    [node({ ...stopped, state: "created", status: "Created" }), "created", "vm-outline", "container.stopped"],
    [
      node({ ...stopped, state: "paused", status: "Up 3 days (Paused)" }),
      "paused",
      "debug-pause",
      "container.stopped",
    ],
  ])("of a container has its state, boot time and image", (of, description, icon, context) => {
    expect(row(of)).toMatchObject({ description, icon: { name: icon }, context });
    const asked = of.kind === "container" && of.system !== undefined && of.system.state !== "starting";
    expect(row(of).icon?.color !== undefined).toBe(asked);
    expect(row(of).children).toBe(context === "container.running" ? "folded" : "none");
  });

  test("of a container shows the rest in its tooltip", () => {
    expect(row(node(web, undefined, 1.2)).tooltip).toEqual([
      "web-systemd",
      "running",
      rows.bootedIn("1.2"),
      rows.image("web:systemd"),
      rows.file("web/Dockerfile"),
      rows.id("0123456789ab"),
    ]);
  });

  test("of a container shows which ports are published", () => {
    const ports = [
      { inside: 22, port: 32768 },
      { inside: 80, port: 8080 },
    ];
    const { tooltip } = row(node({ ...web, ports }));
    expect(tooltip).toContain(rows.ports("22 → 32768, 80 → 8080"));
  });

  test("of units are first of services that run, before those of systemd itself and those that have ended", () => {
    const service = (name: string, sub: string) => ({ name, active: "active", sub, description: "" });
    const all = [
      service("a.mount", "mounted"),
      service("ldconfig.service", "exited"),
      service("systemd-journald.service", "running"),
      service("ssh.service", "running"),
    ];
    expect(sortUnits(all).map(({ name }) => name)).toEqual([
      "ssh.service",
      "ldconfig.service",
      "systemd-journald.service",
      "a.mount",
    ]);
  });

  test("of a unit has its state in words too", () => {
    const shown = units.map((each) => row({ kind: "unit", engine, container: web, unit: each }));
    expect(
      shown.map(({ label, description, icon, context }) => [label, description, icon?.name, context]),
    ).toEqual([
      ["-.mount", "active (mounted)", "circle-filled", "unit.active"],
      ["late.service", "inactive (dead)", "circle-outline", "unit.stopped"],
      ["ssh.service", "active (running)", "circle-filled", "unit.active"],
      ["web.service", "failed (failed)", "error", "unit.stopped"],
    ]);
    const starting = unit("a.service", "activating", "auto-restart");
    expect(row({ kind: "unit", engine, container: web, unit: starting })).toMatchObject({
      icon: { name: "sync~spin" },
      context: "unit.active",
    });
  });

  test("has a separate id on every engine", () => {
    const ids = [engine, { ...engine, url: "tcp://h" }].flatMap((one) => [
      row({ kind: "engine", engine: one }).id,
      row({ kind: "others", engine: one, containers: [] }).id,
      row({ kind: "container", engine: one, container: web }).id,
      row({ kind: "unit", engine: one, container: web, unit: units[0] as Unit }).id,
      row({ kind: "note", engine: one, container: web, text: english("starting") }).id,
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("has nothing of foreign text but one line of plain text", () => {
    const bad = "[x](command:y)\n$(trash)\u202e";
    const hostile: Container = { ...web, name: bad, image: bad, state: bad, status: bad };
    const nodes: Node[] = [
      { kind: "engine", engine: { ...engine, name: bad, url: bad } },
      node(hostile, { state: bad, units: [unit(bad, "failed", bad)] }),
      node({ ...hostile, running: false }),
      { kind: "unit", engine, container: hostile, unit: unit(bad, bad, bad) },
    ];
    for (const { label, description, tooltip } of nodes.map(row)) {
      for (const text of [label, description ?? "", ...tooltip])
        expect(text).not.toMatch(/\]\(|[\p{Cc}\u202e]/u);
    }
  });
});

test("the status bar names the container that runs, or counts them", () => {
  expect(statusOf(english, [], [])).toBeUndefined();
  expect(statusOf(english, [web], ["Docker 28"])).toEqual({
    icon: "vm-running",
    text: "web-systemd",
    detail: progress.isRunning("web-systemd", "Docker 28"),
  });
  expect(statusOf(english, [web, foreign], ["Docker 28", "Podman 5"])).toMatchObject({
    text: progress.containers(2),
    detail: progress.areRunning("web-systemd, api", "Docker 28, Podman 5"),
  });
});
