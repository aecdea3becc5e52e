import { run } from "../../server/src/cli/run";

/** Runs one command line in a directory, and gives its exit code and all that it wrote. */
export function runIn(cwd: string, ...args: readonly string[]) {
  let out = "";
  let err = "";
  const code = run(args, {
    cwd,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
  });
  return { code, out, err };
}
