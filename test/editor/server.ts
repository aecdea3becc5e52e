import { spawn } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { execute } from "./system";

export interface Server {
  /** `127.0.0.1:PORT`, which is also the authority of its `vscode-remote:` addresses. */
  readonly authority: string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Entry script of code-server. */
  entry: string;
  /** Directory for its profile and extensions. Nothing is written anywhere else. */
  state: string;
  /** Whether the editor asks if the directory is trusted, as a desktop VS Code does. */
  workspaceTrust: boolean;
  /** Settings of the user, beside the quiet ones. */
  settings?: Readonly<Record<string, unknown>>;
  /** Added to this process's environment; the extension host inherits it. */
  env?: Record<string, string>;
}

/** Quiet enough that nothing pops up between a test and the editor. */
const quiet = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.colorTheme": "Default Light Modern",
  "editor.minimap.enabled": false,
  // In a browser, VS Code saves on its own unless told not to.
  "files.autoSave": "off",
  "extensions.ignoreRecommendations": true,
  "chat.commandCenter.enabled": false,
  "git.enabled": false,
  // What a terminal shows can be read from the page only where it is not painted on a canvas.
  "terminal.integrated.gpuAcceleration": "off",
  "security.workspace.trust.banner": "always",
};

const startPatience = 120_000;

/** Starts code-server on a free port of this computer, ready to be opened in a browser. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { entry, state, workspaceTrust } = options;
  await mkdir(dirname(settingsFile(state)), { recursive: true });
  await writeFile(settingsFile(state), JSON.stringify({ ...quiet, ...options.settings }));
  const args = [
    // It picks a free port itself: one that was found free before may be taken by then.
    ...["--auth", "none", "--bind-addr", "127.0.0.1:0", "--disable-telemetry", "--disable-update-check"],
    "--disable-getting-started-override",
    ...(workspaceTrust ? [] : ["--disable-workspace-trust"]),
    ...folders(state),
  ];
  // A separate group: the server forks extension hosts, and stopping it must stop those too.
  const child = spawn(process.execPath, [entry, ...args], {
    // As it is: without that word VS Code asks a login shell for the environment, which has a separate PATH.
    env: { ...process.env, VSCODE_CLI: "1", ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let log = "";
  child.stdout.on("data", (chunk) => {
    log += chunk;
  });
  child.stderr.on("data", (chunk) => {
    log += chunk;
  });
  // Whatever ends this process, also a test run that is broken off, ends the server.
  const onExit = () => signalGroup(child.pid, "SIGKILL");
  process.once("exit", onExit);
  const exited = new Promise<void>((done) => child.on("exit", () => done()));
  const stop = async () => {
    signalGroup(child.pid, "SIGTERM");
    await Promise.race([exited, sleep(5_000, undefined, { ref: false })]);
    signalGroup(child.pid, "SIGKILL");
    process.off("exit", onExit);
  };

  for (const deadline = Date.now() + startPatience; child.exitCode === null && Date.now() < deadline; ) {
    const authority = /listening on http:\/\/(127\.0\.0\.1:\d+)/.exec(log)?.[1];
    if (authority && (await isHealthy(authority))) return { authority, stop };
    await sleep(100);
  }
  await stop();
  throw new Error(`code-server did not start:\n${log.slice(-2000)}`);
}

/** The settings of the user of a profile. */
function settingsFile(state: string): string {
  return join(state, "data", "User", "settings.json");
}

/** Installs a VSIX the way a user does, into the extensions of that state directory. */
export async function installExtension(entry: string, state: string, vsix: string): Promise<void> {
  await execute(process.execPath, [entry, ...folders(state), "--install-extension", vsix]);
}

/**
 * The address that opens `folder`, or an empty window. With `development`, an extension runs from its sources;
 * with `tests`, the extension host calls `run()` of that module.
 */
export function addressOf(
  server: Server,
  folder: string | undefined,
  development?: string,
  tests?: string,
): string {
  const remote = (path: string) => `vscode-remote://${server.authority}${path}`;
  const payload = [
    ...(development ? [["extensionDevelopmentPath", remote(development)]] : []),
    ...(tests ? [["extensionTestsPath", remote(tests)]] : []),
  ];
  const query = new URLSearchParams(folder === undefined ? { ew: "true" } : { folder });
  if (payload.length > 0) query.set("payload", JSON.stringify(payload));
  return `http://${server.authority}/?${query}`;
}

function folders(state: string): string[] {
  return [
    ...["--user-data-dir", join(state, "data"), "--extensions-dir", join(state, "extensions")],
    ...["--config", join(state, "config.yaml")],
  ];
}

async function isHealthy(authority: string): Promise<boolean> {
  try {
    return (await fetch(`http://${authority}/healthz`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}

function signalGroup(pid: number | undefined, signal: NodeJS.Signals): void {
  if (!pid) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // The group is gone already.
  }
}
