import { defineConfig } from "vitest/config";

/** Two projects: `unit` needs nothing but Node, `engine` starts real container engines, two at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          // Nothing here takes a second; a loaded laptop gets its time all the same.
          testTimeout: 30_000,
          include: ["test/{core,lsp,cli,client,house,snippets,syntaxes,corpus}/**/*.test.ts"],
        },
      },
      {
        test: {
          name: "engine",
          include: ["test/engine/**/*.test.ts"],
          // Most of a boot, and all of a kill after 10 s, is waiting; each file has an engine of its own.
          maxWorkers: 2,
          testTimeout: 120_000,
          expect: { poll: { timeout: 10_000 } },
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
