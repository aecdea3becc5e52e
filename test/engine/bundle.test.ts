import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import type * as EngineBundle from "../../client/src/engine-entry";
import { buildText } from "../../client/src/texts/build-output";
import { inFolder, never, startRequest, useEngine } from "./setup";

const setup = useEngine("docker@28/v2", ["systemd-test:252"]);

test("the bundle that is shipped builds, boots and stops: nothing it needs was left out of it", async (context) => {
  const { connection, docker } = setup(context);
  const path = resolve(import.meta.dirname, "../../client/out/engine.cjs");
  const bundle: typeof EngineBundle = createRequire(import.meta.url)(path);
  const { places } = await bundle.find({ host: connection.endpoint.url });
  const engine = places[0]?.engine;
  if (!engine) throw new Error("the bundle finds no engine");
  let output = "";
  await inFolder({ Dockerfile: "FROM systemd-test:252\nRUN <<END\necho heredoc\nEND\n" }, (folder) =>
    engine.build(
      { dockerfile: join(folder, "Dockerfile"), context: folder, tag: "test-bundle:1" },
      {
        print: (more) => {
          output += buildText(more);
        },
        signal: never,
      },
    ),
  );
  expect(output).toMatch(/#\d+ heredoc\n/);
  const container = await engine.start(startRequest("test-bundle:1", "test-bundle"), never);
  expect((await engine.boot(container, 60, { report: () => undefined, signal: never })).state).toBe(
    "running",
  );
  expect(await engine.stop(container)).toEqual({ exitCode: 0 });
  await engine.remove(container);
  await docker.getImage("test-bundle:1").remove();
});
