import { describe, expect, test } from "vitest";
import { chooseContainer } from "../../client/src/flows/connect";
import type { Engine, JournalBatch, PublishedPort } from "../../client/src/ports";
import { withIcon } from "../../client/src/text";
import { buttons, labels, notes, notices, questions, sentencesOf, titles } from "./english";
import { afterBoot, dockerfile, fault, someReport, someShell, someUsers, told, world } from "./world";

const web = { id: "1", name: "web-systemd", running: true, uri: dockerfile };
const stopped = { id: "2", name: "db-systemd", running: false, status: "Exited (0) 5 days ago" };

describe("terminals", () => {
  test("Open Shell is root's, under the container's name", async () => {
    const { run, events } = world({ containers: [web] });
    await run("openShell");
    expect(events.slice(-2)).toEqual([`terminal: ${titles.shell("web-systemd")}`, "shell in web-systemd"]);
  });

  test("Open Shell As asks for the user, unless there is only one", async () => {
    const asking = world({
      containers: [web],
      ui: { pick: async (_title, choices) => choices[1]?.value },
    });
    await asking.run("openShellAs");
    expect(asking.events.slice(-2)).toEqual([
      `terminal: ${titles.shellAs("web-systemd", "me")}`,
      "shell in web-systemd as me",
    ]);
    const alone = world({ containers: [web], engine: { users: async () => someUsers.slice(0, 1) } });
    await alone.run("openShellAs");
    expect(alone.events.at(-1)).toBe("shell in web-systemd as root");
    expect(alone.events.join()).not.toContain("picked");
  });

  test("Open Shell As opens none where nobody can log in, or nobody is picked", async () => {
    const empty = world({ containers: [web], engine: { users: async () => [] } });
    expect(await empty.run("openShellAs")).toEqual([told("warning", notices.noUsers())]);
    const dismissed = world({ containers: [web], ui: { pick: async () => undefined } });
    await dismissed.run("openShellAs");
    expect([...empty.events, ...dismissed.events].join()).not.toContain("terminal");
  });

  test("Open Login Console attaches, and says that it is the console", async () => {
    const { run, events } = world({ containers: [web] });
    await run("openLoginConsole");
    expect(events.slice(-2)).toEqual([
      `terminal: ${titles.console("web-systemd")}`,
      "console of web-systemd",
    ]);
  });

  test.each([
    [true, notes.attached()],
    [false, notes.readOnly()],
  ])(
    "a login console that takes input (%s) shows what came before, a line of ours, and what comes",
    async (takesInput, note) => {
      let text = "";
      let opened: Promise<void> | undefined;
      const { run } = world({
        containers: [web],
        engine: {
          console: async () => ({
            ...{ ...someShell, takesInput, earlier: Buffer.from("Welcome\r\n") },
            onData: (listener) => listener(Buffer.from("login: ")),
          }),
        },
        ui: {
          terminal: (_name, open) => {
            const decoder = new TextDecoder();
            opened = open({ columns: 80, rows: 24 }).then((shell) =>
              shell.onData((data) => {
                text += decoder.decode(data);
              }),
            );
          },
        },
      });
      await run("openLoginConsole");
      await opened;
      expect(text).toBe(`Welcome\r\n\r\n[${note}]\r\nlogin: `);
    },
  );
});

describe("the container that a command works on", () => {
  test.each(["running", "stopped", "all"] as const)(
    "is found by one question to the engine: %s",
    async (which) => {
      let asked = 0;
      const { deps, events } = world();
      const { places } = await deps.engine.find(new AbortController().signal);
      const engine = places[0]?.engine as Engine;
      const containers = async () => {
        asked++;
        return [web, stopped];
      };
      const called = which === "running" ? web : stopped;
      expect(await chooseContainer(deps, { ...engine, containers }, called.id, which)).toBe(called);
      expect(asked).toBe(1);
      expect(events).toEqual([]);
    },
  );

  test("is no other one in place of one that is gone, or that it cannot work on", async () => {
    const { run, events } = world({ containers: [web, stopped] });
    await run("stop", "3");
    await run("stop", stopped.id);
    await run("start", web.id);
    expect(events.filter((event) => !/^(progress|facts)/.test(event))).toEqual([
      told("warning", sentencesOf({ code: "container-gone" })),
      told("warning", notices.notRunning("db-systemd")),
      told("warning", notices.alreadyRunning("web-systemd")),
    ]);
  });
});

