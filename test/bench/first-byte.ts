import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { commands } from "../../client/src/commands";
import { runCommand } from "../../client/src/commands/command";
import type * as EngineBundle from "../../client/src/engine-entry";
import { world } from "../client/world";

const answers: Readonly<Record<string, object>> = {
  "/version": { Version: "28.5.2", ApiVersion: "1.51", Os: "linux", Components: [{ Name: "Engine" }] },
  "/info": { CgroupVersion: "2", OSType: "linux" },
  "/networks": [{ Name: "bridge" }],
  "/containers/json": [],
};

/**
 * Milliseconds from the palette's command to the first byte that reaches the engine, which is our own share of the
 * wait: once with the engine bundle still to be loaded, then with all of it there.
 */
export async function firstByte(
  bundlePath: string,
  turns: number,
): Promise<{ cold: number; warm: number[] }> {
  const folder = await mkdtemp(join(tmpdir(), "systemd-containers-bench-"));
  const socket = join(folder, "engine.sock");
  let arrived = 0;
  const server = createServer((request, response) => {
    arrived ||= performance.now();
    const path = request.url?.replace(/\?.*/, "") ?? "";
    response.setHeader("content-type", "application/json").end(JSON.stringify(answers[path] ?? "OK"));
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  const { deps } = world();
  const engine: typeof deps.engine = {
    find: (signal, where) => {
      const bundle: typeof EngineBundle = createRequire(import.meta.url)(bundlePath);
      return bundle.find({ ...where, host: `unix://${socket}`, signal });
    },
  };
  const command = commands["systemdContainers.stop"];
  if (!command) throw new Error("there is no command to measure");
  const once = async () => {
    arrived = 0;
    const start = performance.now();
    await runCommand({ ...deps, engine }, command);
    return arrived - start;
  };
  try {
    const cold = await once();
    const warm: number[] = [];
    for (let turn = 0; turn < turns; turn++) warm.push(await once());
    return { cold, warm };
  } finally {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true });
  }
}
