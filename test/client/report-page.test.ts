import { describe, expect, test } from "vitest";
import type { BootReport, ConsoleLog, Memory } from "../../client/src/ports";
import { reportPage } from "./english";
import { dockerfile, nothingKnown, someReport, world } from "./world";

const place = { uri: dockerfile, line: 3, character: 0, endLine: 3, endCharacter: 9 };
const failed = {
  unit: "web.service",
  ended: { result: "exit-code", code: 1, status: 203 },
  journal: ["no such file"],
};
const cause = { line: "a line", cause: "`/opt/web` is missing.", fix: "Copy it.", rule: "unit-rule", place };
const degraded: BootReport = { ...someReport, state: "degraded", failed: [failed], log: "Welcome\n" };

type Scene = ReturnType<typeof world>;

/** The text of a part of the page that was opened last, without its elements. */
function textOf({ pages }: Scene, part: string): string {
  const html = pages.at(-1)?.parts[part] ?? "";
  const text = html
    .replace(/<[^>]*>/g, " ")
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  return text.replace(/\s+/g, " ").trim();
}

/** A world in which the boots of a Dockerfile end as given, one after the other, the last one again and again. */
function booting(...reports: readonly BootReport[]) {
  const memory: Memory = {};
  let at = 0;
  const next = () => reports[Math.min(at, reports.length - 1)] ?? someReport;
  return world({
    memory,
    engine: {
      start: async ({ name, uri }) => ({ id: `id${++at}`, name, uri, running: true, image: "web:systemd" }),
      containers: async () =>
        at === 0
          ? []
          : [{ id: `id${at}`, name: "web-systemd", uri: dockerfile, running: true, image: "web:systemd" }],
      boot: async () => reports[Math.min(at, reports.length) - 1] ?? someReport,
      report: async () => next(),
    },
    server: {
      explain: async ({ failed: units = [] }) => ({
        ...nothingKnown,
        units: units.map(({ unit }) => ({ unit, causes: [cause], place })),
        remarks: [{ says: "Unknown key 'Foo', ignoring.", place }],
      }),
    },
  });
}

