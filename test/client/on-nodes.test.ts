import { describe, expect, test } from "vitest";
import { commands } from "../../client/src/commands";
import { runCommand } from "../../client/src/commands/command";
import type { Container, Engine, Node, UnitOutcome, UnitResult } from "../../client/src/ports";
import { contributedMenus } from "../house/contributions";
import { buttons, failureOf, images, sentencesOf, units } from "./english";
import { dockerfile, fault, told, world } from "./world";

/** The sentence about a unit that failed. */
const failed = (ended: UnitResult) => units.failed("web.service", failureOf(ended));

const web: Container = { id: "1", name: "web-systemd", running: true, uri: dockerfile, image: "web:systemd" };
const db: Container = { ...web, id: "2", name: "db-systemd" };
const unit = { name: "web.service", active: "failed", sub: "failed", description: "" };

/** What happened beside connecting. */
const happened = (events: readonly string[]) =>
  events.filter((event) => !/^(progress|facts|busy|blames)/.test(event));

async function engineOf({ deps }: ReturnType<typeof world>): Promise<Engine> {
  const { places } = await deps.engine.find(new AbortController().signal);
  return places[0]?.engine as Engine;
}

describe("a command that is called on a node of the view", () => {
  test("works on its container at its engine, whatever other engines answer, and asks nothing", async () => {
    const here = world({ containers: [web, db] });
    const engine = { ...(await engineOf(here)), url: "tcp://there:2375" };
    const elsewhere = world({
      containers: [web],
      memory: { engine: { url: "unix:///other", name: "Other" } },
      find: (one) => ({
        places: [one, one].map((each) => ({ url: each.url, source: { code: "docker" }, engine: each })),
      }),
    });
    const node: Node = { kind: "container", engine, container: db };
    await runCommand(elsewhere.deps, commands["systemdContainers.stop"] as never, [node]);
    expect(here.events).toEqual(["stopped db-systemd"]);
    expect(happened(elsewhere.events)).toEqual([expect.stringMatching(/^info: db-systemd stopped in/)]);
  });

  test("works on its unit", async () => {
    const scene = world({ containers: [web, db] });
    const node: Node = { kind: "unit", engine: await engineOf(scene), container: db, unit };
    await runCommand(scene.deps, commands["systemdContainers.restartUnit"] as never, [node]);
    expect(happened(scene.events)).toEqual([
      "restart of web.service in db-systemd",
      "info: web.service is active (running).",
    ]);
  });

  test("has the view look again, also where it failed", async () => {
    let used = 0;
    const scene = world({ noEngine: fault({ code: "not-running" }) });
    const deps = { ...scene.deps, view: { used: () => used++, refresh: () => undefined } };
    await runCommand(deps, commands["systemdContainers.stop"] as never);
    await runCommand(deps, commands["systemdContainers.showRule"] as never);
    expect(used).toBe(1);
  });
});

describe("units", () => {
  test("are picked from those that a command has something to do with", async () => {
    const scene = world({ containers: [web] });
    await scene.run("startUnit");
    await scene.run("stopUnit");
    await scene.run("restartUnit");
    expect(happened(scene.events)).toEqual([
      "picked: Select a unit $(error) web.service, late.service",
      "start of web.service in web-systemd",
      "info: web.service is active (running).",
      "picked: Select a unit ssh.service, -.mount",
      "stop of ssh.service in web-systemd",
      "info: ssh.service is inactive (dead).",
      "picked: Select a unit $(error) web.service, ssh.service, -.mount, late.service",
      "restart of web.service in web-systemd",
      "info: web.service is active (running).",
    ]);
  });

  test.each<[UnitOutcome, string]>([
    [
      {
        active: "failed",
        sub: "failed",
        ended: { result: "exit-code", code: 1, status: 203 },
        said: "Job failed.",
      },
      failed({ result: "exit-code", code: 1, status: 203 }),
    ],
    [
      { active: "activating", sub: "auto-restart", ended: { result: "signal", code: 2, status: 11 } },
      failed({ result: "signal", code: 2, status: 11 }),
    ],
    [{ active: "inactive", sub: "dead", said: "Unit is masked." }, "Unit is masked."],
  ])("that fail are reported with the reason: %j", async (outcome, told) => {
    const scene = world({ containers: [web], engine: { control: async () => outcome } });
    expect(await scene.run("restartUnit", "1", "web.service")).toEqual([
      `error: ${told} [${units.followJournal()}]`,
    ]);
    await scene.press(units.followJournal());
    expect(scene.events).toContain("shows web-systemd web.service");
  });

  test("are opened as the container has them, and followed", async () => {
    const scene = world({ containers: [web] });
    await scene.run("openUnitFile", "1", "web.service");
    await scene.run("followJournal", "1", "web.service");
    expect(happened(scene.events)).toEqual([
      "shows web-systemd/web.service\n# web.service\n",
      "shows web-systemd web.service",
    ]);
  });

  test("are filtered in the view by kind or by text", async () => {
    const memory = {};
    const scene = world({ memory, ui: { pick: async (_title, choices) => choices.at(-1)?.value } });
    await scene.run("filterUnits");
    expect(memory).toEqual({ unitFilter: { text: "answer" } });
    expect(scene.events.at(-1)).toBe("refreshed the view");
    const failed = world({ memory, ui: { pick: async (_title, choices) => choices[1]?.value } });
    await failed.run("filterUnits");
    expect(memory).toEqual({ unitFilter: { only: "failed" } });
  });
});

