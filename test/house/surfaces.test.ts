import { expect, test } from "vitest";
import { kindOfName as clientKind } from "../../client/src/names";
import { surfaces as clientSurfaces } from "../../client/src/surfaces";
import { kindOfName } from "../../server/src/core/surfaces/files";
import { surfaces } from "../../server/src/core/surfaces/table";

test("the client's table is the server's", () => {
  const rows = surfaces.map(({ kind, languageIds, names, except }) => ({ kind, languageIds, names, except }));
  expect(clientSurfaces).toEqual(rows);
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
])("client and server agree on %s", (name) => {
  for (const path of [name, `/a/${name}`, `C:\\a\\${name}`, `file:///a/${name}`])
    expect(clientKind(path)).toBe(kindOfName(path));
});
