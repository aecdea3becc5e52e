import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { kindOfName as clientKind, documentFilters } from "../../client/src/names";
import { surfaces as clientSurfaces } from "../../client/src/surfaces";
import { kindOfName } from "../../server/src/core/surfaces/files";
import type { Surface } from "../../server/src/core/surfaces/surface";
import { surfaces } from "../../server/src/core/surfaces/table";

const root = join(__dirname, "../..");

test("the client's table is the server's", () => {
  const rows = surfaces.map(({ kind, languageIds, namedIn, names, except, byContent }: Surface) => ({
    ...{ kind, names },
    ...(languageIds.length > 0 && { languageIds }),
    ...(except.length > 0 && { except }),
    ...(namedIn && { namedIn }),
    ...(byContent && { byContent }),
  }));
  expect(clientSurfaces).toEqual(rows);
});

test("of languages that others register, only documents that have a name of the kind are synchronized", () => {
  const shared = (surfaces as readonly Surface[]).filter(({ namedIn }) => namedIn);
  expect(shared.length).toBeGreaterThan(0);
  for (const { kind, languageIds, namedIn, activates } of shared) {
    expect({ kind, languageIds, activates }).toEqual({ kind, languageIds: [], activates: false });
    const filters = documentFilters("file").filter(({ language }) => namedIn?.includes(language ?? ""));
    expect(filters.length).toBeGreaterThan(0);
    expect(filters.filter(({ pattern }) => pattern === undefined)).toEqual([]);
  }
});

describe("the menus of compose files", () => {
  const { contributes } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const items: { command: string; when: string }[] = [
    ...contributes.menus["editor/title"],
    ...contributes.menus["explorer/context"],
  ];
  const offered = items.flatMap(({ command, when }) => {
    const [, pattern, flags] = /resourceFilename =~ \/(.*?)\/([a-z]*)(?=[ )]|$)/.exec(when) ?? [];
    return pattern === undefined ? [] : [{ command, name: new RegExp(pattern, flags) }];
  });
  const compose = surfaces.find(({ kind }) => kind === "compose");
  const names = (compose?.names ?? []).flatMap((name) => [
    name.replaceAll("*", "dev."),
    name.replaceAll("*", "").toUpperCase(),
    `${name.replaceAll("*", "x")}.bak`,
  ]);

  test("are those of the commands for compose files", () => {
    const commands = [
      "bootOnSave",
      "bootComposeService",
      "bootComposeProject",
      "findLeastPrivilege",
      "verifyUnits",
      "copyRunCommand",
    ];
    expect([...new Set(offered.map(({ command }) => command.replace("systemdContainers.", "")))]).toEqual(
      commands,
    );
  });

  test.each([...names, "composer.yaml", "my-compose.yaml", "Dockerfile", "compose"])(
    "are offered for %s if it is one",
    (name) => {
      const isCompose = kindOfName(`file:///a/${name}`) === "compose";
      expect(offered.filter((item) => item.name.test(name))).toEqual(isCompose ? offered : []);
    },
  );
});

test.each([
  ...[
    "Dockerfile",
    "Dockerfile.web",
    "Dockerfile.",
    ".dockerfile",
    "a.dockerfile",
    "A.Dockerfile",
    "MyDockerfile",
  ],
  ...[
    "Dockerfile.j2",
    "Dockerfile.bak",
    "Dockerfile.md",
    "Dockerfile~",
    "Dockerfile.dockerignore",
    "dockerfile.sh",
  ],
  ...[
    "compose.yaml",
    "dev.docker-compose.yml",
    "compose_ci.yml",
    "composer.yaml",
    "my-compose.yaml",
    "COMPOSE.YML",
  ],
  ...[".github/workflows/a.yml", "workflows/a.yml", ".github/workflows/b/a.yml", "a.gitlab-ci.yml"],
])("client and server agree on %s", (name) => {
  for (const path of [name, `/a/${name}`, `C:\\a\\${name.replaceAll("/", "\\")}`, `file:///a/${name}`])
    expect(clientKind(path)).toBe(kindOfName(path));
});
