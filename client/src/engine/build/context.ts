import { randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { lstat, open, readdir, readFile, readlink } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Header, type Pack, pack } from "tar-stream";
import { fault } from "../errors";
import { type Ignore, readIgnore } from "./ignore";

/** A build context on its way to the engine. */
export interface Context {
  readonly tar: Readable;
  /** The Dockerfile's name inside the tar. */
  readonly dockerfile: string;
  /** What the Dockerfile specifies, to find the line that a build failed at. */
  readonly text: string;
}

interface Entry {
  /** Path in the tar, with slashes. */
  readonly name: string;
  readonly path: string;
  readonly stats: Stats;
}

const windows = process.platform === "win32";

/**
 * Packs a directory for a build while it is read: files that the ignore file names stay behind, but for the
 * Dockerfile and the ignore file itself. A Dockerfile outside the directory, or one that is a link, travels
 * under a separate name.
 */
export async function packContext(folder: string, dockerfile: string): Promise<Context> {
  const text = await readText(dockerfile);
  if (text === undefined) throw fault({ code: "file-missing", path: dockerfile });
  const stats = await lstat(folder).catch(() => undefined);
  if (!stats?.isDirectory()) throw fault({ code: "folder-missing", path: folder });

  const inside = await nameInside(folder, dockerfile);
  const name = inside ?? `.dockerfile.${randomUUID()}`;
  const ignore = await findIgnore(folder, dockerfile);
  const kept = new Set([name, ".dockerignore"]);
  const tar = pack();
  void fill(tar, entries(folder, "", ignore, kept), inside === undefined ? { name, text } : undefined);
  return { tar: Readable.from(tar, { objectMode: false }), dockerfile: name, text };
}

/** The Dockerfile's path within the directory, undefined when it is elsewhere or a link. */
async function nameInside(folder: string, dockerfile: string): Promise<string | undefined> {
  const path = relative(folder, dockerfile);
  if (isAbsolute(path) || path.split(sep)[0] === "..") return undefined;
  return (await lstat(dockerfile)).isFile() ? slashed(path) : undefined;
}

/** The Dockerfile's own ignore file comes before the directory's. */
async function findIgnore(folder: string, dockerfile: string): Promise<Ignore> {
  const own = join(dirname(dockerfile), `${basename(dockerfile)}.dockerignore`);
  const path = (await readText(own)) === undefined ? join(folder, ".dockerignore") : own;
  const text = (await readText(path)) ?? "";
  try {
    return readIgnore(text, windows);
  } catch (error) {
    throw fault({ code: "ignore-pattern", path, pattern: (error as Error).message });
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw fault({ code: "file-unreadable", path, said: message });
  }
}

/** What is sent, directories before their content, in the order of names, so that equal directories make equal tars. */
async function* entries(
  root: string,
  folder: string,
  ignore: Ignore,
  kept: ReadonlySet<string>,
): AsyncGenerator<Entry> {
  for (const file of (await readdir(join(root, folder))).sort()) {
    const name = folder === "" ? file : `${folder}/${file}`;
    const path = join(root, name);
    const stats = await lstat(path);
    const ignored = ignore.ignores(name);
    if (!ignored || kept.has(name)) yield { name, path, stats };
    if (!stats.isDirectory()) continue;
    const below = [...kept].some((wanted) => wanted.startsWith(`${name}/`));
    if (!ignored || below || !ignore.prunes(name)) yield* entries(root, name, ignore, kept);
  }
}

/** Fills the tar as fast as it is read; an error ends it with that error. */
async function fill(
  tar: Pack,
  found: AsyncIterable<Entry>,
  more: { readonly name: string; readonly text: string } | undefined,
): Promise<void> {
  try {
    if (more) tar.entry({ name: more.name, mode: 0o644 }, more.text);
    for await (const entry of found) {
      if (tar.destroyed) return;
      await add(tar, entry);
    }
    tar.finalize();
  } catch (error) {
    const { message } = error as Error;
    tar.destroy(fault({ code: "not-packed", said: message }));
  }
}

/** What a tar specifies of a file; the rest has defaults. */
type About = Partial<Header> & Pick<Header, "name">;

async function add(tar: Pack, { name, path, stats }: Entry): Promise<void> {
  // Windows knows no executable bit, so everything gets it, as the docker command does it.
  const mode = windows ? 0o755 : stats.mode & 0o7777;
  const header: About = { name, mode, mtime: stats.mtime, uid: 0, gid: 0 };
  if (stats.isDirectory()) tar.entry({ ...header, type: "directory" });
  else if (stats.isSymbolicLink()) {
    tar.entry({ ...header, type: "symlink", linkname: slashed(await readlink(path)) });
  } else if (stats.isFile()) await addFile(tar, header, path);
}

/** Sends as many bytes as the file has when it is opened; one that shrinks meanwhile is an error. */
async function addFile(tar: Pack, header: About, path: string): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size === 0) {
      tar.entry(header, "");
      return;
    }
    const content = file.createReadStream({ start: 0, end: size - 1, autoClose: false });
    await pipeline(content, tar.entry({ ...header, size }));
  } finally {
    await file.close();
  }
}

function slashed(path: string): string {
  return windows ? path.replaceAll("\\", "/") : path;
}
