import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The first of `names` that is an executable on PATH. */
export function which(...names: string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const suffixes = process.platform === "win32" ? [".exe", ".cmd"] : [""];
  const candidates = names.flatMap((name) =>
    folders.flatMap((dir) => suffixes.map((s) => join(dir, name + s))),
  );
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Runs a command to its end. Rejects with the end of its output unless it exits with 0. */
export function execute(
  command: string,
  args: string[],
  options: { cwd?: string; env?: object } = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
  let output = "";
  const keep = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      if (code === 0) return done(output);
      fail(new Error(`${command} ${args.join(" ")} ended with ${code}:\n${output.trim().slice(-2000)}`));
    });
  });
}

/**
 * The first of `names` on PATH, or what Debian's `pkg` provides where this process may install it.
 * Rejects with what a person can do otherwise.
 */
export async function whichOrInstall(names: string[], pkg: string): Promise<string> {
  const found = which(...names);
  if (found) return found;
  const needed = `${names.join(" or ")} is needed on PATH (Debian and Ubuntu: apt-get install ${pkg})`;
  if (process.getuid?.() !== 0 || !which("apt-get")) throw new Error(needed);
  console.log(`installing ${pkg} with apt-get`);
  const install = ["install", "--yes", "--no-install-recommends", pkg];
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await execute("apt-get", install, { env }).catch(async () => {
    await execute("apt-get", ["update"], { env });
    await execute("apt-get", install, { env });
  });
  const installed = which(...names);
  if (!installed) throw new Error(needed);
  return installed;
}

/** The message of whatever was thrown. Libraries throw strings, too. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
