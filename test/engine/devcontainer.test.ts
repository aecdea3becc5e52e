import { chmod, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { parse } from "jsonc-parser";
import { expect, test } from "vitest";
import { program } from "../cli/terminal";
import { run } from "../lab/process";
import { inFolder, inventory, type Setup, useEngine } from "./setup";

// The Dev Containers CLI starts what the command line writes.
const setup = useEngine("docker@28/v2", ["systemd-test:252"]);

const require = createRequire(import.meta.url);
const tool = require.resolve("@devcontainers/cli/devcontainer.js");
const Dockerfile = 'FROM systemd-test:252\nSTOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init"]\n';

interface Up {
  readonly outcome: string;
  readonly log: string;
  /** The first process of the container. */
  readonly first: string;
}

/** Starts the dev container of a plan with more properties, and removes it. There is no bridge in the lab. */
async function up({ lab, docker }: Setup, more: object): Promise<Up> {
  return inFolder({ Dockerfile }, async (folder) => {
    const planned = await run([process.execPath, program, "plan", "--format", "devcontainer", "Dockerfile"], {
      cwd: folder,
    });
    const { runArgs = [], ...properties } = parse(planned.stdout);
    const config = { ...properties, runArgs: [...runArgs, "--network=none"], ...more };
    await mkdir(join(folder, ".devcontainer"));
    await writeFile(join(folder, ".devcontainer/devcontainer.json"), JSON.stringify(config));
    const client = join(folder, "docker");
    // The CLI waits for the event of the start, which can come before it listens.
    const listen = '[ "$1" != events ] || set -- "$@" --since 5m';
    await writeFile(
      client,
      `#!/bin/sh\n${listen}\nexec ${lab.argv(["docker"]).map(quoted).join(" ")} "$@"\n`,
    );
    await chmod(client, 0o755);
    const words = ["up", "--workspace-folder", folder, "--docker-path", client];
    const env = { DOCKER_HOST: `unix://${lab.socket}`, HOME: folder };
    const { stdout, stderr } = await run([process.execPath, tool, ...words], { cwd: folder, env });
    const { outcome, containerId } = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");
    if (containerId === undefined) throw new Error(stdout + stderr);
    const container = docker.getContainer(containerId);
    const { Processes } = await container.top();
    const { Image } = await container.inspect();
    await container.remove({ force: true, v: true });
    await docker.getImage(Image).remove({ force: true });
    return { outcome, log: stderr, first: String(Processes[0]?.at(-1)) };
  });
}

const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;

const untilBooted = "until systemctl is-system-running | grep -Eq 'running|degraded'; do sleep 1; done";

test("a dev container as the plan writes it boots systemd, and its commands wait for the boot as advised", async (context) => {
  const all = setup(context);
  const before = await inventory(all);
  const onCreateCommand = `${untilBooted}; systemctl is-active multi-user.target; systemctl --user status`;
  const { log, first } = await up(all, { onCreateCommand });
  expect(first).toContain("/sbin/init");
  expect(log).toMatch(/^(\[.*\] )?active\r?$/m);
  // The last command fails, as there is no session.
  expect(log).toContain("No medium found");
  expect(await inventory(all)).toEqual(before);
});

test("a dev container that overrides the command does not start systemd", async (context) => {
  const all = setup(context);
  const { first } = await up(all, { overrideCommand: true });
  expect(first).toContain("/bin/sh");
  expect(first).not.toContain("init");
});