describe("Update Unit in Container", () => {
  const readText = async (path: string) => `content of ${path}`;
  const done = units.copied("web/web.service", "/etc/systemd/system/web.service", "web-systemd");

  test("copies the file of the same name where systemd found the unit, and reports what became of it", async () => {
    const scene = world({ containers: [web], ui: { readText } });
    await scene.run("updateUnit", "1", "web.service");
    expect(happened(scene.events)).toEqual([
      'updated web.service in web-systemd: /etc/systemd/system/web.service: "content of /work/web/web.service"',
      told("info", `${units.isNow("web.service", "active", "running")} ${done}`),
      "changes web-systemd/web.service\n# web.service\n",
    ]);
  });

  test("asks which file where several have the name, and says that none has", async () => {
    const named = ["file:///work/a/web.service", "file:///work/b/web.service"];
    const several = world({ containers: [web], ui: { readText, findNamed: async () => named } });
    await several.run("updateUnit", "1", "web.service");
    expect(several.events).toContain(`picked: ${units.selectFile()} a/web.service, b/web.service`);
    expect(several.events.join()).toContain("content of /work/a/web.service");
    const none = world({ containers: [web], ui: { findNamed: async () => [] } });
    expect(await none.run("updateUnit", "1", "web.service")).toEqual([
      told("warning", units.noSuchFile("web.service")),
    ]);
  });

  test("is called on a unit file, or on the one in focus; of a template the instance is picked", async () => {
    const file = "file:///work/web/ssh.service";
    const called = world({ containers: [web], ui: { readText } });
    await called.run("updateUnit", file);
    const focused = world({ containers: [web], ui: { readText, activeUnitFile: () => file } });
    await focused.run("updateUnit");
    for (const { events } of [called, focused]) {
      expect(events.join()).not.toContain("picked");
      expect(events.join()).toContain(
        'updated ssh.service in web-systemd: /etc/systemd/system/ssh.service: "content',
      );
    }
    const names = ["job@a.service", "job@b.service", "job.service"];
    const units = async () => names.map((name) => ({ ...unit, name, active: "active" }));
    const template = world({ containers: [web], ui: { readText }, engine: { units } });
    await template.run("updateUnit", "file:///work/web/job@.service");
    expect(template.events).toContain("picked: Select a unit job@a.service, job@b.service");
    expect(template.events.join()).toContain("updated job@a.service in web-systemd");
  });

  test.each([
    ["/run/systemd/generator.late/web.service", units.generated("/run/systemd/generator.late/web.service")],
    [undefined, sentencesOf({ code: "unit-file-missing", unit: "web.service" })],
  ])("refuses a unit whose file is %s", async (path, told) => {
    const scene = world({ containers: [web], engine: { unitFile: async () => ({ path, text: "" }) } });
    expect((await scene.run("updateUnit", "1", "web.service"))[0]).toContain(`warning: ${told}`);
    expect(scene.events.join()).not.toContain("updated");
  });

  test("reports a file that was copied but whose service fails", async () => {
    const ended = { result: "exit-code", code: 1, status: 3 };
    const updateUnit = async () => ({ active: "failed", sub: "failed", ended });
    const scene = world({ containers: [web], ui: { readText }, engine: { updateUnit } });
    expect(await scene.run("updateUnit", "1", "web.service")).toEqual([
      told("error", `${failed(ended)} ${done}`, units.followJournal()),
    ]);
  });
});

