import type { Socket } from "node:net";
import type Docker from "dockerode";
import type { LoginConsole, TerminalSize } from "../../ports/inside";
import { readConsole } from "../container/console";
import { inspectContainer } from "../container/containers";
import { request, segment } from "../docker";
import { fault, withFaults } from "../errors";
import { terminalOver } from "./terminal";

/** How many lines of earlier output are shown, including the login prompt. */
const earlierLines = 100;

/**
 * The keys that make the engine detach. Its default would intercept Ctrl-P, and an empty sequence is not possible, so
 * this is a sequence that is never typed.
 */
const detachKeys = "ctrl-^,ctrl-_,ctrl-^,ctrl-_";

/**
 * Attaches to the terminal that a container was created with. It shows systemd's boot messages and the login prompt
 * of console-getty.service. Input is passed on unchanged, including Ctrl-C. Closing the console only ends the
 * connection.
 */
export function openLoginConsole(
  docker: Docker,
  container: string,
  size: TerminalSize,
): Promise<LoginConsole> {
  return withFaults("open-console", undefined, async () => {
    const { State, Config } = await inspectContainer(docker, container);
    if (!State.Running) throw fault({ code: "container-stopped" });
    if (!Config.Tty) throw fault({ code: "no-console" });
    const earlier = await written(docker, container);
    const path = `/containers/${segment(container)}`;
    const socket = await request<Socket>(docker, {
      method: "POST",
      path: `${path}/attach`,
      query: { stream: true, stdin: true, stdout: true, stderr: true, detachKeys },
      as: "socket",
    });
    const resize = async ({ columns, rows }: TerminalSize) => {
      const query = { h: rows, w: columns };
      // If the container has ended, there is nothing to resize.
      await request(docker, { method: "POST", path: `${path}/resize`, query }).catch(() => undefined);
    };
    await resize(size);
    const nothing = async () => undefined;
    const shell = terminalOver(socket, { resize, exitCode: nothing, close: nothing });
    return { ...shell, earlier, takesInput: Config.OpenStdin === true };
  });
}

async function written(docker: Docker, container: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const add = (text: string) => void chunks.push(Buffer.from(text));
  await readConsole(docker, container, { add }, { terminal: true, follow: false, tail: earlierLines });
  return Buffer.concat(chunks);
}
