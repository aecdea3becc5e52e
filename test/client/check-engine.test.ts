import { describe, expect, test } from "vitest";
import { fault, someDiagnosis, someReport, world } from "./world";

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
      "info: Docker 28.5.2: systemd boots here. [Verify by Booting]",
    ]);
    expect(asked).toEqual([
      {
        engine: { engine: "docker", version: "28.5.2", cgroupVersion: 2, cgroupDriver: "systemd" },
        reference: "IMAGE",
      },
    ]);
    expect(events.find((event) => event.startsWith("preview"))).toBe(`preview: Check of Docker 28.5.2
# Docker 28.5.2

At \`unix:///var/run/docker.sock\`. **✓ systemd boots here.**

## Engine properties

|  | Property | Value | Meaning for systemd |
| --- | --- | --- | --- |
| ✓ | cgroup version | \`2\` | Every systemd boots. |

## How to start systemd

\`\`\`sh
docker run -d IMAGE
\`\`\`

- \`-d\`: in the background Cost: nothing
`);
  });

  test("an engine on which nothing boots is an error, and there is nothing to prove", async () => {
    const diagnosis = { ...someDiagnosis, verdict: "fails", summary: "No.", start: undefined } as const;
    const { run } = world({ server: { doctor: async () => diagnosis } });
    expect(await run("checkEngine")).toEqual(["error: Docker 28.5.2: No."]);
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
    await scene.press("Verify by Booting");
    expect(asked).toEqual([
      {
        image: "opensuse/leap:latest",
        dockerfile: expect.stringMatching(/^FROM opensuse\/leap:latest\nRUN .*zypper/s),
        start: someDiagnosis.start,
        seconds: 90,
      },
    ]);
    expect(scene.events.at(-1)).toContain("- Booted in 1.2 s, no failed units");
    expect(scene.events.at(-1)).toContain("- Stopped in 0.3 s with exit code 0");
  });

  test("prints what its build tells, and shows the last line as its progress", async () => {
    const printed: string[] = [];
    const reported: string[] = [];
    const scene = world({
      engine: {
        prove: async (_request, { print }) => {
          print({ kind: "line", step: 2, text: "RUN [one](command:x)" });
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
    await scene.press("Verify by Booting");
    expect(printed).toEqual(["#2 RUN [one](command:x)\n", "#2 CACHED\n"]);
    expect(reported).toEqual(["#2 RUN [one]\u2060(command:x)", "#2 CACHED"]);
  });

  test("one that fails shows the console, and proves nothing", async () => {
    const report = { ...someReport, state: "exited", exitCode: 255, log: "Failed to mount" } as const;
    const scene = world({ engine: { prove: async () => ({ report }) } });
    await scene.run("checkEngine");
    await scene.press("Verify by Booting");
    expect(scene.events.at(-1)).toContain("- Did not boot: the container exited with code 255");
    expect(scene.events.at(-1)).toContain("Failed to mount");
  });

  test("a cancelled one goes without a word, another failure is told", async () => {
    const cancelled: ReturnType<typeof world> = world({ engine: { prove: async () => cancelled.cancel() } });
    expect(await cancelled.run("checkEngine")).toHaveLength(1);
    await cancelled.press("Verify by Booting");
    expect(cancelled.events.filter((event) => /^(info|error)/.test(event))).toHaveLength(1);

    const offline = fault({ code: "registry", lacks: "connection", host: "r.example" });
    const failing = world({ engine: { prove: async () => Promise.reject(offline) } });
    await failing.run("checkEngine");
    await failing.press("Verify by Booting");
    expect(failing.events.at(-1)).toBe(
      "error: The engine cannot reach the registry r.example. Check the network and the engine's proxy settings.",
    );
  });
});
