import { chmod, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { extract } from "tar-stream";
import { describe, expect, onTestFinished, test } from "vitest";
import { packContext } from "../../../../client/src/engine/build/context";
import { rejection } from "../rejection";

/** A directory with these files; a text that starts with `→ ` is a link. */
async function folder(files: Readonly<Record<string, string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "systemd-containers-test-"));
  onTestFinished(() => rm(root, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true });
    if (text.startsWith("→ ")) await symlink(text.slice(2), join(root, name));
    else await writeFile(join(root, name), text);
  }
  return root;
}

interface Unpacked {
  readonly dockerfile: string;
  readonly files: Record<string, string>;
  readonly modes: Record<string, number | undefined>;
}

async function unpack(root: string, dockerfile: string): Promise<Unpacked> {
  const context = await packContext(root, dockerfile);
  const files: Record<string, string> = {};
  const modes: Record<string, number | undefined> = {};
  const reader = extract();
  context.tar.on("error", (error) => reader.destroy(error));
  context.tar.pipe(reader);
  for await (const entry of reader) {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry) chunks.push(chunk as Uint8Array);
    const { name, type, linkname, mode } = entry.header;
    const text = Buffer.concat(chunks).toString();
    files[name] = type === "symlink" ? `→ ${linkname}` : type === "directory" ? "(folder)" : text;
    modes[name] = mode;
  }
  return { dockerfile: context.dockerfile, files, modes };
}

describe("a build context", () => {
  test("files, folders and links, in the order of their names, the same every time", async () => {
    const files = { Dockerfile: "FROM x\n", "b/c": "c", "a ü$(x)'": "", link: "→ ../nowhere", "b/to": "→ c" };
    const root = await folder(files);
    const found = await unpack(root, join(root, "Dockerfile"));
    expect(found.files).toEqual({ ...files, b: "(folder)" });
    expect(Object.keys(found.files)).toEqual(["Dockerfile", "a ü$(x)'", "b", "b/c", "b/to", "link"]);
    expect(found.dockerfile).toBe("Dockerfile");
  });

  test("long names, empty folders, executable bits, big files", async () => {
    const long = `${"d".repeat(120)}/${"f".repeat(200)}`;
    const root = await folder({ Dockerfile: "FROM x\n", [long]: "x", big: "y".repeat(3_000_000), run: "#!" });
    await mkdir(join(root, "empty"));
    await chmod(join(root, "run"), 0o755);
    const { files, modes } = await unpack(root, join(root, "Dockerfile"));
    expect(files[long]).toBe("x");
    expect(files.empty).toBe("(folder)");
    expect(files.big).toHaveLength(3_000_000);
    expect(modes.run).toBe(0o755);
  });

  test("what the ignore file names stays behind, but for the Dockerfile and the ignore file", async () => {
    const root = await folder({
      ".dockerignore": "**\n!keep\n!deep/in/side\n",
      "build/Dockerfile": "FROM x\n",
      "build/other": "",
      keep: "k",
      "deep/in/side": "s",
      "deep/not": "",
      secret: "",
    });
    const { files } = await unpack(root, join(root, "build/Dockerfile"));
    expect(files).toEqual({
      ".dockerignore": "**\n!keep\n!deep/in/side\n",
      "build/Dockerfile": "FROM x\n",
      keep: "k",
      "deep/in/side": "s",
    });
  });

  test("a Dockerfile's own ignore file comes before the folder's", async () => {
    const root = await folder({
      ".dockerignore": "a\n",
      "web.Dockerfile": "FROM x\n",
      "web.Dockerfile.dockerignore": "b\n",
      a: "",
      b: "",
    });
    const { files } = await unpack(root, join(root, "web.Dockerfile"));
    expect(Object.keys(files)).toEqual([
      ".dockerignore",
      "a",
      "web.Dockerfile",
      "web.Dockerfile.dockerignore",
    ]);
  });

  test("a Dockerfile elsewhere, or one that is a link, travels under a name of its own", async () => {
    const elsewhere = await folder({ Dockerfile: "FROM elsewhere\n" });
    const root = await folder({ a: "", "linked.Dockerfile": `→ ${elsewhere}/Dockerfile` });
    for (const path of [join(elsewhere, "Dockerfile"), join(root, "linked.Dockerfile")]) {
      const { dockerfile, files } = await unpack(root, path);
      expect(dockerfile).toMatch(/^\.dockerfile\.[\w-]+$/);
      expect(files[dockerfile]).toBe("FROM elsewhere\n");
      expect(files.a).toBe("");
    }
  });

  test("a folder named ..x is inside", async () => {
    const root = await folder({ "..x/Dockerfile": "FROM x\n" });
    expect((await unpack(root, join(root, "..x/Dockerfile"))).dockerfile).toBe("..x/Dockerfile");
  });
});

describe("contexts that cannot be packed", () => {
  test("no Dockerfile, no folder, a file for a folder", async () => {
    const root = await folder({ Dockerfile: "FROM x\n" });
    expect(await rejection(packContext(root, join(root, "nope")))).toMatchObject({
      code: "file-missing",
      path: join(root, "nope"),
    });
    const nowhere = join(root, "nowhere");
    expect(await rejection(packContext(nowhere, join(root, "Dockerfile")))).toMatchObject({
      code: "folder-missing",
      path: nowhere,
    });
    await expect(packContext(root, root)).rejects.toMatchObject({ code: "file-unreadable", path: root });
  });

  test("an ignore file with a pattern that is none", async () => {
    const root = await folder({ Dockerfile: "FROM x\n", ".dockerignore": "a\n[\n" });
    expect(await rejection(packContext(root, join(root, "Dockerfile")))).toMatchObject({
      code: "ignore-pattern",
      path: join(root, ".dockerignore"),
      pattern: "[",
    });
  });

  test("a folder that goes away in the middle ends the stream with an error", async () => {
    // Until something reads, packing does not get past a file of this size.
    const root = await folder({ Dockerfile: "FROM x\n", a: "y".repeat(5_000_000), "z/b": "x" });
    const { tar } = await packContext(root, join(root, "Dockerfile"));
    await rm(join(root, "z"), { recursive: true });
    await expect(collect(tar)).rejects.toMatchObject({ code: "not-packed" });
  });

  test.skipIf(process.platform !== "linux")("a stream that nobody reads on leaves no file open", async () => {
    const root = await folder({ Dockerfile: "FROM x\n", a: "y".repeat(5_000_000), b: "y".repeat(5_000_000) });
    const open = async () => (await readdir("/proc/self/fd")).length;
    const before = await open();
    const { tar } = await packContext(root, join(root, "Dockerfile"));
    await new Promise((resolve) => tar.once("data", resolve));
    tar.destroy();
    await expect.poll(open).toBeLessThanOrEqual(before);
  });
});

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of source) all.push(each);
  return all;
}