test.each([
  ["file:///work/web/Dockerfile", []],
  [undefined, []],
  ["file:///elsewhere/Dockerfile", [`picked: ${titles.selectContainer()} web-systemd`]],
])("the only container is asked about where another workspace started it: %s", async (uri, asked) => {
  const { run, events } = world({ containers: [{ ...web, uri }] });
  await run("stop");
  expect(events.filter((event) => event.startsWith("picked"))).toEqual(asked);
  expect(events.some((event) => /^stopped/.test(event))).toBe(true);
});

describe("Run Command", () => {
  test("shows the line, what it writes and its exit code", async () => {
    const { run, events, printed } = world({ containers: [web] });
    expect(await run("runCommand")).toEqual([]);
    expect(events).toContain("ran in web-systemd: answer");
    expect(printed.get(titles.commandsIn("web-systemd"))).toBe(
      `# answer\noutput\n${notes.commandExited(0)}\n`,
    );
  });

  test("tells of an exit code that is not 0, on a line of its own", async () => {
    const engine: Partial<Engine> = {
      run: async (_container, _line, { print }) => {
        print("no line end");
        return 3;
      },
    };
    const { run, printed } = world({ containers: [web], engine });
    expect(await run("runCommand")).toEqual([told("warning", notices.commandExited("answer", 3))]);
    expect(printed.get(titles.commandsIn("web-systemd"))).toBe(
      `# answer\nno line end\n${notes.commandExited(3)}\n`,
    );
  });

  test("offers the lines of before, the newest first, each once, to be run as they were", async () => {
    const typed = ["a", "b $(x) $(y z)", "a", "  "];
    const offered: string[][] = [];
    let picked = 0;
    const { run, events } = world({
      containers: [web],
      ui: {
        ask: async () => typed.shift(),
        pick: async (_title, choices) => {
          offered.push(choices.map(({ icon, label }) => withIcon(icon, label)));
          return choices[picked]?.value;
        },
      },
    });
    for (let turn = 0; turn < 4; turn++) await run("runCommand");
    picked = 2;
    await run("runCommand");
    const other = `$(edit) ${labels.enterCommand()}`;
    expect(offered).toEqual([
      [other, "a"],
      [other, "b \\$(x) $(y z)", "a"],
      [other, "a", "b \\$(x) $(y z)"],
      [other, "a", "b \\$(x) $(y z)"],
    ]);
    expect(events.filter((event) => event.startsWith("ran"))).toEqual([
      "ran in web-systemd: a",
      "ran in web-systemd: b $(x) $(y z)",
      "ran in web-systemd: a",
      "ran in web-systemd: b $(x) $(y z)",
    ]);
  });

  test("that is cancelled says so where its output is, and nowhere else", async () => {
    const scene: ReturnType<typeof world> = world({
      containers: [web],
      engine: { run: async () => scene.cancel() },
    });
    expect(await scene.run("runCommand")).toEqual([]);
    expect(scene.printed.get(titles.commandsIn("web-systemd"))).toBe(
      `# answer\n${notes.commandCancelled()}\n`,
    );
  });

  test("that breaks off says so in both places", async () => {
    const gone = fault({ code: "engine-gone" });
    const { run, printed } = world({ containers: [web], engine: { run: () => Promise.reject(gone) } });
    expect(await run("runCommand")).toEqual([told("error", sentencesOf({ code: "engine-gone" }))]);
    expect(printed.get(titles.commandsIn("web-systemd"))).toBe(`# answer\n${notes.disconnected()}\n`);
  });
});

