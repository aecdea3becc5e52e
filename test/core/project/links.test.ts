// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a variable of compose
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Snapshot } from "../../../server/src/core/base/snapshot";
import { buildLinks, linkWorkspace } from "../../../server/src/core/project/links";
import { isRunFile } from "../../../server/src/core/surfaces/files";

type Texts = Readonly<Record<string, string>>;

const files = ["a/compose.yaml", "a/compose.override.yaml", "b/compose.yaml", "c/shared.yaml", "b/.env"];
const uriOf = (path: string) => `file:///project/${path}`;

const workspace = (texts: Texts): Snapshot => ({
  read: (uri) => texts[uri],
  runFiles: Object.keys(texts).filter(isRunFile),
});

const text = fc
  .array(
    fc.constantFrom(
      "services:\n  a:\n    build: .\n",
      "services:\n  a:\n    image: redis\n",
      "services:\n  a:\n    build: ../c\n  b:\n    image: redis\n",
      "services:\n  a:\n    build: ${DIR:-.}\n",
      "services:\n  a:\n    extends:\n      file: ../c/shared.yaml\n      service: a\n",
      "include:\n  - ../c/shared.yaml\n",
      "DIR=../c\n",
      "# note\n",
      "services: [\n",
    ),
    { maxLength: 2 },
  )
  .map((parts) => parts.join(""));

describe("links after a change", () => {
  const before = { [uriOf("a/compose.yaml")]: "services:\n  a:\n    build: .\n" };
  const added = (path: string, text: string) => ({ ...before, [uriOf(path)]: text });

  test.each([
    ["a comment", "a/compose.yaml", "# note\nservices:\n  a:\n    build: .\n", true],
    ["another option", "a/compose.yaml", "services:\n  a:\n    build: .\n    init: true\n", true],
    ["another file", "a/notes.txt", "build: .", true],
    ["another context", "a/compose.yaml", "services:\n  a:\n    build: web\n", false],
    ["a file that is merged", "a/compose.override.yaml", "services:\n  a:\n    build: web\n", false],
  ])("%s", (_, path, text, holds) => {
    const { holdAfter } = linkWorkspace(workspace(before));
    expect(holdAfter([uriOf(path)], workspace(added(path, text)))).toBe(holds);
  });

  test("hold only if reading all files again gives the same links", () => {
    const texts = fc.dictionary(fc.constantFrom(...files), text).map((all) => {
      return Object.fromEntries(Object.entries(all).map(([path, text]) => [uriOf(path), text]));
    });
    let held = 0;
    const property = fc.property(texts, fc.constantFrom(...files), text, (texts, path, text) => {
      const after = workspace({ ...texts, [uriOf(path)]: text });
      if (!linkWorkspace(workspace(texts)).holdAfter([uriOf(path)], after)) return;
      held++;
      expect(buildLinks(after)).toEqual(buildLinks(workspace(texts)));
    });
    fc.assert(property, { numRuns: 500 });
    expect(held).toBeGreaterThan(20);
  });
});
