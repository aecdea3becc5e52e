import { execFileSync } from "node:child_process";
import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { URI } from "vscode-uri";
import { nodeFileSystem } from "../../server/src/node-file-system";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "a world ü "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const uriOf = (...names: string[]) => URI.file(join(folder, ...names)).toString();

test("reads without the byte order mark, and what cannot be read is not there", async () => {
  writeFileSync(join(folder, "Dockerfile"), "\uFEFFFROM alpine\r\n");
  expect(await nodeFileSystem.readFile(uriOf("Dockerfile"), undefined)).toBe("FROM alpine\r\n");
  for (const uri of [uriOf("missing"), uriOf(), "untitled:Untitled-1", "file://x/y"])
    expect(await nodeFileSystem.readFile(uri, undefined)).toBeUndefined();
});

const find = (uri: string, large = async () => {}) => nodeFileSystem.findFiles(uri, large);

test("a search of many files waits once before it goes on, one of few does not", async () => {
  const waits: string[] = [];
  const large = async () => void waits.push("waited");
  for (const name of ["a", "b", "c"]) {
    mkdirSync(join(folder, name, "below"), { recursive: true });
    writeFileSync(join(folder, name, "below", "Dockerfile"), "");
  }
  const all = ["a", "b", "c"].map((name) => uriOf(name, "below", "Dockerfile"));
  expect(await find(URI.file(folder).toString(), large)).toEqual(all);
  expect(waits).toEqual([]);
  for (let file = 0; file < 2_100; file++) writeFileSync(join(folder, "a", `${file}.ts`), "");
  expect(await find(URI.file(folder).toString(), large)).toEqual(all);
  expect(waits).toEqual(["waited"]);
});

test("finds our files by name, in no loop of links and in nobody's packages", async () => {
  for (const name of ["web", "node_modules", "vendor"]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "Dockerfile"), "");
    writeFileSync(join(folder, name, "notes.txt"), "");
  }
  symlinkSync("..", join(folder, "web", "loop"));
  expect(await find(URI.file(folder).toString())).toEqual([uriOf("web", "Dockerfile")]);
  for (const uri of [uriOf("missing"), "untitled:x"]) expect(await find(uri)).toEqual([]);
});

test("finds all YAML files, and first those that are ours by their directory", async () => {
  for (const path of [[".github", "workflows"], ["workflows"]]) {
    mkdirSync(join(folder, ...path), { recursive: true });
    writeFileSync(join(folder, ...path, "test.yml"), "");
  }
  expect(await find(URI.file(folder).toString())).toEqual([
    uriOf(".github", "workflows", "test.yml"),
    uriOf("workflows", "test.yml"),
  ]);
});

test("directories that git ignores are left out, files that it ignores are not", async () => {
  const write = (path: string, text = "") => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write(".gitignore", "build/\n/out\ncompose.override.yaml\n");
  write("sub/.gitignore", "!build/\nlocal\n");
  const found = ["compose.override.yaml", "sub/build/Dockerfile", "sub/out/Dockerfile"];
  for (const path of [...found, "build/Dockerfile", "out/x/Dockerfile", "sub/local/Dockerfile"]) write(path);
  expect(await find(URI.file(folder).toString())).toEqual(found.map((path) => uriOf(...path.split("/"))));
});

test("a file over 1 MB is not read, however large it is", async () => {
  const read = (name: string) => nodeFileSystem.readFile(uriOf(name), undefined);
  writeFileSync(join(folder, "full"), "ü".repeat(500_000));
  writeFileSync(join(folder, "over"), "ü".repeat(500_000) + "x");
  writeFileSync(join(folder, "sparse"), "");
  truncateSync(join(folder, "sparse"), 50_000_000_000);
  expect(await read("full")).toHaveLength(500_000);
  expect(await read("over")).toEqual({ tooLarge: true });
  expect(await read("sparse")).toEqual({ tooLarge: true });
});

test.skipIf(process.platform !== "linux")("of many files a few are open at the same time", async () => {
  const names = Array.from({ length: 600 }, (_, index) => `file${index}`);
  for (const name of names) writeFileSync(join(folder, name), name);
  const open = () => readdirSync("/proc/self/fd").length;
  const before = open();
  let done = false;
  let most = 0;
  const reading = Promise.all(names.map((name) => nodeFileSystem.readFile(uriOf(name), undefined))).then(
    (texts) => {
      done = true;
      return texts;
    },
  );
  while (!done) {
    most = Math.max(most, open() - before);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(await reading).toEqual(names);
  expect(most).toBeLessThan(100);
});

describe.skipIf(process.platform === "win32")("what is no regular file", () => {
  test("is not there, and nobody waits for it", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `pipe${index}`);
    for (const name of names) execFileSync("mkfifo", [join(folder, name)]);
    symlinkSync("/dev/zero", join(folder, "zero"));
    writeFileSync(join(folder, "file"), "text");
    const read = (name: string) => nodeFileSystem.readFile(uriOf(name), undefined);
    // The file comes last: were one pipe opened to be read, it would wait for the threads that wait.
    const all = await Promise.all([...names, "zero", "file"].map(read));
    expect(all).toEqual([...names.map(() => undefined), undefined, "text"]);
  });

  test("is not waited for where it takes the place of a file", async () => {
    const path = join(folder, "pipe");
    const swap = async (turn: number) => {
      rmSync(path, { force: true });
      if (turn % 2) writeFileSync(path, "text");
      else execFileSync("mkfifo", [path]);
    };
    const seen = new Set<unknown>();
    for (let turn = 0; turn < 40; turn++) {
      const reading = nodeFileSystem.readFile(uriOf("pipe"), undefined);
      await swap(turn);
      seen.add(await reading);
    }
    expect([...seen].every((text) => text === undefined || text === "text" || text === "")).toBe(true);
  });
});

describe.skipIf(process.platform === "win32")("within folders", () => {
  test("what lies elsewhere is not read, by whichever way it is named", async () => {
    mkdirSync(join(folder, "project", "sub"), { recursive: true });
    mkdirSync(join(folder, "project-other"));
    for (const name of ["secret", "project-other/secret", "project/own"])
      writeFileSync(join(folder, name), "text");
    symlinkSync("../secret", join(folder, "project", "link"));
    symlinkSync("..", join(folder, "project", "up"));
    symlinkSync("own", join(folder, "project", "alias"));
    symlinkSync("project", join(folder, "opened"));
    linkSync(join(folder, "project", "own"), join(folder, "project", "sub", "hard"));
    const read = (name: string, within: string) =>
      nodeFileSystem.readFile(`${URI.file(folder).toString()}/${name}`, [uriOf(within)]);
    for (const name of [
      "secret",
      "project-other/secret",
      "project/link",
      "project/up/secret",
      "project/up/project-other/secret",
      "project/sub/../../secret",
      "project",
      "project/missing",
    ])
      expect(await read(name, "project"), name).toBeUndefined();
    for (const name of [
      "project/own",
      "project/alias",
      "project/sub/hard",
      "opened/own",
      "project/up/project/own",
    ])
      expect(await read(name, "project"), name).toBe("text");
    expect(await read("opened/own", "opened")).toBe("text");
    expect(await nodeFileSystem.readFile(uriOf("project", "own"), [])).toBeUndefined();
  });
});
