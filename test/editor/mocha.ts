import Mocha, { type Context } from "mocha";

/** What became of one test. */
export interface Result {
  title: string;
  state: "passed" | "failed" | "skipped";
  ms: number;
  /** Why it failed or was skipped. */
  reason?: string;
}

const reasons = new WeakMap<object, string>();

/** Skips the running test, with the reason. */
export function skip(context: Context, reason: string): never {
  if (context.test) reasons.set(context.test, reason);
  return context.skip();
}

/**
 * Loads test files, runs every test and reports what became of each. `timeout` in milliseconds.
 * CommonJS files are loaded by `require`, because that is where an extension host offers the `vscode` module.
 */
export async function runMocha(files: string[], timeout: number): Promise<Result[]> {
  // The base reporter prints nothing; who requested the results does.
  const mocha = new Mocha({ ui: "bdd", timeout, reporter: Mocha.reporters.Base });
  for (const file of files) mocha.addFile(file);
  if (!files.every((file) => file.endsWith(".cjs"))) await mocha.loadFilesAsync();
  return new Promise((done) => {
    const results: Result[] = [];
    const runner = mocha.run(() => done(results));
    runner.on("pass", (test) =>
      results.push({ title: test.fullTitle(), state: "passed", ms: test.duration ?? 0 }),
    );
    runner.on("pending", (test) =>
      results.push({ title: test.fullTitle(), state: "skipped", ms: 0, reason: reasons.get(test) }),
    );
    // A failing hook is reported as a separate failure.
    runner.on("fail", (test, error) => {
      const reason = error.stack ?? error.message;
      results.push({ title: test.fullTitle(), state: "failed", ms: test.duration ?? 0, reason });
    });
  });
}
