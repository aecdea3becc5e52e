import { describe, expect, test } from "vitest";
import { commands } from "../../client/src/commands";
import { rules } from "../../client/src/rules";
import { prose } from "../../client/src/views/markdown";
import { bootReport, buttons, commandReport, notices, questions, titles } from "./english";
import { dockerfile, somePlan, someReport, told, world } from "./world";

const one = [{ id: "1", name: "web-systemd", running: true, uri: dockerfile }];
const two = [...one, { id: "2", name: "db-systemd", running: true }];

describe("in an untrusted workspace", () => {
  const engineCommands = Object.entries(commands).filter(([, { engine }]) => engine);
  test.each(engineCommands.map(([id]) => id.replace("systemdContainers.", "")))(
    "%s does nothing but say so",
    async (name) => {
      const { run, events } = world({ ui: { trusted: () => false } });
      const { title = "" } = commands[`systemdContainers.${name}`] ?? {};
      const untrusted = told("warning", notices.untrusted(title), buttons.manageTrust());
      expect(await run(name)).toEqual([untrusted]);
      expect(events).toEqual([untrusted]);
    },
  );

  test("a run command is copied all the same: it needs no engine", async () => {
    const { run, events } = world({ ui: { trusted: () => false } });
    await run("copyRunCommand");
    expect(events.join()).toContain("copied: docker run");
  });
});

describe("the file a command works on", () => {
  const other = "file:///work/db/Containerfile";

  test("is the one it was called on, before the one in focus", async () => {
    const { run, events } = world();
    await run("build", other);
    expect(events).toContain("built db:systemd");
  });

  test("is picked where several fit and none has the focus", async () => {
    const { run, events } = world({
      ui: {
        activeFile: () => undefined,
        findFiles: async () => ["file:///work/compose.yaml", other, dockerfile],
      },
    });
    await run("build");
    expect(events[0]).toBe(`picked: ${titles.selectFile()} db/Containerfile, web/Dockerfile`);
    expect(events).toContain("built db:systemd");
  });

  test("is not asked for where there is one", async () => {
    const { run, events } = world({
      ui: { activeFile: () => undefined, findFiles: async () => [other] },
    });
    await run("build");
    expect(events.join()).not.toContain("picked");
    expect(events).toContain("built db:systemd");
  });

  test("has to be there", async () => {
    const { run } = world({ ui: { activeFile: () => undefined } });
    expect(await run("build")).toEqual([told("warning", notices.noDockerfile())]);
  });

  test("has to be on disk to be built, and is not needed there to be started elsewhere", async () => {
    const { run, events } = world({ ui: { save: async () => false } });
    expect(await run("build")).toEqual([told("warning", notices.notOnDisk("web/Dockerfile"))]);
    await run("copyRunCommand");
    expect(events.join()).toContain("copied: docker run");
  });
});

describe("Build Image", () => {
  test("shows its output and offers to boot what it built", async () => {
    const { run, events, press } = world();
    expect(await run("build")).toEqual([
      told("info", notices.built("web:systemd", "0.1"), buttons.buildAndBoot()),
    ]);
    expect(events).toContain("shows the output");
    await press(buttons.buildAndBoot());
    expect(events.at(-1)).toBe(`runs systemdContainers.buildAndBoot ${dockerfile}`);
  });

  test("ends without a word when it is cancelled", async () => {
    const scene: ReturnType<typeof world> = world({ engine: { build: async () => scene.cancel() } });
    expect(await scene.run("build")).toEqual([]);
  });
});

describe("Stop", () => {
  test("says how the container ended and offers to remove it", async () => {
    const { run, press, existing, events } = world({ containers: one });
    expect(await run("stop")).toEqual([
      told("info", notices.stopped("web-systemd", "0.1", 0), buttons.remove()),
    ]);
    expect(existing.size).toBe(1);
    await press(buttons.remove());
    expect(events).toContain(`asked: ${questions.remove("web-systemd", false)[0]}`);
    expect(existing.size).toBe(0);
  });

  test("says that a container had to be killed", async () => {
    const { run } = world({ containers: one, engine: { stop: async () => ({ exitCode: 137 }) } });
    expect(await run("stop")).toEqual([
      told("warning", notices.killed("web-systemd", "0.1"), buttons.remove()),
    ]);
  });

  test("asks which one where several run, unless it is called on one", async () => {
    const asking = world({ containers: two });
    await asking.run("stop");
    expect(asking.events).toContain(`picked: ${titles.selectContainer()} web-systemd, db-systemd`);
    const called = world({ containers: two });
    await called.run("stop", "2");
    expect(called.events).toContain("stopped db-systemd");
    expect(called.events.join()).not.toContain("picked");
  });

  test("says that nothing runs", async () => {
    const { run } = world({ containers: [{ id: "1", name: "web-systemd", running: false }] });
    expect(await run("stop")).toEqual([told("info", `${notices.noneRunning()} ${notices.startOne()}`)]);
  });
});