describe("the page of a boot", () => {
  test("shows the state, when it was read and of which container, first", async () => {
    const scene = booting(degraded);
    await scene.run("buildAndBoot");
    await scene.run("showBootReport");
    expect(Object.keys(scene.pages[0]?.parts ?? {}).slice(0, 3)).toEqual(["head", "status", "why"]);
    expect(textOf(scene, "head")).toContain(reportPage.after(reportPage.degraded(1), "1.2"));
    expect(textOf(scene, "status")).toMatch(/\d:\d\d.* · container id1$/);
    expect(textOf(scene, "console")).toContain("Welcome");
  });

  test("has buttons for the lines and rules of causes, which need no link", async () => {
    const scene = booting(degraded);
    await scene.run("buildAndBoot");
    await scene.run("showBootReport");
    expect(textOf(scene, "failed")).toContain("/opt/web is missing. Copy it. web/Dockerfile:4 unit-rule");
    const html = Object.values(scene.pages[0]?.parts ?? {}).join("");
    expect(html).not.toMatch(/<a\b|href/);
    const pressed = [...html.matchAll(/data-action="(place|rule)" data-index="(\d+)"/g)];
    expect(pressed.map(([, action]) => action)).toEqual(["place", "place", "rule"]);
    const before = scene.events.length;
    for (const [, action = "", index] of pressed) await scene.pressOnPage(action, Number(index));
    expect(scene.events.slice(before)).toEqual([
      `reveals ${dockerfile}:3`,
      `reveals ${dockerfile}:3`,
      "page: unit-rule",
    ]);
  });

  test("does nothing that a message of it asks for beside its buttons", async () => {
    const scene = booting(degraded);
    await scene.run("buildAndBoot");
    await scene.run("showBootReport");
    const before = scene.events.length;
    await scene.pressOnPage("place", 99);
    await scene.pressOnPage("rule", -1);
    await scene.pressOnPage("run");
    expect(scene.events.slice(before)).toEqual([]);
  });

  test("shows when units started, in a table, with the chain that the boot waited for", async () => {
    const scene = booting(someReport);
    await scene.run("buildAndBoot");
    await scene.run("showBootReport");
    await expect.poll(() => textOf(scene, "timeline")).toContain("dbus.service 0.100 s 0.150 s");
    const text = textOf(scene, "timeline");
    expect(text).toContain(`web.service ${reportPage.critical()} 0.300 s ${reportPage.stillStarting()}`);
    expect(text).toContain(`${reportPage.chain()} multi-user.target web.service`);
  });

  test("says that times are not known where the engine cannot tell them", async () => {
    const scene = world({
      engine: { timeline: async () => Promise.reject(new Error("no systemctl")) },
      containers: [{ id: "1", name: "web-systemd", running: true }],
    });
    await scene.run("showBootReport");
    await expect.poll(() => textOf(scene, "timeline")).toContain(reportPage.noTimeline());
  });

  test("compares the boot with the one before of the same image", async () => {
    const scene = booting(degraded, { ...someReport, seconds: 4 });
    await scene.run("buildAndBoot");
    await scene.run("showBootReport");
    expect(textOf(scene, "changes")).toBe("");
    await scene.run("buildAndBoot");
    const text = textOf(scene, "changes");
    expect(text).toContain(reportPage.stateChanged(reportPage.degraded(1), reportPage.running()));
    expect(text).toContain(reportPage.failsNoMore("web.service"));
    expect(text).toContain(reportPage.timeChanged("1.2", "4.0"));
    await scene.run("buildAndBoot");
    const [said = "", end = ""] = reportPage.noChanges("@").split("@");
    expect(textOf(scene, "changes")).toContain(said);
    expect(textOf(scene, "changes").endsWith(end)).toBe(true);
  });

  test("is one for a container, and copies and reads it again", async () => {
    const scene = booting(degraded);
    await scene.run("buildAndBoot");
    await scene.run("showBootReport");
    await scene.run("showBootReport");
    expect(scene.pages).toHaveLength(1);
    expect(await scene.copiedReport()).toContain("### `web.service`");
    await scene.pressOnPage("refresh");
    expect(scene.events.at(-1)).toBe("runs systemdContainers.showBootReport id1");
    scene.pages[0]?.listener.closed();
    await scene.run("showBootReport");
    expect(scene.pages).toHaveLength(2);
  });
});

describe("a page that is open", () => {
  test("shows what a boot of its container writes while it goes on, and then how it ended", async () => {
    let going: (log: string) => void = () => undefined;
    let end: (report: BootReport) => void = () => undefined;
    const scene = world({
      containers: [{ id: "1", name: "web-systemd", uri: dockerfile, running: true }],
      engine: {
        boot: (_container, _seconds, { hear }) =>
          new Promise((resolve) => {
            end = resolve;
            going = (log) => hear?.(() => ({ log }) satisfies ConsoleLog);
          }),
      },
    });
    await scene.run("showBootReport");
    const boot = scene.run("buildAndBoot");
    await expect.poll(() => textOf(scene, "head")).toContain(reportPage.booting("web-systemd"));
    going("Welcome to <b>Debian</b>!\n");
    await expect.poll(() => textOf(scene, "console")).toContain("Welcome to <b>Debian</b>!");
    await scene.run("showBootReport");
    expect(scene.pages).toHaveLength(1);
    end({ ...someReport, state: "exited", exitCode: 255 });
    await boot;
    expect(textOf(scene, "head")).toContain(reportPage.exited(255));
  });

  test("shows that a boot was interrupted, and copies no report of another", async () => {
    const scene = world({
      containers: [{ id: "1", name: "web-systemd", uri: dockerfile, running: true }],
      engine: { boot: async () => scene.cancel() },
    });
    await scene.run("showBootReport");
    await scene.run("buildAndBoot");
    expect(textOf(scene, "head")).toContain(reportPage.interrupted("web-systemd"));
    expect(await scene.copiedReport()).toBeUndefined();
  });
});
