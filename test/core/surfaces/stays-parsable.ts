import fc from "fast-check";
import { expect } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { type LintInput, lint } from "../../../server/src/core/lint/lint";
import type { SurfaceFile } from "../../../server/src/core/surfaces/surface";

/** Fails where linting a text throws, or where a fix of one that can be parsed makes one that cannot. */
export function expectStaysParsable(
  texts: fc.Arbitrary<string>,
  input: (text: string) => LintInput,
  read: (text: string) => Pick<SurfaceFile, "problems">,
): void {
  fc.assert(
    fc.property(texts, (text) => {
      const { findings, failures, problems } = lint(input(text));
      expect(failures).toEqual([]);
      if (problems.length > 0) return;
      for (const { fixes } of findings)
        for (const { edits } of fixes) expect(read(applyEdits(text, edits)).problems()).toEqual([]);
    }),
    { numRuns: 300 },
  );
}
