import { spawn } from "node:child_process";
import { messageOf, whichOrInstall } from "./system";

/** Whether a window can be opened: on Linux a display server must be named. */
export function hasDisplay(): boolean {
  return process.platform !== "linux" || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Runs something that opens windows, on this computer's display or else on a virtual one that lives as long.
 * `run` gets the environment to add.
 */
export async function withDisplay<T>(run: (env: Record<string, string>) => Promise<T>): Promise<T> {
  if (hasDisplay()) return run({});
  const command = await whichOrInstall(["Xvfb"], "xvfb").catch((error) => {
    throw new Error(`there is no display: ${messageOf(error)}`);
  });
  // The server picks a free number itself and writes it to the descriptor once it can be connected to.
  const server = spawn(command, ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  try {
    const number = await new Promise<string>((done, fail) => {
      server.on("error", fail);
      server.on("exit", (code) => fail(new Error(`Xvfb ended with ${code}`)));
      server.stdio[3]?.on("data", (chunk: Buffer) => done(chunk.toString().trim()));
    });
    return await run({ DISPLAY: `:${number}` });
  } finally {
    server.kill();
  }
}
