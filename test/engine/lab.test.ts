import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { describe, expect, type TestContext, test, vi } from "vitest";
import { boot, isSkipped, startEngine } from "../lab";
import { obstacle } from "../lab/machine";
import { keeper } from "../lab/state";
import { type LabProcess, observer, stateFolders, type Traces } from "./traces";

const writable = ["-t", "--security-opt", "writable-cgroups=true"];
const tmpfs = ["/run", "/run/lock", "/tmp"].flatMap((path) => ["--tmpfs", path]);

// Most of these tests is waiting: for a moment at which something is killed, and for what ends on its own.
vi.setConfig({ maxConcurrency: 4 });

/** What a test does when it has ended, the last first: of tests that run at the same time each has its own. */
type Ending = Pick<TestContext, "onTestFinished">;

/** A lab that shares no state directory with others of this host. */
function privateLab({ onTestFinished }: Ending): {
  folder: string;
  look: () => Traces;
  env: NodeJS.ProcessEnv;
} {
  const folder = mkdtempSync(join(tmpdir(), "lab-test-"));
  // Should a test fail: nothing of it is left for the next one, or on the host.
  onTestFinished(() => {
    for (const state of stateFolders(folder)) spawnSync("sh", [keeper, "clean", state]);
    rmSync(folder, { recursive: true, force: true });
  });
  return { folder, look: observer(folder), env: { ...process.env, TMPDIR: folder } };
}

const repository = resolve(import.meta.dirname, "../..");
const cli = new URL("../lab/cli.ts", import.meta.url);

/** The lab's command line in another checkout, which has its own copy of all that the lab is made of. */
function otherCheckout(folder: string): URL {
  const checkout = join(folder, "checkout");
  for (const path of ["test/lab", "server/src", "package.json", "tsconfig.json"]) {
    mkdirSync(dirname(join(checkout, path)), { recursive: true });
    cpSync(join(repository, path), join(checkout, path), { recursive: true });
  }
  symlinkSync(join(repository, "node_modules"), join(checkout, "node_modules"));
  return pathToFileURL(join(checkout, "test/lab/cli.ts"));
}
const ownerScript = new URL("./lab-owner.ts", import.meta.url);

