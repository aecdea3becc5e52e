import { spawn } from "node:child_process";
import { program } from "../cli/terminal";
import type { Engine } from "../lab";

export type Files = Readonly<Record<string, string>>;

/** A Dockerfile that boots. */
export const boots = 'FROM systemd-test:252\nCMD ["/sbin/init"]\nSTOPSIGNAL SIGRTMIN+3\n';

/** An image with a unit that multi-user.target starts. */
export function withUnit(lines: string): Files {
  const unit = `[Unit]\nDescription=a test\n[Service]\n${lines}\n[Install]\nWantedBy=multi-user.target\n`;
  const copies = "COPY job.service /etc/systemd/system/\nRUN systemctl enable job.service\n";
  return { Dockerfile: boots.replace("CMD", `${copies}CMD`), "job.service": unit };
}

/** The lines of a service that starts for ever. */
export const stuck = "Type=notify\nTimeoutStartSec=infinity\nExecStart=/bin/sleep infinity";

/** How a `boot` is started: with more in its environment, or at a terminal. */
interface How {
  readonly env?: Readonly<Record<string, string>>;
  readonly atTerminal?: boolean;
}

/**
 * Starts `boot` in a directory, in a separate process; `ended` resolves when it has ended. At a terminal everything that
 * it writes is in `out`, and `child.stdin` is what is typed.
 */
export function beginBoot({ socket }: Engine, folder: string, args: readonly string[], how: How = {}) {
  const argv = [process.execPath, program, "boot", "--engine", `unix://${socket}`, ...args];
  const quoted = argv.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(" ");
  const [command = "", ...words] = how.atTerminal ? ["script", "-qec", `exec ${quoted}`, "/dev/null"] : argv;
  const child = spawn(command, words, { cwd: folder, env: { ...process.env, ...how.env } });
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => (out += data));
  child.stderr.on("data", (data) => (err += data));
  const started = performance.now();
  const ended = new Promise<{ code: number | null; out: string; err: string; seconds: number }>((resolve) => {
    child.on("close", (code) => resolve({ code, out, err, seconds: (performance.now() - started) / 1000 }));
  });
  return { child, ended, out: () => out, err: () => err };
}