describe("a journal", () => {
  /** The channel of all that is in it. */
  const whole = `web-systemd ${notes.journal()}`;
  const batch = (dropped: number, ...lines: string[]): JournalBatch => ({
    text: lines.map((line) => `${line}\n`).join(""),
    dropped,
  });

  test("is picked among everything and the units, failed ones first", async () => {
    const { run, events, printed } = world({
      containers: [web],
      engine: {
        journal: async function* (_container, unit) {
          yield batch(0, `of ${unit}`);
        },
      },
    });
    await run("followJournal");
    expect(events).toContain(
      `picked: ${titles.selectUnit()} ${labels.entireJournal("web-systemd")}, $(error) web.service, ssh.service, -.mount, late.service`,
    );
    expect(printed.get(whole)).toBe(`of undefined\n[${notes.journalEnded()}]\n`);
  });

  test("of a unit has a channel of its own, and says what was dropped", async () => {
    const { run, printed } = world({
      containers: [web],
      ui: { pick: async (_title, choices) => choices[1]?.value },
      engine: {
        journal: async function* (_container, unit) {
          yield batch(0, `a of ${unit}`, "b");
          yield batch(12, "c");
        },
      },
    });
    await run("followJournal");
    expect(printed.get("web-systemd web.service")).toBe(
      ["a of web.service", "b", `[${notes.linesDropped(12)}]`, "c", `[${notes.journalEnded()}]\n`].join("\n"),
    );
  });

  test("is held back and let go on, several at a time, and ends when it is stopped", async () => {
    let picks = 0;
    const { run, events, printed } = world({
      containers: [web],
      ui: {
        pick: async (title, choices) => {
          events.push(
            `picked: ${title} ${choices.map(({ label, description }) => `${label} ${description ?? ""}`)}`,
          );
          return (title === titles.selectJournal() ? choices.at(-1) : choices[picks++])?.value;
        },
      },
      engine: { journal: endless },
    });
    const following = run("followJournal");
    await expect.poll(() => printed.get(whole)).toContain("2\n");
    await run("toggleJournal");
    const unit = run("followJournal");
    await expect.poll(() => printed.get("web-systemd web.service")).toContain("2\n");
    expect(printed.get(whole)?.endsWith(`\n[${notes.journalPaused()}]\n`)).toBe(true);

    await run("stopJournal");
    await unit;
    expect(events.at(-1)).toBe(
      `picked: ${titles.selectJournal()} ${whole} ${labels.journalPaused()},web-systemd web.service `,
    );
    expect(printed.get("web-systemd web.service")?.endsWith(`\n[${notes.journalStopped()}]\n`)).toBe(true);

    await run("toggleJournal");
    await expect
      .poll(() => printed.get(whole))
      .toMatch(new RegExp(`\\[${notes.journalPaused()}\\]\\n\\d+\\n`));
    await run("stopJournal");
    await following;
    expect(await run("toggleJournal")).toEqual([told("info", notices.noJournal())]);
    const lines = printed.get(whole)?.match(/^\d+$/gm) ?? [];
    expect(lines).toEqual(lines.map((_, index) => `${index}`));
  });

  test("that is followed already is shown, not followed twice", async () => {
    let started = 0;
    const { run, events, contexts } = world({
      containers: [web],
      engine: {
        journal: (container, unit, signal) => {
          started++;
          return endless(container, unit, signal);
        },
      },
    });
    const first = run("followJournal");
    await expect.poll(() => started).toBe(1);
    await run("followJournal");
    expect(events.filter((event) => event.startsWith("shows"))).toHaveLength(2);
    expect(contexts.get("followsJournal")).toBe(true);
    await run("stopJournal");
    await first;
    expect(started).toBe(1);
    expect(contexts.get("followsJournal")).toBe(false);
  });

  async function* endless(_container: unknown, _unit: unknown, signal: AbortSignal) {
    for (let line = 0; !signal.aborted; line++) yield batch(0, `${line}`);
  }
});

