import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { URI } from "vscode-uri";
import { recording, type Snapshot } from "../../../server/src/core/base/snapshot";
import { canonicalUri, resolveUri } from "../../../server/src/core/base/uri";
import { dockerfileOf, runsOf } from "../../../server/src/core/project/links";
import { isRunFile, kindOf, kindOfName } from "../../../server/src/core/surfaces/files";
import { growth } from "../../growth";
import { noFiles } from "../no-files";

describe("names of files", () => {
  it.each([
    "Dockerfile",
    "dockerfile",
    "Containerfile",
    "/a/b/Dockerfile",
    "C:\\a\\Dockerfile",
    "file:///a/Dockerfile.web",
    "Dockerfile.fedora-41",
    "Containerfile.dev",
    "base.dockerfile",
    "Base.Dockerfile",
    "x.Containerfile",
  ])("%s is a Dockerfile", (path) => {
    expect(kindOfName(path)).toBe("dockerfile");
    expect(isRunFile(path)).toBe(false);
  });

  it.each([
    "Dockerfile.j2",
    "Dockerfile.md",
    "Dockerfile.dockerignore",
    ".dockerignore",
    "Dockerfile.tmpl",
    "Dockerfile.bak",
    "Dockerfile~",
    "MyDockerfile",
    "Dockerfiles",
    "Dockerfile/readme",
    "dockerfile.yml",
    "docker-compose.yml",
    ".dockerfile",
  ])("%s is none", (path) => {
    expect(kindOfName(path)).not.toBe("dockerfile");
  });

  it.each([
    "compose.yaml",
    "compose.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
    "docker-compose.override.yml",
    "compose.dev.yaml",
    "docker-compose-test.yml",
    "docker-compose_ci.yml",
    "podman-compose.yml",
    "container-compose.yml",
    "example.docker-compose.yml",
    "file:///a/compose.yaml",
    "C:\\a\\compose.yaml",
  ])("%s starts containers", (path) => {
    expect(isRunFile(path)).toBe(true);
    expect(kindOfName(path)).not.toBe("dockerfile");
  });

  it.each([
    "composer.json",
    "compose.txt",
    "my-compose.yaml",
    "decompose.yaml",
    "compose.yaml.j2",
    "compose/x.yaml",
  ])("%s does not", (path) => {
    expect(isRunFile(path)).toBe(false);
  });
});

describe("the kind of a file", () => {
  it.each([
    ["compose.yaml", "", "compose"],
    ["Dockerfile", "", "dockerfile"],
    [
      "x",
      "# syntax=docker/dockerfile:1\n\nARG A=1\nFROM --platform=linux/amd64 x AS y\nRUN z\n",
      "dockerfile",
    ],
    ["x", "# c\r\nfrom debian:12\r\n", "dockerfile"],
    ["x.txt", "FROM the very beginning\n", "unknown"],
    ["stack.yml", "version: '3'\nservices:\n  # c\n  web:\n    image: x\n", "compose"],
    ["ci.yml", "services:\n  - docker:dind\nimage: x\n", "unknown"],
    ["x.yml", "services:\n  web: 1\n", "unknown"],
    ["x", "", "unknown"],
  ])("%s with %j is %s", (path, text, kind) => {
    expect(kindOf(path, text)).toBe(kind);
  });

  it("is found in time that grows with the text", () => {
    for (const [before, line] of [
      ["", " \n"],
      ["", "ARG \n"],
      ["services:\n", " \n"],
      ["", "#\n"],
    ] as const) {
      const make = (lines: number) => before + line.repeat(lines);
      const read = (text: string) => expect(kindOf("x", text)).toBe("unknown");
      expect(growth(make, read, 5_000, 50_000, 1.5), `${before}${line}`).toBeLessThan(1.5);
    }
  });
});

