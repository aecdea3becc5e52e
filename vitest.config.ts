import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The longest file of the engine suite first: begun last, it would go on alone when all others are done. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification) => moduleId.endsWith("/test/engine/evidence.test.ts");
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

/** Files that need a process, and its modules, for themselves. */
const isolated = [
  // What counts the blocks that V8 executes, which must be compiled after counting begins.
  "test/core/growth.test.ts",
  // What freezes the values that are kept.
  "test/core/frozen.test.ts",
  // What adds a row to the table of surfaces.
  "test/lsp/surface.test.ts",
];

/** Milliseconds after which a test or a hook counts as hung. None takes 10 s, but what else runs may make it ten times as slow. */
const hung = 180_000;

/**
 * Three projects: `unit` and `isolated` need nothing but Node, `engine` starts real container engines, three at a time.
 * Files of `unit` share the modules of a process, which takes half the time: what a test changes there, such as the
 * environment, it puts back.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          isolate: false,
          // One process for each core: the default leaves one core idle, which is half of two.
          maxWorkers: "100%",
          testTimeout: hung,
          hookTimeout: hung,
          // On a loaded machine a process or a socket takes its time.
          expect: { poll: { timeout: 20_000 } },
          setupFiles: ["test/seed.ts"],
          include: ["test/{core,house,snippets,syntaxes,corpus,fuzz,lsp,cli,client}/**/*.test.ts"],
          exclude: isolated,
        },
      },
      {
        test: {
          name: "isolated",
          maxWorkers: "100%",
          testTimeout: hung,
          hookTimeout: hung,
          setupFiles: ["test/seed.ts"],
          include: isolated,
        },
      },
      {
        test: {
          name: "engine",
          include: ["test/engine/**/*.test.ts"],
          // Much of a boot, and all of a kill after 10 s, is waiting, so two cores run three files; each has an engine of its own.
          maxWorkers: 3,
          // On a loaded machine an engine takes its time.
          testTimeout: 300_000,
          expect: { poll: { timeout: 60_000 } },
          hookTimeout: 1_200_000,
        },
      },
    ],
  },
});
