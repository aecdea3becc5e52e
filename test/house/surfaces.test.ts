import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { kindOfName as clientKind } from "../../client/src/names";
import { surfaces as clientSurfaces } from "../../client/src/surfaces";
import { activationEvents, clientTable } from "../../server/src/core/docs/surfaces";
import { kindOfName } from "../../server/src/core/surfaces/files";
import { surfaces } from "../../server/src/core/surfaces/table";

const root = join(__dirname, "../..");

test("the client's table is the server's", async () => {
  const rows = surfaces.map(({ kind, languageIds, names, except }) => ({ kind, languageIds, names, except }));
  await expect(clientTable(surfaces)).toMatchFileSnapshot(join(root, "client/src/surfaces.ts"));
  expect(clientSurfaces).toEqual(rows);
});

test("a document of each surface, and a directory that holds one at any depth, start the extension", async () => {
  const path = join(root, "package.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  manifest.activationEvents = activationEvents(surfaces);
  await expect(`${JSON.stringify(manifest, null, 2)}\n`).toMatchFileSnapshot(path);
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
