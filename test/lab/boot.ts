import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Engine } from "./engine";
import { imageOf } from "./images";
import { type Result, sleep } from "./process";

export interface BootRequest {
  /** An image of the lab or one that the engine has; or else: */
  image?: string;
  /** a directory to build first, below the directory for temporary files or this repository, */
  context?: string;
  /** and its Dockerfile's path in there, if that is not `Dockerfile`. */
  dockerfile?: string;
  /** Arguments of `docker run` before the image: what is under test. Nothing is added but name and `--network`. */
  args?: readonly string[];
  /** Words after the image. */
  command?: readonly string[];
  /** How long to wait for systemd, in seconds. */
  patience?: number;
  /** Starts the container a second time once it was stopped; that boot is the answer. */
  restarted?: boolean;
  /** Looks at the container while it runs, before it is stopped. */
  inspect?: (container: BootedContainer) => Promise<void>;
}

export interface BootedContainer {
  name: string;
  exec(argv: readonly string[]): Promise<Result>;
}

type BootState =
  /** What `systemctl is-system-running` reports in the end. */
  | "running"
  | "degraded"
  | "maintenance"
  /** PID 1 ended. */
  | "exited"
  /** The container is up, PID 1 does nothing any more. */
  | "frozen"
  /** Patience ran out. */
  | "starting"
  /** The engine would not create or start the container; the log reports why. */
  | "refused"
  /** The image could not be built; the log is that of the build. */
  | "build-failed";

export interface Boot {
  state: BootState;
  /** Of PID 1, when it ended on its own; of the engine's client when it refused. */
  exitCode?: number;
  /** What the container printed: nothing without `-t`, mostly. */
  log: string;
  failedUnits: string[];
  secondsToBoot?: number;
  /**
   * PID 1's control group (of cgroup2, or of systemd's own hierarchy) as the container sees it. In a private
   * namespace one that begins with `/..` is outside of the container's own.
   */
  group?: string;
  /** How `docker stop` went; absent when there was nothing to stop. */
  stop?: { seconds: number; exitCode: number };
}

let count = 0;

/**
 * Starts a container, waits until systemd in it is up or can't be, stops it as `docker stop` does and removes
 * it. Rejects only when the engine itself fails: what a container does is the answer.
 */
export async function boot(engine: Engine, request: BootRequest): Promise<Boot> {
  const client = engine.facts.engine;
  const name = `lab-boot-${process.pid}-${++count}`;
  const image = request.context ? `${name}-image` : (request.image ?? "systemd-test:252");
  if (request.context) {
    const { context, dockerfile } = request;
    const built = await build(engine, context, image, dockerfile);
    if (built.code !== 0) return ended("build-failed", built);
  } else if (imageOf(image)) await engine.ensureImage(image);
  const run = [client, "run", "--detach", "--name", name, "--network", "none", ...(request.args ?? [])];
  try {
    const started = Date.now();
    const created = await engine.exec([...run, image, ...(request.command ?? [])]);
    if (created.code !== 0) return ended("refused", created);
    const first = await watch(engine, name, started, request);
    if (!request.restarted || first.state === "exited") return first;
    const again = Date.now();
    await engine.exec([client, "start", name]);
    return await watch(engine, name, again, request);
  } finally {
    await engine.exec([client, "rm", "--force", "--volumes", name]);
    if (request.context) await removeImage(engine, image);
  }
}

/** Builds a directory's Dockerfile with the host's network, as the lab has no other. */
export async function build(
  engine: Engine,
  context: string,
  image: string,
  dockerfile = "Dockerfile",
): Promise<Result> {
  await ensureBases(engine, await readFile(join(context, dockerfile), "utf8"));
  const words = ["build", "--network", "host", "--file", dockerfile, "--tag", image, "."];
  return engine.exec([engine.facts.engine, ...words], { cwd: context });
}

/** Podman would take the image's parents along, from which another build goes on. */
export async function removeImage(engine: Engine, image: string): Promise<void> {
  await engine.exec([engine.facts.engine, "rmi", "--force", "--no-prune", image]);
}

