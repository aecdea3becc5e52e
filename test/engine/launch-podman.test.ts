import { expect, test } from "vitest";
import { exec } from "../../client/src/engine/exec";
import { format } from "../../server/src/core/base/message";
import { readSettings } from "../../server/src/core/lint/settings";
import { answerPlan } from "../../server/src/lsp/plan";
import { inventory, never, useEngine, withBody } from "./setup";

const reference = "systemd-test:252";
const setup = useEngine("podman@5/v2", [reference]);

test("an image is looked into, booted by its plan and logged in to, and nothing is left", async (context) => {
  const all = setup(context);
  const { engine, connection } = all;
  const before = await inventory(all);
  const { image, native } = await engine.look(reference, never);
  expect(native).toBe(true);
  expect(image).toMatchObject({ systemd: 252, distribution: ["debian"], tmpMount: false });
  const options = { debug: true, hostname: "launched" };
  const params = { image, reference, facts: engine.facts, options };
  const { create, boots, podman } = answerPlan(params, readSettings({}), undefined, format);
  expect(boots).toBe("certain");
  expect(podman).toContain("--hostname=launched");
  // The lab's engine has no network to give.
  if ("refused" in create) throw new Error(create.refused);
  const HostConfig = { ...(create.body.HostConfig as object), NetworkMode: "none" };
  const start = withBody({ name: "test-launch", create }, { HostConfig });
  const container = await engine.start(start, never);
  try {
    const report = await engine.boot(container, 60, { report: () => undefined, signal: never });
    expect(report.state, report.log).toBe("running");
    expect(report.log).toMatch(/Installed new job|Enqueued job/);
    await engine.addLogin(container, { name: "dev", key: "ssh-ed25519 AAAA it's $(me)" }, never);
    const { stdout } = await exec(connection.docker, container.id, ["cat", "/home/dev/.ssh/authorized_keys"]);
    expect(stdout).toBe("ssh-ed25519 AAAA it's $(me)\n");
  } finally {
    await engine.remove(container);
  }
  expect(await inventory(all)).toEqual(before);
});
