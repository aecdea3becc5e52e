import { expect, test } from "vitest";
import { readTarget } from "../../server/src/core/lint/settings";

test.each([
  [1, 1, undefined],
  [2, 2, undefined],
  ["hybrid", 1, false],
  ["2", undefined, undefined],
  [3, undefined, undefined],
])("the cgroups of a stated host: %j", (written, cgroupVersion, namedHierarchy) => {
  expect(readTarget({ engine: "docker", cgroupVersion: written })).toMatchObject({ engine: "docker" });
  const target = readTarget({ engine: "docker", cgroupVersion: written });
  expect([target?.cgroupVersion, target?.namedHierarchy]).toEqual([cgroupVersion, namedHierarchy]);
});
