import { describe, expect, test } from "vitest";
import { commands } from "../../client/src/commands";
import type { Engine, Memory, SilentPlace, StartRequest } from "../../client/src/ports";
import { placeLine } from "../../client/src/texts/places";
import { prose } from "../../client/src/views/markdown";
import type { PlanParams, PlanResult } from "../../server/src/protocol";
import { bootReport, buttons, english, notices, progress, questions, sentencesOf, titles } from "./english";
import { afterBoot, dockerfile, fault, nothingKnown, somePlan, someReport, told, world } from "./world";

describe("Build and Boot", () => {
  test("connects, tells the server the engine, builds, starts, and says how long the boot took", async () => {
    const { run, events, press } = world();
    await run("buildAndBoot");
    expect(events).toEqual([
      `progress: ${progress.connecting()}`,
      "facts: docker",
      `blames nothing for ${dockerfile}`,
      `progress: ${progress.buildingAndBooting("web-systemd")}`,
      "busy: $(sync~spin) web-systemd",
      "built web:systemd",
      "started web-systemd",
      "busy: -",
      `blames nothing for ${dockerfile}`,
      told("info", notices.booted("web-systemd", "1.2"), ...afterBoot),
    ]);
    await press(buttons.stop());
    expect(events.at(-1)).toBe("runs systemdContainers.stop id-web-systemd");
  });

  test("starts with what the server planned for this engine, from the folder of the Dockerfile", async () => {
    const seen: unknown[] = [];
    const { run } = world({
      server: {
        plan: async (params) => {
          seen.push(params);
          return somePlan;
        },
      },
      engine: {
        build: async (request) => void seen.push(request),
        start: async (request) => {
          seen.push(request);
          return { id: "1", name: request.name, running: true };
        },
      },
    });
    await run("buildAndBoot", dockerfile);
    expect(seen).toEqual([
      {
        uri: dockerfile,
        name: undefined,
        reference: "web:systemd",
        facts: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
        options: { ports: ["exposed"] },
      },
      { dockerfile: "/work/web/Dockerfile", context: "/work/web", tag: "web:systemd", target: undefined },
      {
        name: "web-systemd",
        uri: dockerfile,
        create: somePlan.create,
      },
    ]);
  });

  test("remembers whose problems are shown, of the last boot of a file, where its container is there", async () => {
    const memory: Memory = { blamed: new Map([["old", dockerfile]]) };
    await world({ memory }).run("buildAndBoot");
    expect([...(memory.blamed ?? [])]).toEqual([["id-web-systemd", dockerfile]]);
    const exited = { ...someReport, state: "exited" as const };
    await world({ memory, engine: { boot: async () => exited } }).run("buildAndBoot");
    expect(memory.blamed?.size).toBe(0);
  });

  test("shows that it builds, at which step, and then that it boots", async () => {
    const shown: string[] = [];
    const { run } = world({
      engine: {
        build: async (_request, { print }) => {
          print({ kind: "line", step: 1, text: "[2/3] RUN x" });
          print({ kind: "step", number: 2, of: 3, text: `RUN [x](command:y) ${"z".repeat(80)}` });
          print({ kind: "step", number: 1, of: 2, stage: "base", text: "FROM debian:12" });
        },
      },
      ui: {
        progress: async (_title, task) => task((text) => shown.push(text), new AbortController().signal),
      },
    });
    await run("buildAndBoot");
    expect(shown).toEqual([
      progress.buildingFirst(),
      progress.step(2, 3, `RUN [x](command:y) ${"z".repeat(41)}…`),
      progress.stepOfStage(1, 2, "base", "FROM debian:12"),
      progress.starting(),
      progress.waiting(),
    ]);
  });

  test("keeps the time of the boot for the report, since the engine does not know it later", async () => {
    const { seconds: _, ...report } = someReport;
    const { run, copiedReport } = world({ engine: { report: async () => report } });
    await run("buildAndBoot");
    await run("showBootReport");
    expect(await copiedReport()).toContain(`- ${bootReport.time()}: ${bootReport.seconds(prose("1.2"))}`);
  });

  test("asks for the stage only where there are several, the last one first", async () => {
    const stages = ["build", "final"];
    const last = world({ server: { plan: async () => ({ ...somePlan, stages }) } });
    await last.run("buildAndBoot");
    expect(last.events).toContain(`picked: ${titles.selectStage()} final, build`);
    expect(last.events).toContain("built web:systemd");

    const other = world({
      server: { plan: async () => ({ ...somePlan, stages }) },
      ui: { pick: async (_title, choices) => choices[1]?.value },
    });
    await other.run("buildAndBoot");
    expect(other.events).toContain("built web-build:systemd at build");
  });

  test("builds nothing where no flags make the image boot, and says why", async () => {
    const refused = "A reason.";
    const { run, events } = world({ server: { plan: async () => ({ ...somePlan, refused }) } });
    expect(await run("buildAndBoot")).toEqual([
      told("error", notices.cannotBoot("web/Dockerfile", "Docker 28.5.2", refused)),
    ]);
    expect(events.join()).not.toMatch(/built|started/);
  });

  test("builds nothing where Podman's API cannot say what the plan does, and says what", async () => {
    const refused = "Podman cannot.";
    const { run, events } = world({
      server: { plan: async () => ({ ...somePlan, create: { refused } }) },
    });
    expect(await run("buildAndBoot")).toEqual([`error: ${refused}`]);
    expect(events.join()).not.toMatch(/built|started/);
  });

  test("asks before it boots an image that does not start systemd", async () => {
    const { run, events } = world({
      server: { plan: async () => ({ ...somePlan, boots: "no" }) },
      ui: { confirm: async () => false },
    });
    expect(await run("buildAndBoot")).toEqual([]);
    expect(events.join()).not.toMatch(/built|started/);
  });

  test("leads to what makes an image start systemd, before it boots it anyway", async () => {
    const place = { uri: dockerfile, line: 3, character: 4, endLine: 3, endCharacter: 12 };
    const asking = (startsOther: PlanResult["startsOther"]) => {
      const asked: unknown[] = [];
      const { run, press, events } = world({
        server: { plan: async () => ({ ...somePlan, boots: "no", startsOther }) },
        ui: {
          confirm: async (...[question, detail, yes, others]) => {
            asked.push(question, detail, yes, others?.instead?.title);
            await others?.instead?.run();
            return false;
          },
        },
      });
      return { asked, run, press, events };
    };
    const [question, detail, anyway] = questions.bootAnyway("web/Dockerfile");
    const found = asking({ place, why: "It is not [started](command:x).", wayOut: "fixes" });
    await found.run("buildAndBoot");
    expect(found.asked).toEqual([
      question,
      "It is not [started]\u2060(command:x).",
      anyway,
      buttons.showFixes(),
    ]);
    expect(found.events.at(-1)).toBe(`shows fixes at ${dockerfile}:3`);
    expect(found.events.join()).not.toMatch(/built|started /);

    const plain = asking({ place, wayOut: "edits" });
    await plain.run("buildAndBoot");
    expect(plain.asked).toEqual([question, detail, anyway, buttons.makeImageBoot()]);
    expect(plain.events.at(-1)).toBe(`runs systemdContainers.makeImageBoot ${dockerfile}`);

    const unknown = asking({ place, wayOut: "none" });
    await unknown.run("buildAndBoot");
    expect(unknown.asked).toEqual([question, detail, anyway, buttons.goToLine()]);
    expect(unknown.events.at(-1)).toBe(`reveals ${dockerfile}:3`);
  });

  test("asks before it replaces an earlier container, and keeps it when the answer is no", async () => {
    const containers = [{ id: "old", name: "web-systemd", running: true }];
    const yes = world({ containers });
    await yes.run("buildAndBoot");
    expect(yes.events.filter((event) => /asked|built|stopped|removed|started/.test(event))).toEqual([
      `asked: ${questions.replace("web-systemd", true)[0]}`,
      "built web:systemd",
      "stopped web-systemd",
      "removed web-systemd",
      "started web-systemd",
    ]);

    const no = world({ containers, ui: { confirm: async () => false } });
    await no.run("buildAndBoot");
    expect(no.existing.get("web-systemd")?.id).toBe("old");
    expect(no.events.join()).not.toMatch(/built|started/);
  });

  test("keeps an earlier container where the build fails", async () => {
    const containers = [{ id: "old", name: "web-systemd", running: true }];
    const broken = fault({ code: "build-failed", said: "exit code: 1" });
    const { run, existing } = world({ containers, engine: { build: async () => Promise.reject(broken) } });
    await run("buildAndBoot");
    expect(existing.get("web-systemd")).toMatchObject({ id: "old", running: true });
  });

  test("names the units that failed in a degraded boot", async () => {
    const report = {
      ...someReport,
      state: "degraded",
      failed: [{ unit: "ssh.service", journal: [] }],
    } as const;
    const { run, existing } = world({ engine: { boot: async () => report } });
    expect(await run("buildAndBoot")).toEqual([
      told("warning", notices.degraded("web-systemd", "1.2", "ssh.service"), ...afterBoot),
    ]);
    expect([...existing.keys()]).toEqual(["web-systemd"]);
  });

  test("leaves a container that is still starting when the time is up", async () => {
    const report = { ...someReport, state: "starting", seconds: 90 } as const;
    const { run, existing } = world({ engine: { boot: async () => report } });
    expect(await run("buildAndBoot")).toEqual([
      told("warning", notices.starting("web-systemd", "90.0"), ...afterBoot),
    ]);
    expect(existing.size).toBe(1);
  });
});

