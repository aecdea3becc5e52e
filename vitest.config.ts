import { defineConfig } from "vitest/config";

/** Two projects: `unit` needs nothing but Node, `engine` starts real container engines, one file at a time. */
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
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
