import { describe, expect, test } from "vitest";
import type { Engine, Ui } from "../../client/src/ports";
import type { PlanResult } from "../../server/src/protocol";
import { buttons, notices, questions, sentencesOf } from "./english";
import { afterBoot, dockerfile, fault, somePlan, told, world } from "./world";

const other = "file:///work/db/Dockerfile";
const earlier = { id: "old", name: "web-systemd", running: true };
const booted = told("info", notices.booted("web-systemd", "1.2"), ...afterBoot);
const on = told("info", notices.bootOnSave("web/Dockerfile"));
const off = told("info", notices.bootOnSaveEnded("web/Dockerfile"));

/** A world whose files are saved and closed by hand. */
function scene(given: { engine?: Partial<Engine>; plan?: PlanResult; ui?: Partial<Ui> } = {}) {
  const watched = new Map<string, { saved(): void; closed(): void }>();
  const { engine, plan = somePlan, ui } = given;
  const it = world({
    engine,
    containers: [earlier],
    server: { plan: async () => plan },
    ui: {
      watchFile: (uri, listener) => {
        watched.set(uri, listener);
        return () => void watched.delete(uri);
      },
      ...ui,
    },
  });
  const notified = () => it.events.filter((event) => /^(info|warning|error): /.test(event));
  return { ...it, watched, notified, save: () => watched.get(dockerfile)?.saved() };
}

/** The same after a first save, while its build goes on until `finish` is called. */
async function duringBuild() {
  let builds = 0;
  let finish = () => {};
  const built = new Promise<void>((done) => {
    finish = done;
  });
  const build = async () => {
    builds++;
    await built;
  };
  const saving = scene({ engine: { build } });
  await saving.run("bootOnSave");
  saving.save();
  await expect.poll(() => builds).toBe(1);
  return { ...saving, finish, builds: () => builds };
}

describe("Boot on Save", () => {
  test("builds, replaces and boots at each save, and asks nothing", async () => {
    const { run, save, events, notified, existing } = scene();
    await run("bootOnSave");
    expect(events).toEqual([`on save: $(save) web/Dockerfile ${dockerfile}`, on]);
    save();
    await expect.poll(notified).toEqual([on, booted]);
    const order = events.filter((event) => /^(asked|built|stopped|removed|started)/.test(event));
    expect(order).toEqual([
      "built web:systemd",
      "stopped web-systemd",
      "removed web-systemd",
      "started web-systemd",
    ]);
    expect(existing.get("web-systemd")?.id).toBe("id-web-systemd");
  });

  test("keeps the container before where a build fails, and goes on with the next save", async () => {
    const broken = fault({ code: "build-failed", said: "exit code: 1" });
    let fails = true;
    const { run, save, notified, existing } = scene({
      engine: { build: async () => (fails ? Promise.reject(broken) : undefined) },
    });
    await run("bootOnSave");
    save();
    await expect
      .poll(() => notified().at(-1))
      .toMatch(sentencesOf({ code: "build-failed", said: "exit code: 1" }));
    expect(existing.get("web-systemd")).toEqual(earlier);
    fails = false;
    save();
    await expect.poll(() => notified().at(-1)).toBe(booted);
  });

  test("boots once more for all saves during a boot", async () => {
    const { save, notified, builds, finish } = await duringBuild();
    for (let times = 0; times < 3; times++) save();
    finish();
    await expect.poll(() => notified().filter((each) => each === booted).length).toBe(2);
    expect(builds()).toBe(2);
  });

  test("does not boot an image without systemd, and leads to what changes that", async () => {
    const place = { uri: dockerfile, line: 3, character: 4, endLine: 3, endCharacter: 12 };
    const { run, save, notified, events } = scene({
      plan: { ...somePlan, boots: "no", startsOther: { place, why: "It is not.", wayOut: "fixes" } },
    });
    await run("bootOnSave");
    save();
    const what = questions.bootAnyway("web/Dockerfile")[0];
    await expect
      .poll(() => notified().at(-1))
      .toBe(told("warning", `${what} It is not.`, buttons.showFixes()));
    expect(events.filter((event) => /^(asked|built)/.test(event))).toEqual([]);
  });

  test("has compose build and start a service again, and reports how that ended", async () => {
    const uri = "file:///work/shop/stack.yaml";
    const title = "shop/stack.yaml: db";
    let exitCode = 1;
    const ran: unknown[] = [];
    const { run, watched, notified } = scene({
      plan: { ...somePlan, stages: ["web", "db"], errors: ["An error."] },
      ui: {
        kind: () => "compose",
        pick: async (_title, choices) => choices[1]?.value,
        runToEnd: async (_title, cwd, { args }) => {
          ran.push([cwd, ...args]);
          return exitCode;
        },
      },
    });
    await run("bootOnSave", uri);
    watched.get(uri)?.saved();
    await expect.poll(() => notified().at(-1)).toBe(told("warning", notices.composeFailed(title)));
    exitCode = 0;
    watched.get(uri)?.saved();
    await expect.poll(() => notified().at(-1)).toBe(told("info", notices.composeStarted(title)));
    const up = ["/work/shop", "compose", "--file", "stack.yaml", "up", "--detach", "--build", "--", "db"];
    expect(ran).toEqual([up, up]);
  });

  test("ends when it is told so, when the file is closed, and for another file", async () => {
    const { run, events, watched, notified } = scene();
    await run("bootOnSave");
    await run("bootOnSave", dockerfile);
    expect(notified()).toEqual([on, off]);
    expect([events.at(-2), watched.size]).toEqual(["on save: -", 0]);

    await run("bootOnSave");
    watched.get(dockerfile)?.closed();
    expect(notified().at(-1)).toBe(off);
    expect([events.at(-2), watched.size]).toEqual(["on save: -", 0]);

    await run("bootOnSave");
    await run("bootOnSave", other);
    expect([...watched.keys()]).toEqual([other]);
    expect(events.at(-2)).toBe(`on save: $(save) db/Dockerfile ${other}`);
  });

  test("boots no more once it has ended, whatever was saved before", async () => {
    const { run, save, notified, builds, finish } = await duringBuild();
    save();
    await run("bootOnSave");
    finish();
    await expect.poll(() => notified().at(-1)).toBe(booted);
    expect(builds()).toBe(1);
  });
});
