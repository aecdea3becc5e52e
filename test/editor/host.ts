import { cp, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { globSync } from "tinyglobby";
import { withDisplay } from "./display";
import { openEditor } from "./editor";
import type { Result } from "./mocha";
import { built, root } from "./paths";
import { messageOf } from "./system";

const suite = join(built, "suite");
const resultsFile = join(suite, "results.json");

/** Milliseconds after which an extension host that has not reported counts as hung. */
const hostPatience = 600_000;

/** Bundles the in-host suite and returns the path of its entry. `mocha` and `vscode` come from where it runs. */
async function bundleSuite(): Promise<string> {
  await rm(suite, { recursive: true, force: true });
  await build({
    entryPoints: [
      fileURLToPath(new URL("./suite/runner.ts", import.meta.url)),
      ...globSync("test/editor/suite/*.test.ts", { cwd: root, absolute: true }),
    ],
    outdir: suite,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode", "mocha"],
    logLevel: "warning",
  });
  return join(suite, "runner.cjs");
}

/** Runs the in-host suite in the extension host of a desktop VS Code. */
export async function runInDesktop(executable: string): Promise<Result[]> {
  const extensionTestsPath = await bundleSuite();
  const state = await mkdtemp(join(tmpdir(), "systemd-containers-desktop-"));
  const folder = join(state, "examples");
  await cp(join(root, "examples"), folder, { recursive: true });
  try {
    const start = (extensionTestsEnv: Record<string, string>) =>
      runTests({
        vscodeExecutablePath: executable,
        extensionDevelopmentPath: root,
        extensionTestsPath,
        extensionTestsEnv,
        launchArgs: [
          folder,
          ...["--user-data-dir", join(state, "data"), "--extensions-dir", join(state, "extensions")],
          "--disable-extensions",
        ],
      });
    const failure = await withDisplay(start).then(() => undefined, messageOf);
    return (
      (await readResults()) ?? [
        unfinished(`${basename(executable)} ended without results: ${failure ?? "exit 0"}`),
      ]
    );
  } finally {
    await rm(state, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Runs the in-host suite in the extension host of code-server, by the address of its page. */
export async function runInServer(): Promise<Result[]> {
  const editor = await openEditor({ tests: await bundleSuite() });
  try {
    const deadline = Date.now() + hostPatience;
    while (Date.now() < deadline) {
      const results = await readResults();
      if (results) return results;
      await sleep(200);
    }
    await editor.workbench.screenshot("in-host-suite-without-results");
    return [unfinished(`no results after ${hostPatience / 1000} s`)];
  } finally {
    await editor.close();
  }
}

/** The results, once they are there as a whole. */
async function readResults(): Promise<Result[] | undefined> {
  try {
    return JSON.parse(await readFile(resultsFile, "utf8"));
  } catch {
    return undefined;
  }
}

function unfinished(reason: string): Result {
  return { title: "the in-host suite runs to its end", state: "failed", ms: 0, reason };
}
