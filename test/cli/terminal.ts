import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../server/src/cli/run";

/** Runs one command line in a directory, and gives its exit code and all that it wrote. */
export function runIn(cwd: string, ...args: readonly string[]) {
  return runOn(undefined, cwd, args);
}

/** The same with a text or bytes on the standard input. */
export function pipeInto(cwd: string, input: string | Uint8Array, ...args: readonly string[]) {
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
    stdin,
    out: add,
    raw: add,
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}
