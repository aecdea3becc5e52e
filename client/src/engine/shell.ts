import type { Socket } from "node:net";
import type Docker from "dockerode";
import type { Shell, TerminalSize } from "../ports";
import { request, segment } from "./docker";
import { withFaults } from "./errors";
import { createExec, execExitCode } from "./exec";
import { hangUp, newMark } from "./own-processes";

/** The login shell that the image has. */
const program = ["/bin/sh", "-c", "command -v bash >/dev/null 2>&1 && exec bash -l; exec sh -l"];

/** Opens a process with a terminal in a running container: a login shell, or what `argv` says. */
export function openShell(
  docker: Docker,
  container: string,
  size: TerminalSize,
  argv: readonly string[] = program,
): Promise<Shell> {
  return withFaults("Opening a shell", undefined, async () => {
    const mark = newMark();
    const id = await createExec(docker, container, {
      Cmd: argv,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      Tty: true,
      ConsoleSize: [size.rows, size.columns],
      Env: ["TERM=xterm-256color", mark],
    });
    const socket = await request<Socket>(docker, {
      method: "POST",
      path: `/exec/${segment(id)}/start`,
      body: { Detach: false, Tty: true },
      as: "socket",
    });
    const resize = async ({ columns, rows }: TerminalSize) => {
      const path = `/exec/${segment(id)}/resize`;
      // The process may have ended, and then there is nothing to resize.
      await request(docker, { method: "POST", path, query: { h: rows, w: columns } }).catch(() => undefined);
    };
    await resize(size);
    return attach(
      socket,
      resize,
      () => execExitCode(docker, id),
      () => hangUp(docker, container, mark),
    );
  });
}

function attach(
  socket: Socket,
  resize: (size: TerminalSize) => Promise<void>,
  exitCode: () => Promise<number | undefined>,
  hangUp: () => Promise<void>,
): Shell {
  let closed = false;
  const ended = new Promise<void>((resolve) => {
    socket.once("close", resolve);
    socket.once("end", () => {
      resolve();
      socket.destroy();
    });
  });
  socket.on("error", () => undefined);
  return {
    // A stream without listener waits, so nothing is lost before the terminal is there.
    onData: (listener) => socket.on("data", listener),
    write: (text) => socket.write(text),
    resize: (size) => void resize(size),
    close: () => {
      if (closed || socket.destroyed) return;
      closed = true;
      void hangUp().finally(() => socket.destroy());
    },
    exit: ended.then(exitCode).catch(() => undefined),
  };
}
