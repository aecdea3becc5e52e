import { describe, expect, test } from "vitest";
import { commands } from "../../client/src/commands";
import type { Ui } from "../../client/src/ports";
import { rules } from "../../client/src/rules";
import type { Text } from "../../client/src/text";
import { prose } from "../../client/src/views/markdown";
import type { FixAllResult } from "../../server/src/protocol";
import { readSnippets } from "../snippets/snippet";
import { bootReport, buttons, commandReport, labels, notices, questions, titles } from "./english";
import { dockerfile, somePlan, someReport, told, world } from "./world";

const one = [{ id: "1", name: "web-systemd", running: true, uri: dockerfile }];
const two = [...one, { id: "2", name: "db-systemd", running: true }];

describe("in an untrusted workspace", () => {
  const engineCommands = Object.entries(commands).filter(([, { engine }]) => engine);
  test.each(engineCommands.map(([id]) => id.replace("systemdContainers.", "")))(
    "%s only reports it",
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

  test("is the only one that is open, where a report has the focus", async () => {
    const of = (...open: readonly string[]) =>
      world({
        ui: {
          activeFile: () => undefined,
          openFiles: () => ["file:///work/notes.txt", ...open],
          findFiles: async () => [other, dockerfile],
        },
      });
    const one = of(dockerfile);
    await one.run("copyRunCommand");
    expect(one.events[0]).toBe(`picked: ${titles.selectCommand()} docker run, podman run, compose.yaml`);
    const several = of(dockerfile, other);
    await several.run("copyRunCommand");
    expect(several.events[0]).toBe(`picked: ${titles.selectFile()} db/Containerfile, web/Dockerfile`);
  });

  test("is not asked for where there is one", async () => {
    const { run, events } = world({
      ui: { activeFile: () => undefined, findFiles: async () => [other] },
    });
    await run("build");
    expect(events.join()).not.toContain("picked");
    expect(events).toContain("built db:systemd");
  });

  test("has to be there, and can be made where there is none", async () => {
    const { run, events, press } = world({ ui: { activeFile: () => undefined } });
    const none = told("warning", notices.noDockerfile(), buttons.newDockerfile(), buttons.openExample());
    expect(await run("build")).toEqual([none]);
    await press(buttons.newDockerfile());
    expect(events.at(-1)).toBe("new dockerfile: Debian with systemd");
  });

  test("has to be on disk to be built, and is not needed there to be started elsewhere", async () => {
    const { run, events, press } = world({ ui: { save: async () => false } });
    expect(await run("build")).toEqual([
      told("warning", notices.notOnDisk("web/Dockerfile"), buttons.saveAs()),
    ]);
    await press(buttons.saveAs());
    expect(events.at(-1)).toBe(`asks where to save ${dockerfile}`);
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
    const { run, copiedReport } = world({ containers: one, engine: { report: async () => report } });
    await run("showBootReport");
    expect(await copiedReport()).toContain(`# ${bootReport.title(prose("web-systemd"))}`);
    expect(await copiedReport()).toContain("it broke");
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

  test("publishes what Build and Boot publishes", async () => {
    const asked: unknown[] = [];
    const { run } = world({
      server: {
        plan: async ({ options }) => {
          asked.push(options?.ports);
          return somePlan;
        },
      },
    });
    await run("copyRunCommand");
    expect(asked).toEqual([["exposed"]]);
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

describe("Fix All", () => {
  const place = { uri: dockerfile, line: 4, character: 4, endLine: 4, endCharacter: 9 };
  const having = (result: FixAllResult) => world({ server: { fixAll: async () => result } });

  test("reports what it did and what is left, and leads to the first of that", async () => {
    const first = { place, fixable: true };
    const { run, press, events } = having({ fixed: 5, suggestions: 2, unfixable: 1, hints: 1, first });
    const counts = [
      notices.fixed(5),
      notices.suggestionsLeft(2),
      notices.unfixableLeft(1),
      notices.hintsLeft(1),
    ].join(", ");
    expect(await run("fixAll")).toEqual([
      told("info", notices.fixedAll("web/Dockerfile", counts), buttons.showFixes()),
    ]);
    await press(buttons.showFixes());
    expect(events.at(-1)).toBe(`shows fixes at ${dockerfile}:4`);
  });

  test("goes to what has no fix, and has no button where nothing is left", async () => {
    const left = { fixed: 0, suggestions: 0, unfixable: 1, hints: 0 };
    const one = having({ ...left, first: { place, fixable: false } });
    await one.run("fixAll");
    await one.press(buttons.goToLine());
    expect(one.events.at(-1)).toBe(`reveals ${dockerfile}:4`);
    expect(await having({ ...left, unfixable: 0 }).run("fixAll")).toEqual([
      told("info", notices.fixedAll("web/Dockerfile", notices.fixed(0))),
    ]);
  });

  test("reports why nothing was done", async () => {
    expect(await having({ refused: "A reason." }).run("fixAll")).toEqual([told("warning", "A reason.")]);
  });
});

describe("Ignore or Disable", () => {
  const comment = (rule: string, events: string[]) => ({
    rule,
    title: `ignore ${rule}` as Text,
    apply: async () => void events.push(`ignored ${rule}`),
  });
  const choosing = (...picks: readonly number[]) => {
    const applied: string[] = [];
    const asked: string[] = [];
    const left = [...picks];
    const { run, events, press } = world({
      ui: {
        ignoreComments: async (uri, range) => {
          asked.push(`${uri} ${range}`);
          return [comment("run-init", applied), comment("run-tty", applied)];
        },
        pick: async (title, choices) => {
          asked.push(`${title}: ${choices.map(({ label }) => label).join(", ")}`);
          return choices[left.shift() ?? -1]?.value;
        },
      },
    });
    return { run, events, press, applied, asked };
  };
  const entries = (rule: string) =>
    `${titles.ignoreOrDisable(rule)}: ignore ${rule}, ${labels.disableRule(rule)}, ${labels.explainRule(rule)}`;

  test("asks for the rule where several are there, and applies the comment that is picked", async () => {
    const { run, applied, asked } = choosing(1, 0);
    await run("ignoreOrDisable", dockerfile, "a range", "run-init", "run-tty");
    expect(asked).toEqual([
      `${dockerfile} a range`,
      `${titles.selectRule()}: run-init, run-tty`,
      entries("run-tty"),
    ]);
    expect(applied).toEqual(["ignored run-tty"]);
  });

  test("disables the rule, and shows where to change it back", async () => {
    const { run, events, press } = choosing(0, 1);
    expect(await run("ignoreOrDisable", dockerfile, "a range")).toEqual([
      told("info", notices.ruleDisabled("run-init"), buttons.openSettings()),
    ]);
    expect(events[0]).toBe(`off: run-init for ${dockerfile}`);
    await press(buttons.openSettings());
    expect(events.at(-1)).toBe("settings: systemdContainers.rules.run-init");
  });

  test("shows the page of the rule, and does nothing where a question is dismissed", async () => {
    const page = choosing(0, 2);
    await page.run("ignoreOrDisable", dockerfile);
    expect(page.events).toEqual(["page: run-init"]);
    for (const picks of [[], [0]]) {
      const dismissed = choosing(...picks);
      await dismissed.run("ignoreOrDisable", dockerfile);
      expect([dismissed.events, dismissed.applied]).toEqual([[], []]);
    }
  });

  test("works at the cursor of the active file, and reports where there is no problem", async () => {
    const { run, asked } = choosing();
    await run("ignoreOrDisable");
    expect(asked[0]).toBe(`${dockerfile} undefined`);
    expect(await world().run("ignoreOrDisable")).toEqual([told("info", notices.noProblemHere())]);
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

  test("Restart Language Server and Show Log reach the server", async () => {
    const { run, events } = world();
    await run("restartServer");
    await run("showLog");
    expect(events).toEqual(["restarted", "shows the log"]);
  });
});

test("New Dockerfile That Boots systemd opens a snippet that there is", async () => {
  const { run, events } = world();
  await run("newDockerfile");
  const [, name] = /^new dockerfile: (.*)$/.exec(events.at(-1) ?? "") ?? [];
  expect(readSnippets("dockerfile.json").map((snippet) => snippet.name)).toContain(name);
});

describe("a whole-file action", () => {
  const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 9 } };
  const changed = [{ uri: dockerfile, edits: [{ range, newText: 'CMD ["/sbin/init"]' }] }];
  const created = [{ uri: "file:///work/web/run-app.service", text: "[Unit]\n" }];
  const made = [`changed ${dockerfile}: CMD ["/sbin/init"]`, "created file:///work/web/run-app.service"];

  test.each([
    ["makeImageBoot", { to: "bootSystemd" }, notices.bootsSystemd()],
    ["addComposeService", { to: "addComposeService" }, notices.serviceAdded()],
    ["forwardJournal", { to: "forwardJournal" }, notices.journalForwarded()],
    ["createUnitFile", { to: "createUnit", program: "answer" }, notices.unitCreated()],
  ] as const)("%s makes its edits", async (command, asked, done) => {
    const requests: unknown[] = [];
    const convert = async (params: unknown) => {
      requests.push(params);
      return { changed, created };
    };
    const { run, events } = world({ server: { convert } });
    expect(await run(command, dockerfile)).toEqual([told("info", done)]);
    expect(requests).toEqual([{ uri: dockerfile, ...asked }]);
    expect(events).toEqual(expect.arrayContaining(made));
  });

  test.each([
    ["of the cursor", [], { uri: dockerfile, position: { line: 2, character: 4 } }],
    [
      "that is named",
      ["file:///work/start.sh", "7"],
      { uri: "file:///work/start.sh", position: { line: 7, character: 0 } },
    ],
  ])("runAtBoot is about the line %s", async (_, args, asked) => {
    const requests: unknown[] = [];
    const convert = async (params: unknown) => {
      requests.push(params);
      return { changed, created };
    };
    const { run } = world({ server: { convert } });
    expect(await run("runAtBoot", ...args)).toEqual([told("info", notices.runsAtBoot())]);
    expect(requests).toEqual([{ to: "runAtBoot", ...asked }]);
  });

  test("runAtBoot needs an open file, and createUnitFile a program", async () => {
    const none = world({ ui: { cursor: () => undefined, ask: async () => undefined } });
    expect(await none.run("runAtBoot")).toEqual([told("warning", notices.noLine())]);
    expect(await none.run("createUnitFile", dockerfile)).toEqual([told("warning", notices.noLine())]);
    expect(none.events.join()).not.toContain("changed");
  });

  test("tells what is in doubt", async () => {
    const doubt = "The entry point is not known.";
    const { run } = world({ server: { convert: async () => ({ changed, created, doubt }) } });
    expect(await run("makeImageBoot", dockerfile)).toEqual([`info: ${notices.bootsSystemd()} ${doubt}`]);
  });

  test("reports edits that are not made", async () => {
    const { run } = world({
      server: { convert: async () => ({ changed, created }) },
      ui: { change: async () => false },
    });
    expect(await run("makeImageBoot", dockerfile)).toEqual([
      told("error", notices.notChanged("web/Dockerfile")),
    ]);
  });

  test("reports why a file is left as it is", async () => {
    const refused = "This image already starts systemd.";
    const { run, events } = world({
      server: { convert: async () => ({ refused, changed: [], created: [] }) },
    });
    expect(await run("makeImageBoot", dockerfile)).toEqual([`warning: ${refused}`]);
    expect(events.join()).not.toContain("changed");
  });
});

describe("Convert to Another Format…", () => {
  const compose = "file:///work/compose.yaml";

  test("opens the container at the cursor in the format that is picked", async () => {
    const requests: unknown[] = [];
    const convert = async (params: unknown) => {
      requests.push(params);
      return { changed: [], created: [], text: "[Container]\n" };
    };
    const cursor = () => ({ uri: compose, line: 7, character: 4 });
    const offered: string[] = [];
    const pick: Ui["pick"] = async (_, choices) => {
      offered.push(...choices.map(({ label }) => label));
      return choices.find(({ label }) => label === "Quadlet")?.value;
    };
    const { run, events } = world({ server: { convert }, ui: { cursor, pick } });
    expect(await run("convertToFormat")).toEqual([]);
    expect(events).toEqual(["opens ini: [Container]\n"]);
    // Its own format is not one of them.
    expect(offered).toEqual([
      ...["docker run", "podman run", "Quadlet", "devcontainer.json", "molecule.yml", "Kubernetes"],
    ]);
    const position = { line: 7, character: 4 };
    expect(requests).toEqual([{ uri: compose, to: "format", format: "quadlet", position }]);
  });

  test("reports why there is none, and that a file is needed", async () => {
    const refused = "Nothing in this file starts systemd.";
    const none = world({ server: { convert: async () => ({ refused, changed: [], created: [] }) } });
    expect(await none.run("convertToFormat", compose)).toEqual([`warning: ${refused}`]);
    expect(none.events.join()).not.toContain("opens");
    const closed = world({ ui: { cursor: () => undefined } });
    expect(await closed.run("convertToFormat")).toEqual([told("warning", notices.noContainer())]);
  });
});
