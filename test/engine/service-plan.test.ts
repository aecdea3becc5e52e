import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { isPlan } from "../../server/src/core/plan/plan";
import { commandFor } from "../../server/src/core/plan/render/command";
import { launches } from "../../server/src/core/project/plans";
import { inFolder, useEngine } from "./setup";

const setup = useEngine("docker@28/v2", ["systemd-test:252"]);

// The lab's engine has no bridge.
const compose = `name: rows
services:
  db:
    image: systemd-test:252
    command: /sbin/init
    network_mode: none
    stop_signal: SIGRTMIN+3
    tty: true
    tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    security_opt: [writable-cgroups=true]
    environment: {container: docker, SECRET: hunter2}
    volumes:
      - data:/var/lib/rows
      - ./name:/etc/rows-name:ro
volumes:
  data: {}
`;

test("a service that compose wrote a row for has it when its planned line starts it", async (context) => {
  const { lab } = setup(context);
  await inFolder({ "compose.yaml": compose, name: "kept" }, async (cwd) => {
    const docker = async (...args: string[]) => {
      const { code, stdout, stderr } = await lab.exec(["docker", ...args], { cwd });
      expect(code, stderr).toBe(0);
      return stdout.trim();
    };
    await docker("compose", "up", "-d");
    await docker("compose", "exec", "-T", "db", "sh", "-c", "echo row > /var/lib/rows/row");
    await docker("compose", "down");

    const uri = pathToFileURL(join(cwd, "compose.yaml")).href;
    const file = { uri, text: compose, snapshot: { runFiles: [uri], read: () => undefined } };
    const [launch] = launches(file, lab.facts);
    if (!launch || !isPlan(launch.plan)) throw new Error("there is no plan");
    const [command, ...words] = commandFor(launch.plan, "docker", { secrets: true });
    expect(command).toBe("docker");
    const id = await docker(...words);
    const read = () => docker("exec", id, "cat", "/var/lib/rows/row", "/etc/rows-name");
    const state = async () =>
      (await lab.exec(["docker", "exec", id, "systemctl", "is-system-running"], { cwd })).stdout.trim();
    await expect.poll(state).toBe("running");
    expect((await read()).split("\n")).toEqual(["row", "kept"]);
    await docker("rm", "--force", "--volumes", id);
    await docker("volume", "rm", "rows_data");
  });
});