function start(
  { onTestFinished }: Ending,
  script: URL,
  args: string[],
  env: NodeJS.ProcessEnv,
): ChildProcess {
  // In a separate process group, as a shell starts it: Ctrl-C reaches all of the group.
  const child = spawn("npx", ["tsx", fileURLToPath(script), ...args], {
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(() => killAll([-(child.pid ?? 0)]));
  return child;
}

function killAll(pids: number[]): void {
  for (const pid of pids) {
    try {
      if (pid !== 0) process.kill(pid, "SIGKILL");
    } catch {
      // It ended before.
    }
  }
}

function finished(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
  return new Promise((done) => child.on("close", (code) => done({ code, output })));
}

async function until(condition: () => boolean, seconds: number): Promise<boolean> {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; ) {
    if (condition()) return true;
    await new Promise((next) => setTimeout(next, 50));
  }
  return condition();
}

const unable = await obstacle(2);

test("boots systemd with the least privilege, and shows how it fails with less", async ({
  skip,
  onTestFinished,
}) => {
  const engine = await startEngine();
  if (isSkipped(engine)) return skip(engine.skipped);
  onTestFinished(engine.stop);
  expect(engine.facts).toMatchObject({ engine: "docker" });
  const image = "systemd-test:252";
  const result = await boot(engine, { image, args: [...writable, "--stop-signal", "SIGRTMIN+3", ...tmpfs] });
  expect(result).toMatchObject({
    state: "running",
    failedUnits: [],
    group: "/init.scope",
    stop: { exitCode: 0 },
  });
  const readOnly = await boot(engine, { image, args: ["-t", ...tmpfs] });
  expect(readOnly).toMatchObject({ state: "exited", exitCode: 255 });
  expect(readOnly.log).toContain("Failed to allocate manager object: Read-only file system");
  // The cgroup namespace is a border, as on every systemd host.
  const tree = ["-v", "/sys/fs/cgroup:/sys/fs/cgroup"];
  const bound = await boot(engine, { image, args: ["-t", "--cgroupns=private", ...tree, ...tmpfs] });
  expect(bound).toMatchObject({ state: "exited", exitCode: 255 });
  const unknown = await boot(engine, { image, args: ["--security-opt", "nonsense=true"] });
  expect(unknown).toMatchObject({ state: "refused", exitCode: 125 });
});

describe.skipIf(unable)(`nothing is left behind${unable ? ` (${unable})` : ""}`, () => {
  test("after up and down; up leaves it up", async (context) => {
    const { look, env } = privateLab(context);
    const up = await finished(start(context, cli, ["up", "docker@20/v2", "debian:12"], env));
    expect(up).toMatchObject({ code: 0, output: expect.stringContaining("docker 20.10") });
    expect(look().lines).toContainEqual(expect.stringContaining("dockerd"));
    const status = await finished(start(context, cli, ["status"], env));
    expect(status.output).toMatch(/docker@20\/v2 {2}up/);
    expect(await finished(start(context, cli, ["down"], env))).toMatchObject({ code: 0 });
    await expect.poll(() => look().lines).toEqual([]);
  });

  test("and down in one checkout leaves the engines of another up", async (context) => {
    const { folder, env } = privateLab(context);
    const other = otherCheckout(folder);
    expect(await finished(start(context, cli, ["up", "docker@28/v2", "debian:12"], env))).toMatchObject({
      code: 0,
    });
    const seen = await finished(start(context, other, ["status"], env));
    expect(seen).toEqual({ code: 0, output: "" });
    const down = await finished(start(context, other, ["down"], env));
    expect(down).toEqual({ code: 0, output: "" });
    const status = await finished(start(context, cli, ["status"], env));
    expect(status.output).toMatch(/docker@28\/v2 {2}up/);
    const own = await finished(start(context, cli, ["down"], env));
    expect(own.output).toContain("docker@28/v2 is down");
  });

  const isKeeper = ({ command }: LabProcess) => command.includes("keeper.sh");

  type Victim = (owner: number, processes: LabProcess[]) => number[];
  const oneOf = (name: string): Victim => {
    return (_, processes) => {
      const found = processes.filter(({ command }) => command.includes(name));
      return found
        .slice(Math.floor(Math.random() * found.length))
        .slice(0, 1)
        .map(({ pid }) => pid);
    };
  };
  const victims: [string, Victim][] = [
    ["the owner and its group", (owner) => [-owner]],
    ["the owner's launcher alone", (owner) => [owner]],
    ["one of the keeper's processes", oneOf("keeper.sh")],
    ["one of the engine's processes", oneOf("docker")],
    ["the engine's first process", oneOf("engine.sh inside")],
  ];
  const kills = [...victims, ...victims].map(([what, victim]) => ({
    what,
    victim,
    after: Math.random() * 5,
  }));

  test.concurrent.for(kills)(
    "when $what is killed after $after s",
    async ({ what, victim, after }, context) => {
      const { look, env } = privateLab(context);
      const owner = start(context, ownerScript, [], env);
      const moment = Date.now() + after * 1000;
      await until(() => look() && Date.now() > moment, after + 1);
      // A launcher that is gone before the owner looks for one is not missed.
      if (what.includes("launcher")) {
        await context.expect.poll(() => look().processes.some(isKeeper)).toBe(true);
      }
      const killed = victim(owner.pid ?? 0, look().processes);
      killAll(killed);
      if (!killed.some((pid) => Math.abs(pid) === owner.pid)) {
        // What still runs may go on; the mess is there when its owner dies, too.
        await until(() => look().lines.length === 0, 1);
        killAll([-(owner.pid ?? 0)]);
      }
      await context.expect.poll(() => look().lines).toEqual([]);
    },
  );

  test("when any one of the keeper's processes, and then the owner, is killed", async (context) => {
    const one = async (index: number) => {
      const { look, env } = privateLab(context);
      const owner = start(context, ownerScript, [], env);
      await new Promise((up) => owner.stdout?.once("data", up));
      const keepers = () => look().processes.filter(isKeeper);
      await expect.poll(keepers).toHaveLength(6);
      killAll(
        keepers()
          .slice(index, index + 1)
          .map(({ pid }) => pid),
      );
      await until(() => look().lines.length === 0, 1);
      killAll([-(owner.pid ?? 0)]);
      await expect.poll(() => look().lines, { message: `keeper process ${index}` }).toEqual([]);
    };
    await Promise.all([0, 1, 2, 3, 4, 5].map(one));
  });

  test("when its owner ends, and not before, when the shell that put it into the background does", async (context) => {
    const { look, env } = privateLab(context);
    const script = `npx tsx '${fileURLToPath(ownerScript)}' & read -r _`;
    const shell = spawn("sh", ["-c", script], { env, detached: true, stdio: ["pipe", "pipe", "ignore"] });
    context.onTestFinished(() => killAll([-(shell.pid ?? 0)]));
    await new Promise((up) => shell.stdout.once("data", up));
    shell.stdin.end();
    await new Promise((done) => shell.once("exit", done));
    const isEngine = ({ command }: LabProcess) => command.includes("dockerd");
    expect(look().processes.some(isEngine)).toBe(true);
    expect(await until(() => !look().processes.some(isEngine), 4)).toBe(false);
    killAll([-(shell.pid ?? 0)]);
    await expect.poll(() => look().lines).toEqual([]);
  });

  test("when the owner ends and somebody has removed its state folder", async (context) => {
    const { folder, look, env } = privateLab(context);
    const owner = start(context, ownerScript, [], env);
    await new Promise((up) => owner.stdout?.once("data", up));
    expect(look().processes.filter(isKeeper)).not.toEqual([]);
    rmSync(join(folder, "systemd-containers-lab"), { recursive: true, force: true });
    killAll([-(owner.pid ?? 0)]);
    await expect.poll(() => look().lines).toEqual([]);
  });

  test("by the next down, when everything is killed at once", async (context) => {
    const { look, env } = privateLab(context);
    const owner = start(context, ownerScript, [], env);
    await expect.poll(() => look().processes.some(({ command }) => command.includes("shim"))).toBe(true);
    killAll([-(owner.pid ?? 0), ...look().processes.map(({ pid }) => pid)]);
    await expect.poll(() => look().processes).toEqual([]);
    expect(await finished(start(context, cli, ["down"], env))).toMatchObject({ code: 0 });
    await expect.poll(() => look().lines).toEqual([]);
  });

  test("when the making of a Debian system is killed", async (context) => {
    const { folder, look, env } = privateLab(context);
    const owner = start(context, ownerScript, [], {
      ...env,
      SYSTEMD_CONTAINERS_LAB_CACHE: join(folder, "cache"),
    });
    const isMaking = () => look().processes.some(({ command }) => command.includes("/mmdebstrap "));
    await expect.poll(isMaking).toBe(true);
    const moment = Date.now() + Math.random() * 5000;
    await until(() => look() && Date.now() > moment, 6);
    expect(isMaking()).toBe(true);
    killAll([-(owner.pid ?? 0)]);
    await expect.poll(() => look().lines).toEqual([]);
  });
});
