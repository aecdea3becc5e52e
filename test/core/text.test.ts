import fc from "fast-check";
import { expect, test } from "vitest";
import { conflict, type Edit, withoutConflicts } from "../../server/src/core/base/text";

const edit = fc
  .record({ start: fc.nat(30), length: fc.nat(4) })
  .map(({ start, length }): Edit => ({ span: { start, end: start + length }, text: "" }));
const conflictIn = (edits: readonly Edit[]) =>
  edits.some((one, index) => edits.slice(index + 1).some((other) => conflict(one, other)));
const fix = fc.array(edit, { maxLength: 3 }).filter((edits) => !conflictIn(edits));

test("of fixes whose edits conflict the first is kept, as if each edit were compared with each", () => {
  fc.assert(
    fc.property(fc.array(fix, { maxLength: 20 }), (fixes) => {
      const kept: Edit[][] = [];
      for (const edits of fixes) if (!conflictIn([...kept.flat(), ...edits])) kept.push(edits);
      expect(withoutConflicts(fixes, (edits) => edits)).toEqual(kept);
    }),
    { numRuns: 500 },
  );
});
