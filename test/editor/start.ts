import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { codeServer, desktopExecutable } from "./code";
import { cache, root } from "./paths";
import { patiently } from "./patiently";
import { addressOf, startServer } from "./server";
import { engineForStart } from "./start-engine";

// `npm start`: a real VS Code with the extension as it is built now, on the examples, against the user's engine, or a
// private one where there is none.

const examples = join(root, "examples");
const state = join(cache, "start");

await mkdir(state, { recursive: true });
const engine = await engineForStart(process.argv.slice(2));
const env: Record<string, string> = engine.address === undefined ? {} : { DOCKER_HOST: engine.address };
const desktop = await patiently(console.log, "Looking for VS Code", desktopExecutable());
if (desktop.value !== undefined) await startDesktop(desktop.value);
else await startInBrowser(desktop.reason);

/** Opens a window with a separate profile, so that it is a separate process that Ctrl-C can stop. */
async function startDesktop(executable: string): Promise<void> {
  console.log(`VS Code (${executable}) on ${examples}. Ctrl-C stops it.`);
  const child = spawn(
    executable,
    [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      `--extensionDevelopmentPath=${root}`,
      `--user-data-dir=${join(state, "desktop")}`,
      `--extensions-dir=${join(state, "desktop-extensions")}`,
      ...["--disable-workspace-trust", "--disable-updates", "--skip-welcome", "--skip-release-notes"],
      examples,
    ],
    { stdio: "ignore", env: { ...process.env, ...env } },
  );
  onStop(() => child.kill());
  await new Promise<void>((done, fail) => {
    child.on("error", fail);
    child.on("exit", () => done());
  }).finally(engine.stop);
}

async function startInBrowser(reason: string): Promise<void> {
  const server = await patiently(console.log, "Preparing VS Code in the browser", codeServer());
  if (!server.value) {
    console.error(`No VS Code can be had here.\n- desktop: ${reason}\n- in the browser: ${server.reason}`);
    console.error("Install VS Code, or name its executable in SYSTEMD_CONTAINERS_VSCODE.");
    await engine.stop();
    process.exit(1);
  }
  const options = { entry: server.value, state: join(state, "server"), workspaceTrust: false, env };
  const running = await patiently(console.log, "Starting it", startServer(options));
  console.log(`No desktop VS Code (${reason}), so here it is in the browser. Ctrl-C stops it.\n`);
  console.log(addressOf(running, examples, root));
  onStop(async () => {
    await running.stop();
    await engine.stop();
    process.exit(0);
  });
}

function onStop(stop: () => void): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, stop);
}
