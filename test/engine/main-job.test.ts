import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runIn } from "../cli/terminal";
import { inventory, never, type Setup, useEngine } from "./setup";

// The example of the README: found, fixed by the command line, built, booted and stopped; and the same
// without the fix, which must fail as the findings say.
const setup = useEngine("docker@28/v2", ["debian:11"]);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "systemd-containers-main-job-"));
  await cp(join(import.meta.dirname, "../../examples/broken"), folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function cli(...args: string[]): string {
  const { code, out, err } = runIn(folder, ...args);
  if (code === 2) throw new Error(err);
  return out;
}

interface Row {
  readonly rule: string;
  readonly severity: string;
  readonly fixes: readonly { readonly safe: boolean }[];
}

const lint = (...args: string[]): Row[] => JSON.parse(cli("lint", "--format", "json", ...args)).findings;

function targetFlags({ engine: { facts } }: Setup): string[] {
  return [
    "--engine",
    facts.engine,
    "--engine-version",
    facts.version ?? "",
    "--cgroup",
    String(facts.cgroupVersion),
  ];
}

async function build({ engine }: Setup, tag: string): Promise<void> {
  await engine.build(
    { dockerfile: join(folder, "Dockerfile"), context: folder, tag },
    { print: () => {}, signal: never },
  );
}

/** Starts an image with what the plan of the CLI reports for this engine. */
async function start(all: Setup, image: string, path: string) {
  const body = JSON.parse(
    cli("plan", "--format", "api", "--show-secrets", "--force", ...targetFlags(all), path),
  );
  const create = { api: "docker", body: { StopSignal: "SIGRTMIN+3", ...body } } as const;
  return all.engine.start({ name: image.replace(":", "-"), uri: "", create, image }, never);
}

describe("the broken example", () => {
  test("as it is: the image starts no systemd, as its findings say", async (context) => {
    const all = setup(context);
    const found = lint(...targetFlags(all), "Dockerfile", "compose.yaml");
    expect(found.filter(({ severity }) => severity === "error").map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(["image-shell-form-init", "run-cgroup-read-only", "run-init", "run-tmpfs-run"]),
    );
    const before = await inventory(all);
    await build(all, "main-job:broken");
    // Whatever the flags: behind dash it is not PID 1.
    const container = await start(all, "main-job:broken", "Dockerfile");
    const report = await all.engine.boot(container, 60, { report: () => {}, signal: never });
    expect(report).toMatchObject({ state: "exited", exitCode: 1 });
    expect(report.log).toContain("telinit");
    await all.engine.remove(container);

    // As its compose file starts it: /sbin/init itself, but behind an init, with a read-only tree and no /run.
    const compose = { Image: "main-job:broken", Tty: true, StopSignal: "SIGRTMIN+3", Cmd: ["/sbin/init"] };
    const bind = ["/sys/fs/cgroup:/sys/fs/cgroup:ro"];
    for (const [HostConfig, code, log] of [
      [{ Binds: bind, Init: true }, 1, "telinit"],
      [{ Binds: bind, Init: false }, 255, "Failed to mount tmpfs at /run"],
      [{ Binds: bind, Init: false, Tmpfs: { "/run": "", "/run/lock": "" } }, 255, "Read-only file system"],
    ] as const) {
      const create = { api: "docker", body: { ...compose, HostConfig } } as const;
      const service = await all.engine.start({ name: "main-job-compose", uri: "", create }, never);
      const ended = await all.engine.boot(service, 60, { report: () => {}, signal: never });
      // systemd 247 does not see that it is in a container, and freezes where newer ones exit.
      expect([ended.state, ended.exitCode]).toEqual(code === 255 ? ["frozen", undefined] : ["exited", code]);
      expect(ended.log).toContain(log);
      await all.engine.remove(service);
    }
    await all.docker.getImage("main-job:broken").remove();
    expect(await inventory(all)).toEqual(before);
  });

  test("repaired by the command line: it builds, boots to running, opens a shell, stops with 0", async (context) => {
    const all = setup(context);
    const before = await inventory(all);
    cli("fix", ...targetFlags(all), ".");
    const left = lint(...targetFlags(all), ".");
    const isLeft = ({ severity, fixes }: Row) => severity !== "hint" && fixes.some(({ safe }) => safe);
    expect(left.filter(isLeft)).toEqual([]);
    expect(left.filter(({ severity }) => severity === "error" || severity === "warning")).toEqual([]);
    const compose = await readFile(join(folder, "compose.yaml"), "utf8");
    expect(compose).not.toContain("/sys/fs/cgroup");

    await build(all, "main-job:fixed");
    for (const path of ["Dockerfile", "compose.yaml#web"]) {
      const container = await start(all, "main-job:fixed", path);
      const report = await all.engine.boot(container, 60, { report: () => {}, signal: never });
      expect(report, `${path}: ${report.log}`).toMatchObject({ state: "running", failed: [], cgroup: "/" });
      const shell = await all.engine.shell(container, { columns: 80, rows: 25 });
      let said = "";
      shell.onData((data) => {
        said += Buffer.from(data).toString();
      });
      shell.write("systemctl is-active ssh; exit\n");
      await shell.exit;
      expect(said).toMatch(/^active/m);
      expect(await all.engine.stop(container)).toEqual({ exitCode: 0 });
      await all.engine.remove(container);
    }
    await all.docker.getImage("main-job:fixed").remove();
    expect(await inventory(all)).toEqual(before);
  });

  test("the compose file that was written starts it through docker compose, and stops it in time", async (context) => {
    const all = setup(context);
    await build(all, "main-job:compose");
    // The lab's engine has no bridge, and the image is there already.
    await writeFile(
      join(folder, "lab.yaml"),
      "services:\n  web:\n    image: main-job:compose\n    network_mode: none\n",
    );
    const compose = (...args: string[]) =>
      all.lab.exec(["docker", "compose", "-p", "mainjob", "-f", "compose.yaml", "-f", "lab.yaml", ...args], {
        cwd: folder,
      });
    const up = await compose("up", "-d", "--no-build");
    expect(up.code, up.stderr).toBe(0);
    const state = async () =>
      (await compose("exec", "-T", "web", "systemctl", "is-system-running")).stdout.trim();
    await expect.poll(state).toBe("running");
    // What is killed after 10 s ends with 137.
    expect((await compose("stop")).code).toBe(0);
    const filters = { label: ["com.docker.compose.project=mainjob"] };
    const stopped = await all.docker.listContainers({ all: true, filters });
    expect(stopped.map(({ Status }) => Status)).toEqual([expect.stringMatching(/^Exited \(0\) /)]);
    expect((await compose("down", "--volumes")).code).toBe(0);
    await all.docker.getImage("main-job:compose").remove();
  });
});
