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

/** Two projects: `unit` needs nothing but Node, `engine` starts real container engines, two at a time. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: "unit",
          // Nothing here takes a second; a loaded laptop gets its time all the same.
          testTimeout: 30_000,
          include: ["test/{core,lsp,cli,client,house,snippets,syntaxes,corpus,fuzz}/**/*.test.ts"],
        },
      },
      {
        test: {
          name: "engine",
          include: ["test/engine/**/*.test.ts"],
          // Most of a boot, and all of a kill after 10 s, is waiting; each file has an engine of its own.
          maxWorkers: 2,
          testTimeout: 120_000,
          // On a loaded machine an engine takes its time.
          expect: { poll: { timeout: 60_000 } },
          hookTimeout: 1_200_000,
        },
      },
    ],
  },
});
