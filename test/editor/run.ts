import { mkdir, rm, stat } from "node:fs/promises";
import { relative } from "node:path";
import { globSync } from "tinyglobby";
import { openBrowser } from "./browser";
import { codeServer, testExecutable } from "./code";
import { runInDesktop, runInServer } from "./host";
import { type Result, runMocha } from "./mocha";
import { packageExtension } from "./package";
import { built, root, screenshots, vsix } from "./paths";
import { messageOf } from "./system";

/** What a marketplace download may weigh, in bytes. */
const largestVsix = 1_500_000;

/**
 * Milliseconds after which a test counts as hung, also on a loaded computer. What it waits for has other limits,
 * which say what was missed.
 */
const hung = 600_000;

const results: Result[] = [];

function print({ title, state, ms, reason }: Result): void {
  const mark = { passed: "✓", failed: "✗", skipped: "-" }[state];
  console.log(
    `${mark} ${title}${ms ? ` (${ms} ms)` : ""}${reason ? `\n    ${reason.replaceAll("\n", "\n    ")}` : ""}`,
  );
}

function report(...more: Result[]): void {
  more.forEach(print);
  results.push(...more);
}

/** Packages what is shipped, and reports whether it is small enough. */
async function packaged(): Promise<Result> {
  const title = "the VSIX is under 1.5 MB";
  await mkdir(built, { recursive: true });
  await packageExtension(vsix);
  const { size } = await stat(vsix);
  if (size < largestVsix)
    return { title: `${title} (${Math.round(size / 1000)} kB)`, state: "passed", ms: 0 };
  return { title, state: "failed", ms: 0, reason: `it has ${size} bytes` };
}

/** The in-host suite, in the desktop VS Code where there is one, else in code-server. */
async function runInHost(server: string | undefined): Promise<Result[]> {
  const desktop = await testExecutable();
  if (desktop.value) return runInDesktop(desktop.value);
  const skipped: Result = {
    title: "the in-host suite in test-electron's VS Code",
    state: "skipped",
    ms: 0,
    reason: desktop.reason,
  };
  return server ? [skipped, ...(await runInServer())] : [skipped];
}

/** Why the page cannot be driven here, if it cannot. */
async function pageObstacle(): Promise<string | undefined> {
  const browser = await openBrowser();
  await browser.value?.close();
  return browser.reason;
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
await rm(screenshots, { recursive: true, force: true });
report(await packaged());

const launcherTests = globSync("test/editor/launcher/*.test.ts", { cwd: root, absolute: true });
report(...(await runMocha(launcherTests, hung)));

const server = await codeServer();
const obstacle = server.reason ?? (await pageObstacle());
report(...(await runInHost(obstacle ? undefined : server.value).catch(failed("the in-host suite"))));
if (obstacle) {
  report({ title: "the tests that drive the page", state: "skipped", ms: 0, reason: obstacle });
} else {
  const pageTests = globSync("test/editor/page/*.test.ts", { cwd: root, absolute: true }).sort();
  for (const file of pageTests) report(...(await runMocha([file], hung).catch(failed(relative(root, file)))));
}

const count = (state: Result["state"]) => results.filter((result) => result.state === state).length;
console.log(`\nscreenshots in ${screenshots}`);
console.log(`${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} skipped`);
process.exit(count("failed") > 0 ? 1 : 0);

function failed(title: string): (error: unknown) => Result[] {
  return (error) => [{ title, state: "failed", ms: 0, reason: messageOf(error) }];
}
