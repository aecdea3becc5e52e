import { join } from "node:path";
import { expect, test } from "vitest";
import { buildText } from "../../client/src/texts/build-output";
import { inFolder, never, rejection, startRequest, useEngine, withBody } from "./setup";

const setup = useEngine("docker@28/v2", ["debian:12", "systemd-test:252"]);

test("an engine that is stopped in the middle of a build and a boot: both say so, and soon, and events end", async (context) => {
  const { engine, lab } = setup(context);
  const request = withBody(startRequest("systemd-test:252", "test-vanish"), { Cmd: ["sleep", "100"] });
  const container = await engine.start(request, never);
  const boot = rejection(engine.boot(container, 100, { report: () => undefined, signal: never }));

  const following = engine.follow(() => undefined, never);

  let stopped: Promise<void> | undefined;
  const build = await inFolder({ Dockerfile: "FROM debian:12\nRUN echo began; sleep 100\n" }, (folder) =>
    rejection(
      engine.build(
        { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-vanish:1" },
        {
          print: (output) => {
            if (/^#\d+ began/.test(buildText(output))) stopped = lab.stop();
          },
          signal: never,
        },
      ),
    ),
  );
  expect(build).toMatchObject({ code: "engine-gone" });
  expect(await boot).toMatchObject({ code: "engine-gone" });
  await stopped;
  await following;

  expect(await rejection(engine.containers())).toMatchObject({ code: "not-running" });
});