describe("a boot that fails", () => {
  const line = "Failed to mount tmpfs at /run: Operation not permitted";
  const ended = { ...someReport, state: "exited", exitCode: 255, log: line } as const;
  const place = { uri: dockerfile, line: 3, character: 0, endLine: 3, endCharacter: 9 };
  const cause = { line, cause: "/run is no tmpfs.", fix: "Mount one.", rule: "run-tmpfs-run", place };

  test("is explained from its log, with a jump to the line to mend, and leaves nothing", async () => {
    const asked: unknown[] = [];
    const { run, press, events, existing } = world({
      engine: { boot: async () => ended },
      server: {
        explain: async (params) => {
          asked.push(params);
          return { ...nothingKnown, causes: [cause] };
        },
      },
    });
    expect(await run("buildAndBoot")).toEqual([
      told(
        "error",
        `${notices.exited("web-systemd", 255)} /run is no tmpfs. Mount one.`,
        buttons.goToLine(),
        buttons.showBootReport(),
        buttons.showRule("run-tmpfs-run"),
      ),
    ]);
    expect(asked).toEqual([
      {
        log: line,
        planned: true,
        exitCode: 255,
        uri: dockerfile,
        failed: [],
        facts: { engine: "docker", version: "28.5.2", cgroupVersion: 2 },
      },
    ]);
    expect([...existing.keys()]).toEqual([]);
    await press(buttons.goToLine());
    await press(buttons.showRule("run-tmpfs-run"));
    expect(events.slice(-2)).toEqual([`reveals ${dockerfile}:3`, "page: run-tmpfs-run"]);
  });

  test("keeps its report although its container is gone", async () => {
    const { run, copiedReport } = world({
      engine: { boot: async () => ended },
      server: { explain: async () => ({ ...nothingKnown, causes: [cause] }) },
    });
    await run("buildAndBoot");
    await run("showBootReport", "web-systemd");
    expect(await copiedReport()).toContain(`# ${bootReport.title(prose("web-systemd"))}`);
    expect(await copiedReport()).toContain("- **/run is no tmpfs.** Mount one. (`run-tmpfs-run`)");
    await run("showBootReport");
    expect(await copiedReport()).toContain(`**${bootReport.exited()}**`);
  });

  test("without a known cause says so instead of guessing", async () => {
    const frozen = { ...someReport, state: "frozen", log: "?" } as const;
    const { run, existing } = world({ engine: { boot: async () => frozen } });
    expect(await run("buildAndBoot")).toEqual([
      told("error", `${notices.frozen("web-systemd")} ${notices.noCause()}`, buttons.showBootReport()),
    ]);
    expect(existing.size).toBe(0);
  });
});

