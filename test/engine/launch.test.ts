import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { exec } from "../../client/src/engine/exec";
import { upInvocation } from "../../client/src/flows/compose";
import type { Container } from "../../client/src/ports";
import { readSettings } from "../../server/src/core/lint/settings";
import { answerPlan } from "../../server/src/lsp/plan";
import type { LaunchOptions, PlanResult } from "../../server/src/protocol";
import { keyed } from "../core/keyed";
import { inFolder, inventory, never, rejection, type Setup, useEngine } from "./setup";

const images = ["debian:12", "systemd-test:252", "systemd-test:257"];
const setup = useEngine("docker@28/v2", images);

/** The plan of an image as Boot Image makes it: looked into, then asked of the server. */
async function planned({ engine }: Setup, reference: string, options?: LaunchOptions): Promise<PlanResult> {
  const { image, native } = await engine.look(reference, never);
  expect(native).toBe(true);
  return answerPlan({ image, reference, facts: engine.facts, options }, readSettings({}), undefined, keyed);
}

/** Boots what a plan reports, hands the container over, and removes it. */
async function withBooted<T>(
  { engine }: Setup,
  { create, refused }: PlanResult,
  use: (container: Container, log: string) => Promise<T>,
): Promise<T> {
  expect(refused).toBeUndefined();
  if ("refused" in create) throw new Error(create.refused);
  const container = await engine.start({ name: "test-launch", create }, never);
  try {
    const report = await engine.boot(container, 60, { report: () => undefined, signal: never });
    expect(report.state, report.log).toBe("running");
    return await use(container, report.log);
  } finally {
    await engine.remove(container);
  }
}

describe("Boot Image", () => {
  test.for([
    ["systemd-test:252", 252, false],
    ["systemd-test:257", 257, true],
  ] as const)(
    "%s is looked into without being started, planned and booted",
    async ([reference, systemd, tmpMount], context) => {
      const all = setup(context);
      const before = await inventory(all);
      const { image } = await all.engine.look(reference, never);
      expect(image).toMatchObject({ systemd, tmpMount, distribution: ["debian"], command: ["/sbin/init"] });
      expect(image.programs["/sbin/init"]).toMatch(/\/systemd\/systemd$/);
      const plan = await planned(all, reference);
      expect(plan.boots).toBe("certain");
      await withBooted(all, plan, async (container) => {
        expect(await all.engine.stop(container)).toEqual({ exitCode: 0 });
      });
      expect(await inventory(all)).toEqual(before);
    },
  );

  test("an image without systemd is refused with the reason, a missing one by its name", async (context) => {
    const all = setup(context);
    const before = await inventory(all);
    expect((await planned(all, "debian:12")).refused).toBe(
      "plan.refused.no-systemd(reference=debian:12, path=/usr/lib/systemd/systemd)",
    );
    expect(await rejection(all.engine.look("no/such:image", never))).toMatchObject({ code: "image-missing" });
    expect(await inventory(all)).toEqual(before);
  });

  test("one that starts something else as another user boots systemd as root, with its volumes", async (context) => {
    const all = setup(context);
    const before = await inventory(all);
    const dockerfile =
      'FROM systemd-test:252\nRUN useradd me\nUSER me\nVOLUME /data\nEXPOSE 80\nENTRYPOINT ["/bin/sh"]\nCMD ["-c", "true"]\n';
    await built(all, dockerfile, async (tag) => {
      const plan = await planned(all, tag, { ports: ["exposed"], hostname: "launched" });
      expect(plan).toMatchObject({ boots: "no", ports: ["80/tcp"] });
      await withBooted(all, plan, async ({ id }) => {
        const { stdout } = await exec(all.connection.docker, id, ["hostname"]);
        expect(stdout.trim()).toBe("launched");
      });
    });
    expect(await inventory(all)).toEqual(before);
  });

  test("a look that is cancelled leaves no container behind", async (context) => {
    const all = setup(context);
    const before = await inventory(all);
    for (const milliseconds of [0, 5, 30, 100]) {
      const cancel = new AbortController();
      const look = all.engine.look("systemd-test:252", cancel.signal).catch((error) => error.name);
      setTimeout(() => cancel.abort(), milliseconds);
      expect(["AbortError", undefined]).toContain(
        await look.then((name) => (typeof name === "string" ? name : undefined)),
      );
    }
    expect(await inventory(all)).toEqual(before);
  });

  test("its images are listed by name", async (context) => {
    const all = setup(context);
    const names = (await all.engine.images()).map(({ reference }) => reference);
    expect(names).toEqual(expect.arrayContaining(images));
  });
});

