import { closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { run } from "../../server/src/cli/run";

/** The built command line, for tests that need a process. */
export const program = join(import.meta.dirname, "../../server/out/cli.cjs");

/** A new temporary directory for each test in the file, with functions that work in it. Names are relative to it. */
export function workingFolder() {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cli-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name = "") => join(folder, name);
  return {
    /** The path of a file in the directory, or of the directory. */
    path,
    read: (name: string) => readFileSync(path(name), "utf8"),
    /** Writes a file, and the directories that hold it. */
    write(name: string, content: string | Uint8Array) {
      mkdirSync(dirname(path(name)), { recursive: true });
      writeFileSync(path(name), content);
    },
    cli: (...args: readonly string[]) => runIn(folder, ...args),
    /** Runs a command line with a text or bytes on its standard input. */
    pipe: (input: string | Uint8Array, ...args: readonly string[]) => pipeInto(folder, input, ...args),
  };
}

/** Runs one command line in a directory, and gives its exit code and all that it wrote. */
export function runIn(cwd: string, ...args: readonly string[]) {
  return runOn(undefined, cwd, args);
}

/** The same with a text or bytes on the standard input. */
function pipeInto(cwd: string, input: string | Uint8Array, ...args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "cli-stdin-"));
  const path = join(folder, "stdin");
  writeFileSync(path, input);
  const stdin = openSync(path, "r");
  try {
    return runOn(stdin, cwd, args);
  } finally {
    closeSync(stdin);
    rmSync(folder, { recursive: true });
  }
}

function runOn(stdin: number | undefined, cwd: string, args: readonly string[]) {
  let out = "";
  let err = "";
  const add = (text: string) => {
    out += text;
  };
  const code = run(args, {
    cwd,
    page: (rule) => `# ${rule}\n`,
    stdin,
    out: add,
    raw: add,
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}
