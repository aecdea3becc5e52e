import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";

/** The repository. */
export const root = resolve(import.meta.dirname, "../..");

/** What the bench makes and keeps from run to run. Ignored by git. */
export const cache = join(root, ".cache/bench");

/** The bundles that are measured, as they are shipped. */
export const bundles = {
  server: join(root, "server/out/main.cjs"),
  cli: join(root, "server/out/cli.cjs"),
  engine: join(root, "client/out/engine.cjs"),
};

/** Builds the bundles as they are shipped. Throws when the build fails. */
export function buildMinified(): void {
  const { status } = spawnSync(process.execPath, ["esbuild.mjs", "--minify"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) throw new Error("The build failed.");
}
