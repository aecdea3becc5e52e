import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Script } from "node:vm";

/** By then a session has compiled the functions that it needs, in milliseconds. */
const settled = 20_000;

/**
 * Runs a CommonJS bundle. What V8 compiled of it is kept in `directory`, where one is given, and the next start
 * takes it from there; what another V8 or another bundle left is replaced. Where nothing can be written, nothing is kept.
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

/** V8 itself compares only the length of the source. */
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

/** Writes a file so that no reader sees half of it, and takes away those that older bundles left. */
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
    // A disk that is full or belongs to another user: the next start compiles again.
  }
}
