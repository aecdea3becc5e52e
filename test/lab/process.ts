import { spawn } from "node:child_process";

export interface Result {
  /** Exit code; 128 + n after signal n, as a shell reports. */
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd?: string;
  /** Added to the environment of this process. */
  env?: Record<string, string>;
  /** File descriptor that becomes standard input. */
  stdin?: number;
  /** The command talks to this process's own terminal, and its output is not kept. */
  interactive?: boolean;
  /** Kills the command after so many milliseconds. */
  timeout?: number;
}

/** Runs a command to its end and hands back what it reported, whatever its exit code. Rejects if it can't start. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<Result> {
  const [command = "", ...args] = argv;
  const { cwd, env, stdin = "ignore", interactive, timeout } = options;
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: interactive ? "inherit" : [stdin, "pipe", "pipe"],
    timeout,
    killSignal: "SIGKILL",
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on("data", (chunk) => out.push(chunk));
  child.stderr?.on("data", (chunk) => err.push(chunk));
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      done({
        code: code ?? 137,
        stdout: Buffer.concat(out).toString(),
        stderr: Buffer.concat(err).toString(),
      });
    });
  });
}

/** Runs a command and hands back its standard output. Rejects with the end of its output unless it exits 0. */
export async function output(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const { code, stdout, stderr } = await run(argv, options);
  if (code === 0) return stdout;
  throw new Error(`${argv.join(" ")} ended with ${code}:\n${(stdout + stderr).trim().slice(-2000)}`);
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((done) => setTimeout(done, milliseconds));
}