describe("images of containers", () => {
  test("are committed under a name that is asked for, and then pushed", async () => {
    const asked: unknown[] = [];
    const ask: (title: string, about: object) => Promise<string> = async (title, about) => {
      asked.push(title, about);
      return " r.example/web:2 ";
    };
    const scene = world({ containers: [web], ui: { ask } });
    expect(await scene.run("commit", "1")).toEqual([
      told("info", images.committed("web-systemd", "r.example/web:2"), images.push(), images.bootImage()),
    ]);
    expect(asked).toMatchObject([images.commitAs("web-systemd"), { value: "web:snapshot" }]);
    await scene.press(images.push());
    expect(happened(scene.events)).toEqual([
      "committed web-systemd as r.example/web:2",
      told("info", images.committed("web-systemd", "r.example/web:2"), images.push(), images.bootImage()),
      `picked: ${images.selectName()} r.example/web:2, $(edit) ${images.pushAsOther()}`,
      "pushed r.example/web:2",
      told("info", images.pushed("r.example/web:2")),
    ]);
  });

  test("are tagged, whatever their name stands for by now", async () => {
    const scene = world({ containers: [web] });
    expect(await scene.run("tag", "1")).toEqual(["info: Tagged web:systemd as answer. [Push…]"]);
    expect(scene.events).toContain("tagged sha256:0123456789abcdef as answer");
  });

  test("get a name that can be pushed where they have none", async () => {
    const scene = world({ containers: [web], ui: { ask: async () => "r.example/web" } });
    await scene.run("push", "1");
    expect(happened(scene.events)).toEqual([
      "tagged sha256:0123456789abcdef as r.example/web",
      "pushed r.example/web",
      "info: Pushed r.example/web.",
    ]);
    const dismissed = world({ containers: [web], ui: { ask: async () => "" } });
    expect(await dismissed.run("push", "1")).toEqual([]);
  });

  test("whose registry wants a login: the command is named and can be copied", async () => {
    const push = () => Promise.reject(fault({ code: "registry", lacks: "login", host: "r.example" }));
    const scene = world({ containers: [web], engine: { push } });
    expect(await scene.run("push", "1")).toEqual([
      told(
        "error",
        sentencesOf({ code: "registry", lacks: "login", host: "r.example" }),
        buttons.copyCommand(),
      ),
    ]);
    await scene.press(buttons.copyCommand());
    expect(scene.events.at(-1)).toBe("copied: docker login r.example");
  });
});

test("Start boots a container that had stopped, and reports it", async () => {
  const scene = world({ containers: [{ ...web, running: false }] });
  await scene.run("start", "1");
  expect(scene.events).toContain("started web-systemd again");
  expect(scene.events.at(-1)).toMatch(/^info: web-systemd booted in/);
});

describe("the menus", () => {
  const menus = contributedMenus();
  const offered = (context: string) =>
    menus["view/item/context"].flatMap(({ command, when, group }) => {
      const pattern = /viewItem =~ \/(.*)\/$/.exec(when)?.[1] ?? "(?!)";
      return new RegExp(pattern).test(context)
        ? [`${command.replace("systemdContainers.", "")} ${group}`]
        : [];
    });

  test.each([
    ["container.running", ["start", "startUnit", "restartUnit"], ["stop", "commit", "remove", "openShell"]],
    [
      "container.stopped",
      ["stop", "openShell", "followJournal"],
      ["start", "commit", "tag", "push", "remove"],
    ],
    [
      "unit.active",
      ["startUnit", "stop", "remove"],
      ["stopUnit", "restartUnit", "followJournal", "updateUnit"],
    ],
    ["unit.stopped", ["stopUnit", "restartUnit"], ["startUnit", "openUnitFile", "updateUnit"]],
    ["engine", ["stop", "remove", "startUnit"], []],
    ["note", ["stop", "remove", "startUnit"], []],
  ])("of %s offer only what fits", (context, without, within) => {
    const names = offered(context).map((each) => each.split(" ")[0]);
    for (const name of without) expect(names).not.toContain(name);
    for (const name of within) expect(names).toContain(name);
  });

  test("have no two things at one place, and everything of the view is in the palette too", () => {
    for (const context of ["container.running", "container.stopped", "unit.active", "unit.stopped"]) {
      const places = offered(context).map((each) => each.split(" ")[1]);
      expect(new Set(places).size).toBe(places.length);
    }
    const hidden = menus.commandPalette.filter(({ when }) => when === "false").map(({ command }) => command);
    for (const { command } of menus["view/item/context"]) expect(hidden).not.toContain(command);
  });
});
