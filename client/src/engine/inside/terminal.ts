import type { Socket } from "node:net";
import type { Shell, TerminalSize } from "../../ports/inside";

interface Ends {
  resize(size: TerminalSize): Promise<void>;
  /** Called after the connection has ended. */
  exitCode(): Promise<number | undefined>;
  /** Called before the connection is closed. */
  close(): Promise<void>;
}

/** A terminal at the other end of a connection. */
export function terminalOver(socket: Socket, { resize, exitCode, close }: Ends): Shell {
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
    // A stream without a listener buffers its data, so nothing is lost before the terminal is ready.
    onData: (listener) => void socket.on("data", listener),
    write: (text) => socket.write(text),
    resize: (size) => void resize(size),
    close: () => {
      if (closed || socket.destroyed) return;
      closed = true;
      void close().finally(() => socket.destroy());
    },
    exit: ended.then(exitCode).catch(() => undefined),
  };
}