describe("a cancel leaves nothing behind and goes without a message", () => {
  const steps = {
    "while connecting": undefined,
    "while building": "build",
    "while the container starts": "start",
    "while systemd boots": "boot",
  } as const;

  test.each(Object.entries(steps))("%s", async (_title, step) => {
    const scene: ReturnType<typeof world> = world({
      engine: step && { [step]: async () => scene.cancel() },
      noEngine: step ? undefined : new DOMException("aborted", "AbortError"),
    });
    expect(await scene.run("buildAndBoot")).toEqual([]);
    expect([...scene.existing.keys()]).toEqual([]);
    if (step === "boot") expect(scene.events).toContain("removed web-systemd");
    if (step) expect(scene.events).toContain("undone web:systemd");
    if (step) expect(scene.events.at(-1)).toBe("busy: -");
  });

  test.each(["stage", "anyway"])("at the question for %s", async (question) => {
    const plan =
      question === "stage" ? { ...somePlan, stages: ["a", "b"] } : ({ ...somePlan, boots: "no" } as const);
    const { run, events } = world({
      server: { plan: async () => plan },
      ui: { pick: async () => undefined, confirm: async () => false },
    });
    expect(await run("buildAndBoot")).toEqual([]);
    expect(events.join()).not.toMatch(/built|started/);
  });
});