describe("Open in Browser", () => {
  const at = (inside: number, port: number, host: string | undefined = "localhost") => ({
    inside,
    host,
    port,
  });
  const opened = async (ports: readonly PublishedPort[], noNetwork = false) => {
    const published = async () => ({ ports, noNetwork });
    const { run, events } = world({ containers: [web], engine: { published } });
    return [...(await run("openInBrowser")), ...events.filter((event) => /^(picked|browses)/.test(event))];
  };

  test.each([
    [at(80, 8080), "http://localhost:8080/"],
    [at(443, 9000), "https://localhost:9000/"],
    [at(8443, 8443, "[::1]"), "https://[::1]:8443/"],
    [at(7777, 7777, "build.example"), "http://build.example:7777/"],
  ])("opens the only page: %o", async (port, url) => {
    expect(await opened([at(22, 2222), port])).toEqual([`browses ${url}`]);
  });

  test("asks where there are several", async () => {
    expect(await opened([at(80, 8080), at(443, 8443)])).toEqual([
      `picked: ${titles.selectPage()} http://localhost:8080/, https://localhost:8443/`,
      "browses http://localhost:8080/",
    ]);
  });

  test("says why there is nothing, and what to do", async () => {
    expect(await opened([])).toEqual([told("info", notices.noPorts("web-systemd"))]);
    expect(await opened([at(22, 2222), at(5432, 5432)])).toEqual([
      told("info", notices.noHttpPort("web-systemd", "22 → localhost:2222, 5432 → localhost:5432")),
    ]);
    expect(await opened([], true)).toEqual([told("info", notices.noNetwork("web-systemd"))]);
    expect(await opened([{ inside: 80, port: 8080 }])).toEqual([
      told("info", notices.portElsewhere(80, "web-systemd", 8080)),
    ]);
  });
});

describe("Restart", () => {
  test("stops in order, starts again, waits for systemd and says how it went", async () => {
    const { run, events } = world({ containers: [web] });
    expect(await run("restart")).toEqual([told("info", notices.booted("web-systemd", "1.2"), ...afterBoot)]);
    const steps = events.filter((event) => /^(stopped|started)/.test(event));
    expect(steps).toEqual(["stopped web-systemd", "started web-systemd again"]);
  });

  test("starts one that had stopped", async () => {
    const { run, events } = world({ containers: [stopped] });
    await run("restart");
    expect(events).toContain("started db-systemd again");
    expect(events.join()).not.toContain("stopped db-systemd");
  });

  test("that does not boot is explained, and the container is kept", async () => {
    const { run, existing } = world({
      containers: [web],
      engine: { boot: async () => ({ ...someReport, state: "exited", exitCode: 255 }) },
      server: {
        explain: async ({ uri }) => ({
          causes: [{ line: "", cause: `A cause in ${uri}.`, fix: "A fix." }],
          units: [],
          remarks: [],
          looked: { lines: 1, known: 1 },
        }),
      },
    });
    expect(await run("restart")).toEqual([
      told(
        "error",
        `${notices.exited("web-systemd", 255)} A cause in ${dockerfile}. A fix.`,
        buttons.showBootReport(),
      ),
    ]);
    expect(existing.has("web-systemd")).toBe(true);
  });

  test("that is cancelled goes without a word", async () => {
    const scene: ReturnType<typeof world> = world({
      containers: [web],
      engine: { boot: async () => scene.cancel() },
    });
    expect(await scene.run("restart")).toEqual([]);
  });
});

describe("Remove", () => {
  test("asks first, stops in order what runs, and says that it is gone", async () => {
    const { run, events, existing } = world({ containers: [web] });
    expect(await run("remove")).toEqual([told("info", notices.removed("web-systemd"))]);
    expect(events.filter((event) => /^(asked|stopped|removed)/.test(event))).toEqual([
      `asked: ${questions.remove("web-systemd", true)[0]}`,
      "stopped web-systemd",
      "removed web-systemd",
    ]);
    expect(existing.size).toBe(0);
  });

  test("keeps everything where the answer is no", async () => {
    const { run, existing, events } = world({ containers: [web], ui: { confirm: async () => false } });
    expect(await run("remove")).toEqual([]);
    expect(existing.size).toBe(1);
    expect(events.join()).not.toContain("stopped");
  });

  test("takes in what does not run, and the choice says so", async () => {
    const choices: unknown[] = [];
    const { run, existing } = world({
      containers: [web, stopped],
      ui: {
        pick: async (_title, offered) => {
          choices.push(...offered.map(({ label, description }) => [label, description]));
          return offered[1]?.value;
        },
      },
    });
    await run("remove");
    expect(choices).toEqual([
      ["web-systemd", "web/Dockerfile"],
      ["db-systemd", "Exited (0) 5 days ago"],
    ]);
    expect([...existing.keys()]).toEqual(["web-systemd"]);
  });

  test("says that there is nothing to remove", async () => {
    expect(await world().run("remove")).toEqual([
      told("info", `${notices.noContainers()} ${notices.startOne()}`),
    ]);
  });
});
