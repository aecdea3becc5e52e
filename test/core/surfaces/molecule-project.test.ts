import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { readFile } from "../../../server/src/core/surfaces/files";
import { lintProject } from "../lint-project";

type Files = Readonly<Record<string, string>>;

const scenario = "roles/web/molecule/default/molecule.yml";
const base = ".config/molecule/config.yml";

const platforms = (keys = "") =>
  `platforms:\n  - name: one\n    image: geerlingguy/docker-debian12-ansible\n    command: /sbin/init\n${keys}`;

function containersOf(files: Files, path = scenario) {
  const read = (uri: string) => files[uri.replace("file:///p/", "")];
  return readFile({ uri: `file:///p/${path}`, text: files[path] ?? "" }, read)?.containers ?? [];
}

const enginesOf = (files: Files, path?: string) => containersOf(files, path).map(({ runsOn }) => runsOn);

describe("the base configuration of Molecule", () => {
  test.each([
    ["the root of the repository", scenario, base],
    ["the project", scenario, `roles/web/${base}`],
    ["a collection", "extensions/molecule/a/molecule.yml", "extensions/molecule/config.yml"],
    [
      "a collection, for a nested scenario",
      "extensions/molecule/a/b/molecule.yml",
      "extensions/molecule/config.yml",
    ],
  ])("is found in %s", (_, path, config) => {
    expect(enginesOf({ [path]: platforms(), [config]: "driver: { name: podman }\n" }, path)).toEqual([
      "podman",
    ]);
  });

  test("names the driver of a scenario that sets only its options", () => {
    const text = `driver: { options: { managed: true } }\n${platforms()}`;
    expect(enginesOf({ [scenario]: text, [base]: "driver: { name: docker }\n" })).toEqual(["docker"]);
  });

  test("does not replace the driver of a scenario", () => {
    const text = `driver: { name: docker }\n${platforms()}`;
    expect(enginesOf({ [scenario]: text, [base]: "driver: { name: podman }\n" })).toEqual(["docker"]);
  });

  test("does not add platforms to those of a scenario", () => {
    const config = `driver: { name: docker }\n${platforms().replace("one", "base")}`;
    expect(containersOf({ [scenario]: platforms(), [base]: config }).map(({ name }) => name)).toEqual([
      "one",
    ]);
  });

  test("may be invalid", () => {
    expect(containersOf({ [scenario]: platforms(), [base]: "driver: [\n" })).toEqual([]);
  });

  test("leaves the fixes of a scenario in its own file", () => {
    const text = platforms("    volumes: ['/sys/fs/cgroup:/sys/fs/cgroup:ro']\n");
    const found = lintProject({ [scenario]: text, [base]: "driver: { name: docker }\n" });
    const fixes = found.filter(({ rule }) => rule === "run-cgroup-read-only").flatMap((each) => each.fixes);
    expect(fixes.length).toBeGreaterThan(0);
    expect(fixes.every(({ edits }) => applyEdits(text, edits) !== text)).toBe(true);
  });
});

describe("the variables of a project", () => {
  const imageOf = (files: Files) => containersOf(files).map(({ spec }) => spec.image);
  const variable = `\${IMAGE:-debian}`;
  const image = "geerlingguy/docker-rockylinux9-ansible";
  const text = `driver: { name: docker }\n${platforms().replace(/image: .*/, () => `image: ${variable}`)}`;

  test("come from .env.yml in the directory above molecule/", () => {
    expect(imageOf({ [scenario]: text })).toEqual(["debian"]);
    expect(imageOf({ [scenario]: text, "roles/web/.env.yml": `IMAGE: ${image}\n` })).toEqual([image]);
  });

  test("are unknown if they are not strings", () => {
    expect(imageOf({ [scenario]: text, "roles/web/.env.yml": "IMAGE: [a]\n" })).toEqual([variable]);
  });
});
