import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { text } from "node:stream/consumers";

/** Milliseconds of a tick of /proc/PID/stat, which Linux reports in hundredths of a second (proc(5)). */
const tick = 10;

/** CPU time that all threads of a process have used, in milliseconds, to 10 ms. Linux only. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * tick;
}

/** The resident set of a process in megabytes. Linux only. */
export function memoryOf(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}

/** What a Node program used from its start to its end. */
export interface Used {
  /** Milliseconds, exact. */
  readonly cpu: number;
  /** Megabytes of the largest resident set. */
  readonly memory: number;
}

/** Arguments of Node that make a program tell what it used. */
export const meter = ["--require", join(import.meta.dirname, "meter.cjs")];

/** What a program with the arguments of `meter` used, once it ends. Its fourth stream must be a pipe. */
export async function usedBy(child: ChildProcess): Promise<Used> {
  return JSON.parse(await text(child.stdio[3] as NodeJS.ReadableStream));
}

/** Runs a Node program to its end. Throws when it exits with another code than these. */
export async function runNode(
  args: readonly string[],
  codes: readonly number[] = [0],
): Promise<Used & { wall: number; output: string }> {
  const started = performance.now();
  const child = spawn(process.execPath, [...meter, ...args], { stdio: ["ignore", "pipe", "pipe", "pipe"] });
  const ended = once(child, "exit").then(([code]) => ({ code, wall: performance.now() - started }));
  const [used, output, errors, { code, wall }] = await Promise.all([
    usedBy(child),
    text(child.stdout as NodeJS.ReadableStream),
    text(child.stderr as NodeJS.ReadableStream),
    ended,
  ]);
  if (!codes.includes(code))
    throw new Error(`${args.slice(0, 2).join(" ")} exited with ${code}: ${errors.slice(0, 500)}`);
  return { ...used, wall, output };
}
