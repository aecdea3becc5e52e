import { describe, expect, test } from "vitest";
import { code, prose } from "../../client/src/views/markdown";
import { buttons, commandReport, engineReport, progress, sentencesOf, titles } from "./english";
import { fault, someDiagnosis, someReport, told, world } from "./world";

describe("Check Engine", () => {
  test("shows what the server says of the engine, and offers the proof", async () => {
    const asked: unknown[] = [];
    const { run, events } = world({
      server: {
        doctor: async (params) => {
          asked.push(params);
          return someDiagnosis;
        },
      },
    });
    expect(await run("checkEngine")).toEqual([
      told("info", `Docker 28.5.2: ${someDiagnosis.summary}`, buttons.verify()),
    ]);
    expect(asked).toEqual([
      {
        engine: { engine: "docker", version: "28.5.2", cgroupVersion: 2, cgroupDriver: "systemd" },
        reference: "IMAGE",
      },
    ]);
    expect(
      events.find((event) => event.startsWith("preview")),
    ).toBe(`preview: ${titles.checkOf("Docker 28.5.2")}
# Docker 28.5.2

${engineReport.at(code("unix:///var/run/docker.sock"))} **✓ ${someDiagnosis.summary}**

## ${engineReport.properties()}

|  | ${engineReport.property()} | ${engineReport.value()} | ${engineReport.meaning()} |
| --- | --- | --- | --- |
| ✓ | a property | \`2\` | Every systemd boots. |

## ${engineReport.start()}

\`\`\`sh
docker run -d IMAGE
\`\`\`

- \`-d\`: in the background ${commandReport.cost(prose("nothing"))}
`);
  });

  test("an engine on which nothing boots is an error, and there is nothing to prove", async () => {
    const diagnosis = { ...someDiagnosis, verdict: "fails", summary: "No.", start: undefined } as const;
    const { run } = world({ server: { doctor: async () => diagnosis } });
    expect(await run("checkEngine")).toEqual([told("error", "Docker 28.5.2: No.")]);
  });
});

describe("the proof", () => {
  test("boots the image that is picked with what the diagnosis says, and the report tells of it", async () => {
    const asked: unknown[] = [];
    const scene = world({
      engine: {
        prove: async (request) => {
          asked.push(request);
          return { report: someReport, stopped: { exitCode: 0, seconds: 0.31 } };
        },
      },
      ui: { pick: async (_title, choices) => choices.at(-1)?.value },
    });
    await scene.run("checkEngine");
    await scene.press(buttons.verify());
    expect(asked).toEqual([
      {
        image: "opensuse/leap:latest",
        dockerfile: expect.stringMatching(/^FROM opensuse\/leap:latest\nRUN .*zypper/s),
        start: someDiagnosis.start,
        seconds: 90,
      },
    ]);
    expect(scene.events.at(-1)).toContain(`- ${engineReport.running(prose("1.2"))}`);
    expect(scene.events.at(-1)).toContain(`- ${engineReport.stopped(prose("0.3"), 0)}`);
  });

  test("prints what its build tells, and shows its steps as its progress", async () => {
    const printed: string[] = [];
    const reported: string[] = [];
    const scene = world({
      engine: {
        prove: async (_request, { print }) => {
          print({ kind: "line", step: 2, text: "RUN [one](command:x)" });
          print({ kind: "step", number: 1, of: 2, text: "RUN [one](command:x)" });
          print({ kind: "cached", step: 2 });
          return { report: someReport };
        },
      },
      ui: {
        print: (text) => printed.push(text),
        progress: (_title, task) => task((text) => reported.push(text), new AbortController().signal),
      },
    });
    await scene.run("checkEngine");
    await scene.press(buttons.verify());
    expect(printed).toEqual(["#2 RUN [one](command:x)\n", "#2 CACHED\n"]);
    expect(reported).toEqual([progress.step(1, 2, "RUN [one](command:x)")]);
  });

  test("one that fails shows the console, and proves nothing", async () => {
    const report = { ...someReport, state: "exited", exitCode: 255, log: "Failed to mount" } as const;
    const scene = world({ engine: { prove: async () => ({ report }) } });
    await scene.run("checkEngine");
    await scene.press(buttons.verify());
    expect(scene.events.at(-1)).toContain(`- ${engineReport.exited(255)}`);
    expect(scene.events.at(-1)).toContain("Failed to mount");
  });

  test("a cancelled one goes without a word, another failure is told", async () => {
    const cancelled: ReturnType<typeof world> = world({ engine: { prove: async () => cancelled.cancel() } });
    expect(await cancelled.run("checkEngine")).toHaveLength(1);
    await cancelled.press(buttons.verify());
    expect(cancelled.events.filter((event) => /^(info|error)/.test(event))).toHaveLength(1);

    const offline = { code: "registry", lacks: "connection", host: "r.example" } as const;
    const failing = world({ engine: { prove: async () => Promise.reject(fault(offline)) } });
    await failing.run("checkEngine");
    await failing.press(buttons.verify());
    expect(failing.events.at(-1)).toBe(told("error", sentencesOf(offline)));
  });
});
