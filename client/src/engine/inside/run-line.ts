import type { Readable } from "node:stream";
import type Docker from "dockerode";
import type { Job } from "../../ports/job";
import { request, segment } from "../docker";
import { withFaults } from "../errors";
import { createExec, execExitCode } from "../exec";
import { frames } from "../frames";
import { hangUp, newMark } from "../own-processes";
import { root } from "./shell";

/**
 * Runs a command line with /bin/sh inside a container, as root. Only that shell interprets the line. Its stdout and
 * stderr go to `print` as they arrive. Resolves with the exit code. If aborted, sends SIGHUP to all processes that
 * the line started.
 */
export function runLine(
  docker: Docker,
  container: string,
  line: string,
  { print, signal }: Pick<Job, "print" | "signal">,
): Promise<number | undefined> {
  return withFaults("run-command", signal, async () => {
    const mark = newMark();
    try {
      const Cmd = ["/bin/sh", "-c", line];
      const body = { Cmd, User: root, AttachStdout: true, AttachStderr: true, Env: [mark] };
      const id = await createExec(docker, container, body, signal);
      const output = await request<Readable>(docker, {
        method: "POST",
        path: `/exec/${segment(id)}/start`,
        body: { Detach: false, Tty: false },
        signal,
        as: "stream",
      });
      const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
      for await (const { stream, data } of frames(output, false)) {
        print(decoders[stream].decode(data, { stream: true }));
      }
      return await execExitCode(docker, id, signal);
    } finally {
      if (signal.aborted) await hangUp(docker, container, mark);
    }
  });
}
