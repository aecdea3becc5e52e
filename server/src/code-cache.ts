import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

/** Milliseconds until a session has compiled the functions that it needs. */
const settled = 20_000;

/**
 * Runs a CommonJS bundle. If `directory` is given, the code that V8 compiled is cached there, and the next start
 * loads it from there; files from another V8 version or bundle are replaced. If the directory cannot be written,
 * nothing is cached.
 */
export function loadBundle(file: string, directory: string | undefined): void {
  const source = readFileSync(file, "utf8");
  const place = directory === undefined ? undefined : join(directory, cacheName(source));
  const cachedData = place === undefined ? undefined : readIfThere(place);
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
    filename: file,
    cachedData,
  });
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(file), module, file, dirname(file));
  if (place === undefined || (cachedData && !script.cachedDataRejected)) return;
  let isKept = false;
  const keep = () => {
    if (!isKept) keepOnly(place, script.createCachedData());
    isKept = true;
  };
  setTimeout(keep, settled).unref();
  process.once("exit", keep);
}

/** The name includes a digest because V8 only compares the length of the source. */
function cacheName(source: string): string {
  const digest = createHash("sha256").update(source).digest("hex");
  return `${digest.slice(0, 16)}-${process.version}.bin`;
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

/** Writes a file so that no reader gets a partial one, and removes those that older bundles left behind. */
function keepOnly(place: string, data: Buffer): void {
  const directory = dirname(place);
  const draft = `${place}.${process.pid}`;
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(draft, data);
    for (const name of readdirSync(directory))
      if (/\.bin(\.\d+)?$/.test(name) && join(directory, name) !== draft) rmSync(join(directory, name));
    renameSync(draft, place);
  } catch {
    // The disk is full, or the directory belongs to another user. The next start compiles the code again.
  }
}
