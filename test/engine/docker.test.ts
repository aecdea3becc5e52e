import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { followJournal } from "../../client/src/engine/inside/journal";
import type { Shell } from "../../client/src/ports";
import { buildText } from "../../client/src/texts/build-output";
import { exitStatus } from "../../client/src/texts/exit-status";
import {
  inFolder,
  inventory,
  never,
  rejection,
  type Setup,
  startRequest,
  useEngine,
  withBody,
} from "./setup";

const setup = useEngine("docker@28/v2", ["debian:12", "systemd-test:252"]);

describe("from a Dockerfile to a stopped container", () => {
  const dockerfile = `
FROM systemd-test:252
RUN <<END
echo "written by a heredoc" >/heredoc
END
RUN --mount=type=cache,target=/cache echo "cached" >/cache/file
COPY . /context
RUN printf '[Service]\\nExecStart=/nowhere/program\\n[Install]\\nWantedBy=multi-user.target\\n' \\
    >/etc/systemd/system/broken.service && systemctl enable broken.service
STOPSIGNAL SIGRTMIN+3
VOLUME /data
CMD ["/sbin/init"]
`;

  test("builds with heredocs and mounts, boots degraded, tells why, opens a shell, stops within 2 s", async (context) => {
    const all = setup(context);
    const { engine, docker } = all;
    const before = await inventory(all);
    const files = {
      Dockerfile: dockerfile,
      ".dockerignore": "*.secret\nDockerfile\n",
      "a.secret": "",
      "it's $(b)": "",
    };
    const output: string[] = [];
    await inFolder(files, (folder) =>
      engine.build(
        { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-slice:1" },
        { print: (more) => output.push(buildText(more)), signal: never },
      ),
    );
    expect(output.join("")).toMatch(/#\d+ \[stage-0 2\/5\] RUN <<END/);
    expect(output.join("")).toMatch(/#\d+ DONE /);

    const container = await engine.start(startRequest("test-slice:1", "test-slice"), never);
    expect(container).toMatchObject({ name: "test-slice", uri: "file:///project/Dockerfile", running: true });
    const steps: string[] = [];
    const report = await engine.boot(container, 60, { report: (text) => steps.push(text), signal: never });
    expect(report.state).toBe("degraded");
    expect(report.seconds).toBeGreaterThan(0.1);
    expect(report.seconds).toBeLessThan(60);
    expect(report.systemd).toMatch(/^systemd 252/);
    expect(report.pid1).toBe("/sbin/init");
    expect(report.targets).toContain("multi-user.target");
    expect(report.failed).toHaveLength(1);
    const [broken] = report.failed;
    expect(broken).toMatchObject({
      unit: "broken.service",
      ended: { result: "exit-code", code: 1, status: 203 },
    });
    expect(broken?.ended && exitStatus(broken.ended)).toBe("203/EXEC");
    expect(report.failed[0]?.journal.join("\n")).toContain("/nowhere/program");
    expect(report.mounts.map(({ path, type }) => [path, type])).toEqual([
      ["/run", "tmpfs"],
      ["/run/lock", "tmpfs"],
      ["/tmp", "tmpfs"],
      ["/sys/fs/cgroup", "cgroup2"],
    ]);
    expect(report.mounts.find(({ path }) => path === "/sys/fs/cgroup")?.options).toMatch(/^rw,/);
    expect(report).toMatchObject({ cgroup: "/", virtualization: "docker" });
    expect(report.log).toContain("Detected virtualization docker.");
    expect(JSON.stringify(report.log)).not.toContain("\\u001b");

    const inside = await talk(await engine.shell(container, { columns: 91, rows: 33 }), [
      "cat /heredoc; ls /context; stty size; exit 7\n",
    ]);
    expect(inside.text).toContain("written by a heredoc");
    expect(inside.text).toContain("$(b)");
    expect(inside.text).not.toContain("a.secret");
    expect(inside.text).toContain("33 91");
    expect(inside.exitCode).toBe(7);

    expect(await engine.containers()).toEqual([{ ...container, state: "running", image: "test-slice:1" }]);
    expect((await engine.report(container)).state).toBe("degraded");
    expect(await engine.stop(container)).toEqual({ exitCode: 0 });
    expect(await engine.report(container)).toMatchObject({ state: "exited", exitCode: 0, failed: [] });
    expect(await engine.stop(container)).toEqual({ exitCode: 0 });

    await engine.remove(container);
    await engine.remove(container);
    expect(await engine.containers()).toEqual([]);
    await docker.getImage("test-slice:1").remove();
    expect(await inventory(all)).toEqual(before);
  });
});

describe("boots that go wrong", () => {
  test("without a tmpfs on /run PID 1 ends: exit code and log", async (context) => {
    const all = setup(context);
    const report = await booted(all, startRequest("systemd-test:252", "test-exits", { Tmpfs: {} }));
    expect(report).toMatchObject({ state: "exited", exitCode: 255 });
    expect(report.log).toContain("Failed to mount tmpfs at /run: Operation not permitted");
  });

  test("a container that never tells that it has booted is still starting when the time is up", async (context) => {
    const all = setup(context);
    const request = startRequest("systemd-test:252", "test-sleeps");
    const report = await booted(all, withBody(request, { Cmd: ["sleep", "60"], StopSignal: "SIGKILL" }), 1);
    expect(report.state).toBe("starting");
    expect(report.seconds).toBeLessThan(50);
  });

  test("without a terminal the log is read as well, though systemd writes none", async (context) => {
    const all = setup(context);
    const request = startRequest("systemd-test:252", "test-no-tty");
    const report = await booted(all, withBody(request, { Tty: false }));
    expect(report).toMatchObject({ state: "running", log: "" });
  });

  test("a cancelled boot ends at once and leaves the container to its caller", async (context) => {
    const all = setup(context);
    const { engine } = all;
    const container = await engine.start(startRequest("systemd-test:252", "test-cancel"), never);
    const cancel = new AbortController();
    const boot = engine.boot(container, 60, { report: () => undefined, signal: cancel.signal });
    setTimeout(() => cancel.abort(), 100);
    expect((await rejection(boot)).name).toBe("AbortError");
    expect((await engine.containers())[0]?.running).toBe(true);
    await engine.remove(container);
  });

  test("a container that is removed elsewhere in the middle of its boot has ended or is gone", async (context) => {
    const { engine, docker } = setup(context);
    const container = await engine.start(startRequest("systemd-test:252", "test-removed"), never);
    const boot = engine
      .boot(container, 60, { report: () => undefined, signal: never })
      .catch((error) => ({ code: error.code }));
    await docker.getContainer(container.id).remove({ force: true, v: true });
    // Either is seen first: its end or, on a slow host, that it does not exist.
    expect([
      { code: "container-gone" },
      expect.objectContaining({ state: "exited", exitCode: 137 }),
    ]).toContainEqual(await boot);
    expect((await rejection(engine.report(container))).code).toBe("container-gone");
    expect((await rejection(engine.stop(container))).code).toBe("container-gone");
    expect((await rejection(engine.shell(container, { columns: 80, rows: 24 }))).code).toBe("container-gone");
  });
});

describe("inside a container", () => {
  test("a shell that is closed leaves no process behind", async (context) => {
    const all = setup(context);
    await withBooted(all, async (container) => {
      const shell = await all.engine.shell(container, { columns: 80, rows: 24 });
      await until(shell, "sleep 1000 & echo st''arted\n", "started");
      // The shell reports that it started before its child becomes sleep.
      await expect.poll(() => processes(all, container.id)).toContain("sleep 1000");
      shell.close();
      await shell.exit;
      await expect.poll(() => processes(all, container.id)).not.toMatch(/sleep 1000|bash/);
    });
  });

  test("a shell in a container that was stopped says so", async (context) => {
    const all = setup(context);
    await withBooted(all, async (container) => {
      await all.engine.stop(container);
      const error = await rejection(all.engine.shell(container, { columns: 80, rows: 24 }));
      expect(error).toMatchObject({ code: "container-stopped" });
    });
  });

  test("the journal is followed, of all and of one unit, and ends with its reader", async (context) => {
    const all = setup(context);
    await withBooted(all, async (container) => {
      const { docker } = all.connection;
      const say = async (unit: string, text: string) => {
        const argv = ["systemd-run", `--unit=${unit}`, "--wait", "--quiet", "echo", text];
        await talk(await all.engine.shell(container, { columns: 80, rows: 24 }), [
          `${argv.join(" ")}; exit\n`,
        ]);
      };
      await say("first", "before-the-follow");
      let found = "";
      const journal = followJournal(docker, { container: container.id, unit: "first.service" }, never);
      for await (const { text } of journal) {
        found += text;
        if (found.includes("after-the-start")) break;
        if (found.includes("before-the-follow")) {
          await say("second", "from-another-unit");
          await say("first", "after-the-start");
        }
      }
      expect(found).not.toContain("from-another-unit");
      await expect.poll(() => processes(all, container.id)).not.toContain("journalctl");

      const cancel = new AbortController();
      let whole = "";
      for await (const { text } of followJournal(docker, { container: container.id }, cancel.signal)) {
        whole += text;
        if (whole.includes("from-another-unit")) cancel.abort();
      }
      await expect.poll(() => processes(all, container.id)).not.toContain("journalctl");
    });
  });

  test("a journal ends when its container does", async (context) => {
    const all = setup(context);
    await withBooted(all, async (container) => {
      const journal = followJournal(all.connection.docker, { container: container.id }, never);
      expect((await journal.next()).value?.text.length).toBeGreaterThan(0);
      const stopped = all.engine.stop(container);
      for await (const _ of journal);
      expect(await stopped).toEqual({ exitCode: 0 });
    });
  });
});

async function booted(all: Setup, request: ReturnType<typeof startRequest>, seconds = 60) {
  const before = await inventory(all);
  const container = await all.engine.start(request, never);
  try {
    return await all.engine.boot(container, seconds, { report: () => undefined, signal: never });
  } finally {
    await all.engine.remove(container);
    expect(await inventory(all)).toEqual(before);
  }
}

type Container = Awaited<ReturnType<Setup["engine"]["start"]>>;

async function withBooted(all: Setup, use: (container: Container) => Promise<void>): Promise<void> {
  const container = await all.engine.start(startRequest("systemd-test:252", "test-inside"), never);
  try {
    expect((await all.engine.boot(container, 60, { report: () => undefined, signal: never })).state).toBe(
      "running",
    );
    await use(container);
  } finally {
    await all.engine.remove(container);
  }
}

/** Command lines of what runs in a container, as the engine sees them from outside. */
async function processes({ docker }: Setup, id: string): Promise<string> {
  const { Processes } = (await docker.getContainer(id).top()) as { Processes: string[][] };
  return Processes.map((row) => row.at(-1)).join("\n");
}

async function talk(shell: Shell, words: readonly string[]): Promise<{ text: string; exitCode?: number }> {
  let text = "";
  shell.onData((data) => {
    text += Buffer.from(data).toString();
  });
  for (const word of words) shell.write(word);
  return { exitCode: await shell.exit, text };
}

function until(shell: Shell, write: string, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    let text = "";
    shell.onData((data) => {
      text += Buffer.from(data).toString();
      if (text.includes(wanted)) resolve();
    });
    shell.write(write);
  });
}