describe("Show Boot Report", () => {
  test("shows a running container as it is now", async () => {
    const report = {
      ...someReport,
      state: "degraded",
      failed: [{ unit: "a.service", journal: ["it broke"] }],
    } as const;
    const { run, events } = world({ containers: one, engine: { report: async () => report } });
    await run("showBootReport");
    expect(events.at(-1)).toContain(`preview: web-systemd\n# ${bootReport.title(prose("web-systemd"))}`);
    expect(events.at(-1)).toContain("it broke");
  });
});

describe("Copy Run Command", () => {
  test("copies a line that a shell reads back as the arguments, and explains it", async () => {
    const { run, events, press } = world();
    expect(await run("copyRunCommand")).toEqual([
      told("info", notices.copied("docker run"), buttons.explainOptions()),
    ]);
    expect(events[0]).toBe(`picked: ${titles.selectCommand()} docker run, podman run, compose.yaml`);
    expect(events).toContain(String.raw`copied: docker run -d --name 'it'\''s me' web:systemd`);
    await press(buttons.explainOptions());
    expect(events.at(-1)).toContain(
      `- \`writable cgroups\`: systemd makes a group for each unit ${commandReport.cost(prose("none to the host"))}`,
    );
  });

  test("copies a compose fragment as it is", async () => {
    const { run, events } = world({ ui: { pick: async (_title, choices) => choices[2]?.value } });
    await run("copyRunCommand");
    expect(events).toContain(`copied: ${somePlan.compose}`);
  });

  test("asks for the service of a compose file where there are several", async () => {
    const asked: unknown[] = [];
    const { run, events } = world({
      server: {
        plan: async ({ name, reference }) => {
          asked.push([name, reference]);
          return { ...somePlan, stages: ["web", "db"] };
        },
      },
    });
    await run("copyRunCommand", "file:///work/shop/compose.yaml");
    expect(events[0]).toBe(`picked: ${titles.selectService()} web, db`);
    expect(asked).toEqual([
      [undefined, "shop-service"],
      ["web", "shop-web"],
    ]);
  });

  test("does not ask for the service that a lens names", async () => {
    const asked: unknown[] = [];
    const { run } = world({
      server: {
        plan: async ({ name, reference }) => {
          asked.push([name, reference]);
          return { ...somePlan, stages: ["web", "db"] };
        },
      },
    });
    await run("copyRunCommand", "file:///work/shop/compose.yaml", "db");
    expect(asked).toEqual([["db", "shop-db"]]);
  });

  test("copies nothing where it is dismissed or nothing would boot", async () => {
    const dismissed = world({ ui: { pick: async () => undefined } });
    expect(await dismissed.run("copyRunCommand")).toEqual([]);
    const refusing = world({ server: { plan: async () => ({ ...somePlan, refused: "It is Alpine." }) } });
    expect(await refusing.run("copyRunCommand")).toEqual([
      told("error", notices.noFlags("web/Dockerfile", "It is Alpine.")),
    ]);
    expect([...dismissed.events, ...refusing.events].join()).not.toContain("copied");
  });
});

describe("rules and server", () => {
  test("Show Rule opens the page of the rule it is called on, and asks otherwise", async () => {
    const { run, events } = world();
    await run("showRule", "run-init", dockerfile);
    expect(events).toEqual(["page: run-init"]);
    await run("showRule");
    const [asked, shown] = events.slice(1);
    const all = rules.map(({ title }) => title);
    expect(asked).toBe(`picked: ${titles.selectRule()} ${all.join(", ")}`);
    expect(shown).toBe(`page: ${rules[0]?.id}`);
  });

  test("Turn Rule Off changes the setting and shows where to change it back", async () => {
    const { run, events, press } = world();
    expect(await run("turnRuleOff", "run-init", dockerfile)).toEqual([
      told("info", notices.ruleDisabled("run-init"), buttons.openSettings()),
    ]);
    expect(events[0]).toBe(`off: run-init for ${dockerfile}`);
    await press(buttons.openSettings());
    expect(events.at(-1)).toBe("settings: systemdContainers.rules.run-init");
  });

  test("Restart Server and Show Log reach the server", async () => {
    const { run, events } = world();
    await run("restartServer");
    await run("showLog");
    expect(events).toEqual(["restarted", "shows the log"]);
  });
});
