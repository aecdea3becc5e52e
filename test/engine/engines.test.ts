import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { buildText } from "../../client/src/texts/build-output";
import { bare, hostCgroups, inFolder, inventory, never, rejection, startRequest, useEngine } from "./setup";

/** What the engines of older days and of another maker need: the same steps on each of them. */
const engines = [
  { name: "docker@20/v2", buildKit: true, heredocs: false, start: hostCgroups, says: /^Docker 20\.10/ },
  { name: "docker@26/v1", buildKit: true, heredocs: true, start: hostCgroups, says: /^Docker 26\.1/ },
  { name: "podman@5/v2", buildKit: false, heredocs: true, start: bare, says: /^Podman 5\./ },
];

describe.each(engines)("$name", ({ name, buildKit, heredocs, start, says }) => {
  const setup = useEngine(name, ["systemd-test:252"]);

  test("builds, boots, reports, opens a shell, stops, and keeps nothing", async (context) => {
    const all = setup(context);
    const { engine, connection, docker } = all;
    expect(engine.name).toMatch(says);
    expect(engine.facts).toMatchObject({ cgroupVersion: Number(name.at(-1)), rootless: false });
    expect(connection.buildKit).toBe(buildKit);
    const before = await inventory(all);

    let output = "";
    const run = heredocs ? "RUN <<END\ntouch /built\nEND" : "RUN touch /built";
    const Dockerfile = `FROM systemd-test:252\n${run}\nRUN --mount=type=tmpfs,target=/x touch /x/y\nVOLUME /data\nSTOPSIGNAL SIGRTMIN+3\n`;
    await inFolder({ Dockerfile }, (folder) =>
      engine.build(
        { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-engines:1" },
        {
          print: (more) => {
            output += buildText(more);
          },
          signal: never,
        },
      ),
    );
    expect(output).toMatch(/touch \/x\/y/);

    const container = await engine.start(start("test-engines:1", "test-engines"), never);
    const report = await engine.boot(container, 60, { report: () => undefined, signal: never });
    expect(report).toMatchObject({
      state: "running",
      failed: [],
      systemd: expect.stringMatching(/^systemd 252/),
    });
    expect(report.mounts.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["/run", "/run/lock", "/tmp", "/sys/fs/cgroup"]),
    );

    const shell = await engine.shell(container, { columns: 80, rows: 24 });
    let text = "";
    shell.onData((data) => {
      text += Buffer.from(data).toString();
    });
    shell.write("ls /built; exit 4\n");
    expect(await shell.exit).toBe(4);
    expect(text).toMatch(/^\/built\r$/m);

    const image = expect.stringMatching(/(^|\/)test-engines:1$/);
    expect(await engine.containers()).toEqual([{ ...container, state: "running", image }]);
    expect(await engine.stop(container)).toEqual({ exitCode: 0 });
    await engine.remove(container);
    await docker.getImage("test-engines:1").remove({ force: true });
    expect(await inventory(all)).toEqual(before);
  });

  test("a failing build and a missing image are told alike", async (context) => {
    const all = setup(context);
    const before = await inventory(all);
    const error = await inFolder({ Dockerfile: "FROM systemd-test:252\n\nRUN exit 3\n" }, (folder) =>
      rejection(
        all.engine.build(
          { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-engines:2" },
          { print: () => undefined, signal: never },
        ),
      ),
    );
    expect(error).toMatchObject({
      code: "build-failed",
      step: { text: "RUN exit 3", exitCode: "3" },
      line: 2,
    });
    const missing = await rejection(all.engine.start(start("no/such:image", "test-missing"), never));
    expect(missing.code).toBe("image-missing");
    expect(await inventory(all)).toEqual(before);
  });

  test("a name that is taken is told alike", async (context) => {
    const { engine } = setup(context);
    const container = await engine.start(start("systemd-test:252", "test-name"), never);
    try {
      const error = await rejection(engine.start(start("systemd-test:252", "test-name"), never));
      expect(error).toMatchObject({ code: "name-taken", instead: { name: "test-name-2" } });
    } finally {
      await engine.remove(container);
    }
  });
});

describe("docker@20/v2", () => {
  const setup = useEngine("docker@20/v2", ["systemd-test:252"]);

  test("says that it is too old for writable-cgroups, and for heredocs", async (context) => {
    const { engine } = setup(context);
    const old = await rejection(engine.start(startRequest("systemd-test:252", "test-old"), never));
    expect(old).toMatchObject({ code: "too-old" });
    const Dockerfile = "FROM systemd-test:252\nRUN <<END\ntouch /built\nEND\n";
    const heredoc = await inFolder({ Dockerfile }, (folder) =>
      rejection(
        engine.build(
          { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-old:1" },
          { print: () => undefined, signal: never },
        ),
      ),
    );
    expect(heredoc).toMatchObject({ code: "build-failed", heredocs: true });
  });
});
