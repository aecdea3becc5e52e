import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import { request, segment } from "./docker";
import { failure } from "./errors";
import { frames } from "./frames";

export interface ExecResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ExecOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds after which the call fails. */
  readonly timeout?: number;
  /** A variable for the process's environment, by which `hangUp` finds the process. */
  readonly mark?: string;
}

/**
 * The maximum length of the output in characters. Expected output is shorter; anything beyond the limit is cut off.
 */
const limit = 4 * 1024 * 1024;

/** Runs a command inside a container and collects its output. No shell interprets the arguments. */
export async function exec(
  docker: Docker,
  container: string,
  argv: readonly string[],
  { signal, timeout = 10_000, mark }: ExecOptions = {},
): Promise<ExecResult> {
  // AbortSignal.timeout accepts only integers.
  const late = AbortSignal.timeout(Math.ceil(timeout));
  const both = signal ? AbortSignal.any([signal, late]) : late;
  try {
    const Env = ["LC_ALL=C", "SYSTEMD_COLORS=0", ...(mark === undefined ? [] : [mark])];
    const body = { Cmd: argv, AttachStdout: true, AttachStderr: true, Env };
    const id = await createExec(docker, container, body, both);
    const stream = await request<Readable>(docker, {
      method: "POST",
      path: `/exec/${segment(id)}/start`,
      body: { Detach: false, Tty: false },
      signal: both,
      as: "stream",
    });
    const output = { stdout: "", stderr: "" };
    const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
    for await (const { stream: from, data } of frames(stream, false)) {
      if (output[from].length < limit) output[from] += decoders[from].decode(data, { stream: true });
    }
    return { ...output, exitCode: (await execExitCode(docker, id, both)) ?? -1 };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (late.aborted) throw failure({ code: "no-answer", program: argv[0] ?? "", seconds: timeout / 1000 });
    throw error;
  }
}

export async function createExec(
  docker: Docker,
  container: string,
  body: Readonly<Record<string, unknown>>,
  signal?: AbortSignal,
): Promise<string> {
  const path = `/containers/${segment(container)}/exec`;
  return (await request<{ Id: string }>(docker, { method: "POST", path, body, signal })).Id;
}

/** Milliseconds that an engine may take to register the end of a process after its output has ended. */
const untilNoted = 5_000;
const pause = 50;

/**
 * The exit code of a process whose output has ended. The engine may register the end a moment later; until then
 * Docker reports no code and Podman reports 0. Undefined if the process is still running after 5 s, in which case it
 * closed its output itself.
 */
export async function execExitCode(
  docker: Docker,
  id: string,
  signal?: AbortSignal,
): Promise<number | undefined> {
  const path = `/exec/${segment(id)}/json`;
  for (let waited = 0; waited <= untilNoted; waited += pause) {
    const { Running, ExitCode } = await request<Inspected>(docker, { method: "GET", path, signal });
    if (!Running) return ExitCode ?? undefined;
    await sleep(pause, undefined, { signal });
  }
  return undefined;
}

interface Inspected {
  readonly Running?: boolean;
  readonly ExitCode: number | null;
}
