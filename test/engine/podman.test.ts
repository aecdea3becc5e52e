import { join } from "node:path";
import { expect, test } from "vitest";
import { format } from "../../server/src/core/base/message";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { answerPlan } from "../../server/src/lsp/plan";
import { inFolder, inventory, never, useEngine, withBody } from "./setup";

const setup = useEngine("podman@5/v2", ["systemd-test:252"]);

const files = {
  Dockerfile: `FROM systemd-test:252
COPY entry.sh /entry.sh
RUN chmod +x /entry.sh
ENTRYPOINT ["/entry.sh", "it's \\"here\\""]
CMD ["/sbin/init"]
`,
  "entry.sh": '#!/bin/sh\necho "prepared: $1" >/prepared\nshift\nexec "$@"\n',
};

test("an entry script that Podman does not take for systemd boots by --systemd=always, as the plan says", async (context) => {
  const all = setup(context);
  const { engine, docker, lab } = all;
  const before = await inventory(all);
  const uri = "file:///p/Dockerfile";
  const read = (asked: string) => Object.entries(files).find(([name]) => asked === `file:///p/${name}`)?.[1];
  const snapshot = { runFiles: [], read };
  const plan = answerPlan(
    { uri, reference: "test-wrapped:1", facts: engine.facts },
    defaultSettings,
    {
      uri,
      snapshot,
      findings: [],
    },
    format,
  );
  expect(plan.refused).toBeUndefined();
  const { create } = plan;
  if ("refused" in create) throw new Error(create.refused);
  expect(create).toMatchObject({ api: "libpod", body: { systemd: "always" } });
  expect(plan.podman).toContain("--systemd=always");
  expect(JSON.stringify(create)).not.toMatch(/cgroup/i);

  await inFolder(files, (folder) =>
    engine.build(
      { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-wrapped:1" },
      { print: () => undefined, signal: never },
    ),
  );
  // The lab has no network for Podman.
  const request = withBody({ name: "test-wrapped", uri, create }, { netns: { nsmode: "none" } });

  // Without the mode Podman prepares nothing, and PID 1 ends.
  const bare = await engine.start(withBody(request, { systemd: "true" }), never);
  expect(await engine.boot(bare, 60, { report: () => undefined, signal: never })).toMatchObject({
    state: "exited",
    exitCode: 255,
  });
  await engine.remove(bare);

  const container = await engine.start(request, never);
  expect(container).toMatchObject({ name: "test-wrapped", uri });
  const report = await engine.boot(container, 60, { report: () => undefined, signal: never });
  expect(report, report.log).toMatchObject({ state: "running", failed: [], virtualization: "podman" });
  const inside = await lab.exec(["podman", "exec", "test-wrapped", "cat", "/prepared"]);
  expect(inside.stdout).toBe('prepared: it\'s "here"\n');
  const image = "docker.io/library/test-wrapped:1";
  expect(await engine.containers()).toEqual([{ ...container, state: "running", image }]);
  expect(await engine.stop(container)).toEqual({ exitCode: 0 });
  await engine.remove(container);
  await docker.getImage("test-wrapped:1").remove({ force: true });
  expect(await inventory(all)).toEqual(before);
});