describe("what is taken", () => {
  /** A world where starts fail with these, one after the other; a plan's body reports the requested ports. */
  function taken(...errors: Error[]) {
    const started: StartRequest[] = [];
    const asked: PlanParams[] = [];
    const scene = world({
      server: {
        plan: async (params) => {
          asked.push(params);
          const create = { api: "docker", body: { replaced: params.options?.replacePorts } } as const;
          return { ...somePlan, stages: ["build", "final"], create };
        },
      },
      engine: {
        start: async (request) => {
          started.push(request);
          const error = errors.shift();
          if (error) throw error;
          return { id: "2", name: request.name, running: true };
        },
      },
      ui: { pick: async (_title, choices) => choices[1]?.value },
    });
    return { ...scene, started, asked };
  }
  const port = (number: number, free: number) =>
    fault({ code: "port-taken", port: number, instead: { port: { taken: number, free } } });

  test("a name: one button goes on with the next free one, and nothing is built again", async () => {
    const nameTaken = {
      code: "name-taken",
      taken: "web-systemd",
      instead: { name: "web-systemd-2" },
    } as const;
    const { run, press, events, started } = taken(fault(nameTaken));
    expect(await run("buildAndBoot")).toEqual([
      told("error", sentencesOf(nameTaken), buttons.useName("web-systemd-2")),
    ]);
    await press(buttons.useName("web-systemd-2"));
    expect(started.map(({ name }) => name)).toEqual(["web-build-systemd", "web-systemd-2"]);
    expect(events.filter((event) => event.startsWith("built"))).toHaveLength(1);
    expect(events.at(-1)).toBe(told("info", notices.booted("web-systemd-2", "1.2"), ...afterBoot));
    expect(events.join()).not.toContain("undone");
  });

  test("a port: the server plans again with the next free one, and the rest of the launch stays", async () => {
    const { run, press, events, started, asked } = taken(port(8080, 8081), port(8443, 8444));
    await run("buildAndBoot");
    await press(buttons.usePort(8081));
    await press(buttons.usePort(8444));
    const [, chosen, ...again] = asked;
    const replaced = [
      { taken: 8080, free: 8081 },
      { taken: 8443, free: 8444 },
    ];
    expect(chosen).toMatchObject({ name: "build", options: { ports: ["exposed"] } });
    expect(again).toEqual([
      { ...chosen, options: { ...chosen?.options, replacePorts: replaced.slice(0, 1) } },
      { ...chosen, options: { ...chosen?.options, replacePorts: replaced } },
    ]);
    expect(started.map(({ create }) => create.body.replaced)).toEqual([
      undefined,
      replaced.slice(0, 1),
      replaced,
    ]);
    expect(new Set(started.map(({ name }) => name)).size).toBe(1);
    expect(events.filter((event) => event.startsWith("built"))).toHaveLength(1);
  });

  test("a port, where there is no plan any more: says why and starts nothing", async () => {
    const started: StartRequest[] = [];
    const { run, press, events } = world({
      server: {
        plan: async ({ options }) =>
          options?.replacePorts ? { ...somePlan, refused: "A reason." } : somePlan,
      },
      engine: {
        start: async (request) => {
          started.push(request);
          throw port(8080, 8081);
        },
      },
    });
    await run("buildAndBoot");
    await press(buttons.usePort(8081));
    expect(started).toHaveLength(1);
    expect(events.at(-1)).toBe(
      told("error", notices.cannotBoot("web-systemd", "Docker 28.5.2", "A reason.")),
    );
  });
});

