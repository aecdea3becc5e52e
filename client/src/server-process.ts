import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/**
 * V8 is to keep the heap small rather than collect seldom, and to collect such a heap on one thread: waking helpers takes
 * longer than what they help with. Measured with 200 Dockerfiles open, 2,000 edits of one, CPU time of an edit: without
 * flags 144 MB and 1.2 ms; only the first two 87 MB and 1.8 ms; all three 88 MB and 1.6 ms.
 */
export const lean = ["--max-semi-space-size=2", "--heap-growing-percent=30", "--single-threaded-gc"];

/**
 * Starts a language server that talks over IPC. The language client would start it as well, but it does not let go
 * of the process, and a server that hangs can only be killed. `codeCache` is a directory for compiled code.
 */
export function forkServer(module: string, codeCache?: string): ChildProcess {
  // An extension host that is debugged has a server that can be.
  const debugged = process.execArgv.some((argument) => argument.startsWith("--inspect"));
  const child = fork(module, ["--node-ipc", `--clientProcessId=${process.pid}`], {
    execArgv: debugged ? ["--nolazy", "--inspect=6010", ...lean] : lean,
    env: {
      ...process.env,
      ELECTRON_RUN_AS_NODE: "1",
      ELECTRON_NO_ASAR: "1",
      ...(codeCache !== undefined && { SYSTEMD_CONTAINERS_CODE_CACHE: codeCache }),
    },
    silent: true,
  });
  // A server that hangs does not see that its parent ends.
  const endWithParent = () => child.kill("SIGKILL");
  process.once("exit", endWithParent);
  child.once("exit", () => process.off("exit", endWithParent));
  return child;
}

/** Ends a server, whatever it does. Resolves when it is gone. */
export async function killServer(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, "close");
  child.kill("SIGKILL");
  await closed;
}

/** What the log has of a server that ended. */
export function serverEnd(code: number | null, signal: string | null): string {
  return signal
    ? `The language server was killed by ${signal}.`
    : `The language server exited with code ${code}.`;
}