describe("a path in a file", () => {
  it.each([
    ["file:///a/b/compose.yaml", "Dockerfile", "file:///a/b/Dockerfile"],
    ["file:///a/b/compose.yaml", "./x/../y//z", "file:///a/b/y/z"],
    ["file:///a/b/compose.yaml", "../../../../x", "file:///x"],
    ["file:///a/b/compose.yaml", ".", "file:///a/b"],
    ["file:///a/b/", "x", "file:///a/b/x"],
    ["file:///a/compose.yaml", "/etc/x", "file:///etc/x"],
    ["file:///a%20b/compose.yaml", "c d#?%25", "file:///a%20b/c%20d%23%3F%2525"],
    ["file:///c%3A/p/compose.yaml", "..\\q\\Dockerfile", "file:///c%3A/q/Dockerfile"],
    ["file:///c:/p/compose.yaml", "sub", "file:///c%3A/p/sub"],
    ["file:///c%3A/p/compose.yaml", "D:\\x", "file:///d%3A/x"],
    ["file://server/share/compose.yaml", "a\\b", "file://server/share/a/b"],
    ["file:///a/compose.yaml", "odd\\name", "file:///a/odd%5Cname"],
    ["vscode-vfs://github/o/r/compose.yaml", "x", "vscode-vfs://github/o/r/x"],
    ["untitled:Untitled-1", "x", "untitled:/x"],
    ["file:///a/compose.yaml", "~/x", undefined],
    ["file:///a/compose.yaml", "https://example.org/x.git", undefined],
    ["file:///a/compose.yaml", "git@example.org:x.git", undefined],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of compose
    ["file:///a/compose.yaml", "${DIR}/x", undefined],
    ["file:///a/compose.yaml", "", undefined],
  ])("beside %s, %s is %s", (base, path, uri) => {
    expect(resolveUri(base, path)).toBe(uri);
  });

  it("has one spelling as a URI", () => {
    expect(canonicalUri("file:///C:/a b/x+y")).toBe("file:///c%3A/a%20b/x%2By");
    expect(canonicalUri(canonicalUri("file:///C:/a b/x+y"))).toBe("file:///c%3A/a%20b/x%2By");
  });

  it("is spelled as VS Code spells it, and read back as the same path", () => {
    const segment = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((text) => !/[/\\\0]|^\.{1,2}$/.test(text));
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), segment, (folders, name) => {
        const folder = `/${folders.join("/")}`;
        const uri = URI.from({ scheme: "file", path: `${folder}/${name}` }).toString();
        expect(canonicalUri(uri)).toBe(uri);
        const base = URI.from({ scheme: "file", path: `${folder}/` }).toString();
        const resolved = resolveUri(base, name);
        if (resolved !== undefined) expect(resolved).toBe(uri);
      }),
    );
  });
});

const files: Record<string, string> = {
  "file:///p/compose.yaml":
    "include: [sub/stack.yaml]\nservices:\n  web:\n    build: app\n  db:\n    image: db\n",
  "file:///p/compose.override.yaml": "services:\n  web:\n    tty: true\n",
  "file:///p/sub/stack.yaml":
    "include: [../compose.yaml]\nservices:\n  init:\n    build: {context: .., dockerfile: app/Dockerfile}\n",
  "file:///p/app/Dockerfile": "FROM fedora\n",
};
const snapshot: Snapshot = {
  read: (uri) => files[uri],
  runFiles: ["file:///p/compose.yaml", "file:///p/compose.override.yaml", "file:///p/gone/compose.yaml"],
};

describe("links", () => {
  it("lead from a Dockerfile to the runs that build it, once each", () => {
    const found = runsOf("file:///p/app/Dockerfile", snapshot);
    expect(found.map(({ uri, source }) => [uri, source.name, source.spec.tty])).toEqual([
      ["file:///p/compose.yaml", "web", true],
      ["file:///p/sub/stack.yaml", "init", undefined],
    ]);
    expect(runsOf("file:///p/Dockerfile", snapshot)).toEqual([]);
  });

  it("lead back from a run to its Dockerfile", () => {
    const [web] = runsOf("file:///p/app/Dockerfile", snapshot);
    expect(web && dockerfileOf(web.source, snapshot)).toEqual({
      uri: "file:///p/app/Dockerfile",
      text: "FROM fedora\n",
    });
    expect(web && dockerfileOf(web.source, noFiles)).toBeUndefined();
  });

  it("are recorded: what was asked for, and what was missed", () => {
    const record = recording(snapshot);
    runsOf("file:///p/app/Dockerfile", record.snapshot);
    expect(record.asked).toContain("file:///p/sub/stack.yaml");
    expect(record.missed).toContain("file:///p/gone/compose.yaml");
    expect(record.missed).not.toContain("file:///p/compose.yaml");
  });
});
