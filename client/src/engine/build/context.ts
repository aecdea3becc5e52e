import { randomUUID } from "node:crypto";
import type { Stats } from "node:fs";
import { lstat, open, readdir, readFile, readlink } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, sep } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Header, type Pack, pack } from "tar-stream";
import { fault } from "../errors";
import { type Ignore, readIgnore } from "./ignore";

/** A build context that is sent to the engine. */
export interface Context {
  readonly tar: Readable;
  /** The Dockerfile's name inside the tar. */
  readonly dockerfile: string;
  /** The text of the Dockerfile, needed to find the line at which a build failed. */
  readonly text: string;
}

interface Entry {
  /** The path in the tar, with slashes as separators. */
  readonly name: string;
  readonly path: string;
  readonly stats: Stats;
}

const windows = process.platform === "win32";

/**
 * Packs a directory for a build into a tar that is filled while it is read. Files that the ignore file matches are
 * left out, except for the Dockerfile and the ignore file. A Dockerfile that is outside of the directory or is a
 * symbolic link is added under a generated name.
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

/** The Dockerfile's path within the directory, or undefined if it is outside of it or is a symbolic link. */
async function nameInside(folder: string, dockerfile: string): Promise<string | undefined> {
  const path = relative(folder, dockerfile);
  if (isAbsolute(path) || path.split(sep)[0] === "..") return undefined;
  return (await lstat(dockerfile)).isFile() ? slashed(path) : undefined;
}

/** An ignore file that belongs to the Dockerfile takes precedence over that of the directory. */
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

/**
 * The entries to send, sorted by name and with directories before their content, so that equal directories produce
 * equal tars.
 */
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

/** Fills the tar as fast as it is read. If an error occurs, the tar is destroyed with that error. */
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

/** The header fields of a tar entry; all except the name have defaults. */
type About = Partial<Header> & Pick<Header, "name">;

async function add(tar: Pack, { name, path, stats }: Entry): Promise<void> {
  // Windows doesn't have an executable bit, so every file gets it, as with the docker command.
  const mode = windows ? 0o755 : stats.mode & 0o7777;
  const header: About = { name, mode, mtime: stats.mtime, uid: 0, gid: 0 };
  if (stats.isDirectory()) tar.entry({ ...header, type: "directory" });
  else if (stats.isSymbolicLink()) {
    tar.entry({ ...header, type: "symlink", linkname: slashed(await readlink(path)) });
  } else if (stats.isFile()) await addFile(tar, header, path);
}

/** Sends as many bytes as the file has when it is opened. If it shrinks in the meantime, that is an error. */
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