describe("what an engine fails with", () => {
  test("a daemon that vanishes during the boot is told, and the container is not waited for", async () => {
    const gone = fault({ code: "engine-gone" });
    const engine: Partial<Engine> = {
      boot: async () => Promise.reject(gone),
      remove: async () => Promise.reject(gone),
      containers: async () => (started ? Promise.reject(gone) : []),
      start: async ({ name }) => {
        started = true;
        return { id: "1", name, running: true };
      },
    };
    let started = false;
    const { run, events } = world({ engine });
    expect(await run("buildAndBoot")).toEqual([told("error", sentencesOf({ code: "engine-gone" }))]);
    expect(events).toContain("busy: -");
  });

  test("a build error leads to its line", async () => {
    const broken = {
      code: "build-failed",
      said: "exit code: 100",
      step: { text: "RUN apt-get install sytemd", exitCode: "100" },
      line: 4,
    } as const;
    const { run, press, events } = world({ engine: { build: async () => Promise.reject(fault(broken)) } });
    expect(await run("build")).toEqual([
      told("error", sentencesOf(broken), buttons.goToLine(), buttons.showOutput()),
    ]);
    await press(buttons.goToLine());
    expect(events.at(-1)).toBe(`reveals ${dockerfile}:4`);
  });

  test("no engine: what was tried and how to get one", async () => {
    const printed: string[] = [];
    const tried: SilentPlace = {
      url: "unix:///var/run/docker.sock",
      source: { code: "docker" },
      reason: { code: "no-socket" },
    };
    const none = { code: "no-engine", tried: [tried] } as const;
    const { run, press, events } = world({
      noEngine: fault(none),
      ui: { print: (text) => printed.push(text) },
    });
    expect(await run("buildAndBoot")).toEqual([
      told("error", sentencesOf(none), buttons.showAttempts(), buttons.installEngine()),
    ]);
    expect(events).toContain("facts: none");
    expect(printed.slice(1)).toEqual([`  ${placeLine(english, tried)}\n`]);
    await press(buttons.installEngine());
    expect(events.at(-1)).toBe("browses https://docs.docker.com/engine/install/");
  });

  test("no engine at the address of the settings: two buttons, first the one to the settings", async () => {
    const none = {
      code: "no-engine",
      tried: [{ url: "unix:///gone.sock", source: { code: "setting" }, reason: { code: "no-socket" } }],
    } as const;
    const { run } = world({ noEngine: fault(none) });
    expect(await run("buildAndBoot")).toEqual([
      told("error", sentencesOf(none), buttons.openSettings(), buttons.showAttempts()),
    ]);
    expect(sentencesOf(none)).toContain("/gone.sock");
  });

  test("a socket that may not be opened is no reason to get another engine", async () => {
    const denied = { code: "permission", url: "unix:///s", tried: [] } as const;
    const { run } = world({ noEngine: fault(denied) });
    expect(await run("stop")).toEqual([told("error", sentencesOf(denied), buttons.showAttempts())]);
  });

  test("a defect of ours is told with the way to the log", async () => {
    const { run, press, events } = world({
      noEngine: Object.assign(new TypeError("x is not a function"), { code: "ERR_INVALID" }),
    });
    expect(await run("stop")).toEqual([
      told(
        "error",
        notices.failed(commands["systemdContainers.stop"]?.title ?? "", "x is not a function"),
        buttons.showLog(),
      ),
    ]);
    await press(buttons.showLog());
    expect(events.at(-1)).toBe("shows the log");
  });
});
