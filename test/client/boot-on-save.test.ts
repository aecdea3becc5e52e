import { describe, expect, test } from "vitest";
import type { Container, Engine, Server, Ui } from "../../client/src/ports";
import type { PlanResult } from "../../server/src/protocol";
import { buttons, notices, questions, sentencesOf } from "./english";
import { afterBoot, dockerfile, fault, nothingKnown, somePlan, someReport, told, world } from "./world";

const other = "file:///work/db/Dockerfile";
const earlier = { id: "old", name: "web-systemd", running: true };
const booted = told("info", notices.booted("web-systemd", "1.2"), ...afterBoot);
const on = told("info", notices.bootOnSave("web/Dockerfile"));
const off = told("info", notices.bootOnSaveEnded("web/Dockerfile"));

/** A world whose files are saved and closed by hand. */
function scene(
  given: { engine?: Partial<Engine>; plan?: PlanResult; server?: Partial<Server>; ui?: Partial<Ui> } = {},
) {
  const watched = new Map<string, { saved(uri: string): void; closed(): void }>();
  const { engine, plan = somePlan, server, ui } = given;
  const it = world({
    engine,
    containers: [earlier],
    server: { plan: async () => plan, ...server },
    ui: {
      watchFile: (uri, listener) => {
        watched.set(uri, listener);
        return () => void watched.delete(uri);
      },
      ...ui,
    },
  });
  const notified = () => it.events.filter((event) => /^(info|warning|error): /.test(event));
  return { ...it, watched, notified, save: (uri = dockerfile) => watched.get(dockerfile)?.saved(uri) };
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

  test("boots at the save of a file that it is made from, and at no other", async () => {
    const asked: unknown[] = [];
    const { run, save, notified } = scene({
      server: {
        madeFrom: async (params) => {
          asked.push(params);
          return params.other.endsWith(".service");
        },
      },
    });
    await run("bootOnSave");
    save("file:///work/web/readme.md");
    save("file:///work/web/web.service");
    await expect.poll(notified).toEqual([on, booted]);
    expect(asked).toEqual([
      { uri: dockerfile, other: "file:///work/web/readme.md" },
      { uri: dockerfile, other: "file:///work/web/web.service" },
    ]);
  });

  test("asks the server nothing about the file itself, and boots it although the server is gone", async () => {
    const { run, save, notified } = scene({ server: { madeFrom: () => Promise.reject(new Error("gone")) } });
    await run("bootOnSave");
    save(other);
    save();
    await expect.poll(notified).toEqual([on, booted]);
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

describe("Boot on Save of a compose service", () => {
  const uri = "file:///work/shop/stack.yaml";
  const title = "shop/stack.yaml: db";
  const up = [
    ...["/work/shop", "compose", "--file", "stack.yaml"],
    ...["up", "--detach", "--force-recreate", "--build", "--", "db"],
  ];

  /** The service `db` of that file, whose build and start end with the exit codes. */
  async function serviceScene(
    exitCodes: number[],
    given: { engine?: Partial<Engine>; plan?: Partial<PlanResult>; server?: Partial<Server> } = {},
  ) {
    const ran: unknown[] = [];
    let container: Container | undefined;
    const it = scene({
      engine: {
        composed: async ({ folder, service }) =>
          `${folder} ${service}` === "/work/shop db" ? container : undefined,
        ...given.engine,
      },
      plan: { ...somePlan, stages: ["web", "db"], errors: ["An error."], ...given.plan },
      server: {
        madeFrom: async ({ name, other }) => name === "db" && other.endsWith("db.env"),
        ...given.server,
      },
      ui: {
        kind: () => "compose",
        pick: async (_title, choices) => choices.find(({ label }) => label === "db")?.value,
        runToEnd: async (_title, cwd, { args }) => {
          ran.push([cwd, ...args]);
          const exitCode = exitCodes.shift();
          if (exitCode === 0) container = { id: `${container?.id ?? ""}+`, name: "shop-db-1", running: true };
          return exitCode;
        },
      },
    });
    await it.run("bootOnSave", uri);
    return {
      ...it,
      ran,
      container: () => container,
      save: (saved = uri) => it.watched.get(uri)?.saved(saved),
    };
  }

  const running = told("info", notices.booted("shop-db-1", "1.2"), ...afterBoot);
  const failed = told("warning", notices.composeFailed(title));

  test("builds and replaces it, and reports how it booted", async () => {
    const { save, notified, ran, deps } = await serviceScene([0]);
    save();
    await expect.poll(() => notified().at(-1)).toBe(running);
    expect(ran).toEqual([up]);
    expect(deps.memory.boots?.[0]).toMatchObject({ container: { id: "+", name: "shop-db-1", uri } });
  });

  test("keeps the container before where a build fails, and what was known of it", async () => {
    const { save, notified, container, deps } = await serviceScene([0, 1]);
    save();
    await expect.poll(() => notified().at(-1)).toBe(running);
    save();
    await expect.poll(() => notified().at(-1)).toBe(failed);
    expect(container()?.id).toBe("+");
    expect(deps.memory.boots).toHaveLength(1);
  });

  test("boots at the save of a file of the service too", async () => {
    const { save, notified, ran } = await serviceScene([0]);
    save("file:///work/shop/web.env");
    save("file:///work/shop/db.env");
    await expect.poll(() => notified().at(-1)).toBe(running);
    expect(ran).toEqual([up]);
  });

  test("is known to the other commands, and its report shows each boot", async () => {
    const { save, notified, run, pages, events } = await serviceScene([0, 0]);
    save();
    await expect.poll(() => notified().at(-1)).toBe(running);
    await run("showBootReport", "+");
    await run("openShell", "+");
    expect(events).toContain("shell in shop-db-1");
    const before = pages[0]?.parts;
    save();
    await expect.poll(() => notified().filter((each) => each === running)).toHaveLength(2);
    expect(pages).toHaveLength(1);
    expect(pages[0]?.parts).not.toEqual(before);
  });

  test("explains what went wrong by the compose file and the service, and leaves the container", async () => {
    const asked: unknown[] = [];
    const { save, notified, events } = await serviceScene([0], {
      engine: { boot: async () => ({ ...someReport, state: "exited", exitCode: 255 }) },
      server: {
        explain: async ({ uri, name }) => {
          asked.push({ uri, name });
          return nothingKnown;
        },
      },
    });
    save();
    await expect.poll(() => notified().at(-1)).toContain(notices.exited("shop-db-1", 255));
    expect(asked).toEqual([{ uri, name: "db" }]);
    expect(events.filter((event) => event.startsWith("removed"))).toEqual([]);
  });

  test("only reports that it was started where systemd does not boot in it", async () => {
    const { save, notified } = await serviceScene([0], { plan: { boots: "no" } });
    save();
    await expect.poll(() => notified().at(-1)).toBe(told("info", notices.composeStarted(title)));
  });
});