/** Sees to it that the images of the lab that a Dockerfile builds on are there; others are left to the engine. */
export async function ensureBases(engine: Engine, dockerfile: string): Promise<void> {
  const names = [...dockerfile.matchAll(/^\s*FROM\s+(?:--\S+\s+)*(\S+)/gim)].map(([, name = ""]) => name);
  for (const name of names) if (imageOf(name)) await engine.ensureImage(name);
}

function ended(state: BootState, { code, stdout, stderr }: Result): Boot {
  return { state, exitCode: code, log: (stdout + stderr).trim(), failedUnits: [] };
}

async function watch(engine: Engine, name: string, started: number, request: BootRequest): Promise<Boot> {
  const client = engine.facts.engine;
  const container: BootedContainer = { name, exec: (argv) => engine.exec([client, "exec", name, ...argv]) };
  const state = await settle(engine, container, started + (request.patience ?? 60) * 1000);
  const log = async () => {
    const { stdout, stderr } = await engine.exec([client, "logs", name]);
    return (stdout + stderr).trim();
  };
  if (state === "exited") {
    const { exitCode } = await inspect(engine, name);
    return { state, exitCode, log: await lastWords(log), failedUnits: [] };
  }
  const secondsToBoot = (Date.now() - started) / 1000;
  const failedUnits = state === "frozen" ? [] : await failed(container);
  const group = await groupOf(container, engine);
  await request.inspect?.(container);
  const stopping = Date.now();
  await engine.exec([client, "stop", name]);
  const seconds = (Date.now() - stopping) / 1000;
  const { exitCode } = await inspect(engine, name);
  return { state, log: await log(), failedUnits, secondsToBoot, group, stop: { seconds, exitCode } };
}

/**
 * A log once it does not grow: a busy engine reports that PID 1 ended before it has written down its last words. One that
 * stays empty is taken for empty after 5 s.
 */
async function lastWords(log: () => Promise<string>): Promise<string> {
  let said = await log();
  for (let tries = 0; tries < 25; tries++) {
    await sleep(200);
    const now = await log();
    if (now !== "" && now === said) break;
    said = now;
  }
  return said;
}

const settled = ["running", "degraded", "maintenance"] as const;

async function settle(engine: Engine, container: BootedContainer, deadline: number): Promise<BootState> {
  const client = engine.facts.engine;
  for (;;) {
    const { stdout } = await container.exec(["systemctl", "is-system-running"]);
    const state = settled.find((word) => word === stdout.trim());
    if (state) return state;
    if (!(await inspect(engine, container.name)).running) return "exited";
    const logs = await engine.exec([client, "logs", "--tail", "5", container.name]);
    if (/Freezing execution|Freezing\./.test(logs.stdout + logs.stderr)) return "frozen";
    if (Date.now() > deadline) return "starting";
    await sleep(100);
  }
}

async function failed(container: BootedContainer): Promise<string[]> {
  const list = ["systemctl", "list-units", "--state=failed", "--plain", "--no-legend", "--no-pager"];
  const { stdout } = await container.exec(list);
  return stdout.split("\n").flatMap((line) => line.trim().split(/\s+/)[0] || []);
}

async function inspect(
  { exec, facts }: Engine,
  name: string,
): Promise<{ running: boolean; exitCode: number }> {
  const format = "{{.State.Running}} {{.State.ExitCode}}";
  const { code, stdout, stderr } = await exec([facts.engine, "inspect", "--format", format, name]);
  if (code !== 0) throw new Error(`The engine lost the container ${name}: ${stderr.trim()}`);
  const [running, exitCode] = stdout.trim().split(" ");
  return { running: running === "true", exitCode: Number(exitCode) };
}

async function groupOf({ exec }: BootedContainer, { facts }: Engine): Promise<string | undefined> {
  const { stdout } = await exec(["cat", "/proc/1/cgroup"]);
  const line = facts.cgroupVersion === 2 ? /^0::(.*)$/m : /^\d+:name=systemd:(.*)$/m;
  return line.exec(stdout)?.[1];
}