describe("a debug log", () => {
  test("is not there unless it is asked for", async (context) => {
    const all = setup(context);
    await withBooted(all, await planned(all, "systemd-test:252"), async (_container, log) =>
      expect(debugLines(log)).toBe(0),
    );
  });

  test("comes by arguments of systemd", async (context) => {
    const all = setup(context);
    const plan = await planned(all, "systemd-test:252", { debug: true });
    expect(plan.create).toMatchObject({
      body: { Cmd: ["/sbin/init", "--log-level=debug", "--log-target=console"] },
    });
    await withBooted(all, plan, async (_container, log) => {
      expect(debugLines(log)).toBeGreaterThan(50);
    });
  });

  test("comes by the environment where a script starts systemd and drops its arguments", async (context) => {
    const all = setup(context);
    const dockerfile =
      'FROM systemd-test:252\nRUN printf \'#!/bin/sh\\nexec "$1"\\n\' >/entry && chmod +x /entry\nENTRYPOINT ["/entry"]\nCMD ["/sbin/init"]\n';
    await built(all, dockerfile, async (tag) => {
      const plan = await planned(all, tag, { debug: true });
      expect(plan.boots).toBe("likely");
      await withBooted(all, plan, async (_container, log) => {
        expect(debugLines(log)).toBeGreaterThan(50);
      });
    });
  });
});

/** Lines that systemd writes at no other level: the jobs of its transactions. */
function debugLines(log: string): number {
  return log.split("\n").filter((line) => /Installed new job|changed dead ->|Enqueued job/.test(line)).length;
}

describe("a login", () => {
  test("of a new user and of root works by the key, whatever is in the name of its owner", async (context) => {
    const all = setup(context);
    const before = await inventory(all);
    const dockerfile =
      "FROM systemd-test:252\nRUN apt-get update && apt-get install -y --no-install-recommends openssh-server openssh-client && apt-get clean\n";
    const comment = 'it\'s $(touch /broken) "me"';
    await built(all, dockerfile, async (tag) =>
      withBooted(all, await planned(all, tag), async (container) => {
        const run = (...argv: string[]) =>
          exec(all.connection.docker, container.id, argv, { timeout: 60_000 });
        await run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", "/key");
        const key = (await run("cat", "/key.pub")).stdout.trim();
        expect(key).toContain(comment);
        for (const name of ["dev", "root"]) {
          await all.engine.addLogin(container, { name, key }, never);
          // A second time changes nothing.
          await all.engine.addLogin(container, { name, key }, never);
          const options = ["-i", "/key", "-o", "StrictHostKeyChecking=no", "-o", "BatchMode=yes"];
          const { stdout, stderr } = await run("ssh", ...options, `${name}@127.0.0.1`, "whoami");
          expect(stdout.trim(), stderr).toBe(name);
          const home = name === "root" ? "/root" : "/home/dev";
          const stat = await run("stat", "-c", "%a %U", `${home}/.ssh`, `${home}/.ssh/authorized_keys`);
          expect(stat.stdout.trim().split("\n")).toEqual([`700 ${name}`, `600 ${name}`]);
          expect((await run("cat", `${home}/.ssh/authorized_keys`)).stdout).toBe(`${key}\n`);
        }
        expect((await run("test", "-e", "/broken")).exitCode).toBe(1);
      }),
    );
    expect(await inventory(all)).toEqual(before);
  });
});

describe("compose", () => {
  test("is started by what the terminal runs, word for word", async (context) => {
    const all = setup(context);
    const before = await inventory(all);
    const compose = `services:
  web:
    build: { context: ., network: host }
    image: compose-launch:1
    network_mode: none
    tty: true
    stop_signal: SIGRTMIN+3
    security_opt: [writable-cgroups=true]
    tmpfs: [/run, /run/lock, "/tmp:exec"]
  other:
    image: debian:12
    network_mode: none
`;
    const dockerfile = 'FROM systemd-test:252\nCMD ["/sbin/init"]\n';
    await inFolder({ "it's $(a) stack.yaml": compose, Dockerfile: dockerfile }, async (cwd) => {
      const path = join(cwd, "it's $(a) stack.yaml");
      const base = { command: "docker", args: ["compose"], env: {} };
      const { command, args } = upInvocation(base, path, "web");
      const up = all.lab.exec([command, ...args], { cwd });
      const running = async () => {
        const found = await all.docker.listContainers();
        return found.find(({ Labels }) => Labels["com.docker.compose.service"] === "web");
      };
      const web = await vi.waitUntil(running, { timeout: 120_000, interval: 500 });
      const report = await all.engine.boot({ id: web.Id, name: "web", running: true }, 60, {
        report: () => undefined,
        signal: never,
      });
      expect(report.state, report.log).toBe("running");
      const down = await all.lab.exec([command, "compose", "--file", path, "down", "--volumes"], { cwd });
      expect(down.code, down.stderr).toBe(0);
      expect((await up).stdout).toContain("web-1");
      expect(await all.docker.listContainers({ all: true })).toEqual([]);
    });
    await all.docker.getImage("compose-launch:1").remove();
    expect(await inventory(all)).toEqual(before);
  });
});

/** Builds a Dockerfile, hands its tag over and removes the image. */
async function built<T>(all: Setup, dockerfile: string, use: (tag: string) => Promise<T>): Promise<T> {
  const tag = "test-launch:1";
  await inFolder({ Dockerfile: dockerfile }, (context) =>
    all.engine.build(
      { dockerfile: join(context, "Dockerfile"), context, tag },
      { print: () => undefined, signal: never },
    ),
  );
  try {
    return await use(tag);
  } finally {
    await all.docker.getImage(tag).remove();
  }
}
