import { existsSync, realpathSync } from "node:fs";
import { mkdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { download, SilentReporter } from "@vscode/test-electron";
import { hasDisplay } from "./display";
import { cache } from "./paths";
import { execute, messageOf, which, whichOrInstall } from "./system";

/** Something that could be had, or why it could not. */
export type Found<T> = { value: T; reason?: undefined } | { value?: undefined; reason: string };

/** The newest code-server that runs on Node 20. It is the workbench and extension host of VS Code 1.100. */
const codeServerVersion = "4.100.3";

/** Milliseconds without an answer after which the update server counts as out of reach. */
const updateServerPatience = 8_000;

/**
 * A VS Code executable that the environment names or test-electron can download.
 * A desktop `code` on PATH is left out: tests run in a version that is known.
 */
export async function testExecutable(): Promise<Found<string>> {
  const named = process.env.SYSTEMD_CONTAINERS_VSCODE;
  if (named) {
    if (!existsSync(named))
      return { reason: `SYSTEMD_CONTAINERS_VSCODE names ${named}, which does not exist` };
    return { value: named };
  }
  return downloaded();
}

/** The VS Code of this desktop: named by the environment, on PATH, or downloaded. */
export async function desktopExecutable(): Promise<Found<string>> {
  if (process.env.SYSTEMD_CONTAINERS_VSCODE) return testExecutable();
  if (!hasDisplay()) return { reason: "there is no display" };
  const launcher = which("code");
  if (launcher) return { value: executableBehind(launcher) };
  return downloaded();
}

/** test-electron's own download, kept in the cache. Reports quickly when its update server is out of reach. */
async function downloaded(): Promise<Found<string>> {
  const cachePath = join(cache, "vscode-test");
  await mkdir(cachePath, { recursive: true });
  try {
    const value = await download({
      version: "stable",
      cachePath,
      reporter: new SilentReporter(),
      timeout: updateServerPatience,
    });
    return { value };
  } catch (error) {
    return { reason: `test-electron cannot download VS Code: ${messageOf(error)}` };
  }
}

/**
 * The program that a `code` command starts. The command itself returns at once and leaves its window to itself,
 * so it could not be stopped again.
 */
export function executableBehind(launcher: string): string {
  const bin = dirname(realpathSync(launcher));
  const candidates = [
    join(bin, "..", "code"),
    join(bin, "..", "Code.exe"),
    join(bin, "..", "..", "..", "MacOS", "Electron"),
    join(bin, "..", "..", "..", "MacOS", "Code"),
  ];
  return candidates.find((path) => existsSync(path)) ?? launcher;
}

/**
 * The entry script of a code-server in the cache, installed from npm on the first call (about a minute).
 * `SYSTEMD_CONTAINERS_CODE_SERVER` names another directory to keep it in.
 */
export async function codeServer(): Promise<Found<string>> {
  const folder = process.env.SYSTEMD_CONTAINERS_CODE_SERVER ?? join(cache, "code-server");
  const entry = join(folder, "node_modules", "code-server", "out", "node", "entry.js");
  const marker = join(folder, "installed");
  const installed = await readFile(marker, "utf8").catch(() => "");
  if (installed === codeServerVersion) return { value: entry };
  const major = Number(process.versions.node.split(".")[0]);
  if (major !== 20)
    return { reason: `code-server ${codeServerVersion} needs Node 20, this is Node ${major}` };
  try {
    console.log(`installing code-server ${codeServerVersion} into ${folder}`);
    await installCodeServer(folder);
    await writeFile(marker, codeServerVersion);
    return { value: entry };
  } catch (error) {
    return { reason: `code-server cannot be installed: ${messageOf(error)}` };
  }
}

/**
 * code-server's own install script wants Kerberos headers and downloads ripgrep; neither is needed.
 * So all scripts are ignored and the few native modules it does need are built by name.
 */
async function installCodeServer(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), JSON.stringify({ private: true }));
  const quiet = ["--no-audit", "--no-fund"];
  await npm(folder, "install", `code-server@${codeServerVersion}`, "--ignore-scripts", ...quiet);
  const workbench = join(folder, "node_modules", "code-server", "lib", "vscode");
  await npm(workbench, "install", "--ignore-scripts", "--omit=dev", ...quiet);
  await npm(folder, "rebuild", "argon2");
  await npm(workbench, "rebuild", "node-pty", "@vscode/spdlog", "native-watchdog", "@parcel/watcher");
  await linkRipgrep(join(workbench, "node_modules", "@vscode", "ripgrep", "bin"));
}

/** Quick open and `workspace.findFiles` do nothing without ripgrep. */
async function linkRipgrep(bin: string): Promise<void> {
  const ripgrep = await whichOrInstall(["rg"], "ripgrep");
  await mkdir(bin, { recursive: true });
  await symlink(ripgrep, join(bin, "rg"));
}

/** npm as a person would run it: settings that the npm above this process exports do not apply to the cache. */
function npm(cwd: string, ...args: string[]): Promise<string> {
  return execute("npm", args, { cwd, env: { npm_config_yes: "true" } });
}
