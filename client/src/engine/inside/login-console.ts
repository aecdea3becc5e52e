import type { Socket } from "node:net";
import type Docker from "dockerode";
import type { LoginConsole, TerminalSize } from "../../ports/inside";
import { readConsole } from "../container/console";
import { inspectContainer } from "../container/containers";
import { request, segment } from "../docker";
import { fault, withFaults } from "../errors";
import { terminalOver } from "./terminal";

/** Lines that were written before, the login prompt among them. */
const earlierLines = 100;

/**
 * Keys that detach by the engine's own hand. Its default would swallow Ctrl-P, and none at all is not to be had:
 * so these, which are not typed.
 */
const detachKeys = "ctrl-^,ctrl-_,ctrl-^,ctrl-_";

/**
 * Attaches to the terminal that a container was created with: systemd's boot messages and the login prompt of
 * console-getty.service. What is typed goes in as it is, Ctrl-C too. Closing it only ends the connection.
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
      // The container may have ended, and then there is nothing to resize.
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
