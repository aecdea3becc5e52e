import { Readable } from "node:stream";
import type Docker from "dockerode";
import { pack } from "tar-stream";
import type { VerifiedUnits, VerifyRequest } from "../../ports/launching";
import { request, segment } from "../docker";
import { failure, withFaults } from "../errors";
import { containerLabel } from "../labels";
import { newConsole, readConsole } from "./console";
import { removeContainer, waitForEnd } from "./containers";
import { statIn } from "./stat";

const analyze = "/usr/bin/systemd-analyze";

/** It knows the option, and its exit code says something, from this version on (systemd-analyze(1)). */
const recursiveErrors = 250;

/** Milliseconds that it may take; half a second is usual. */
const patience = 60_000;

/** Programs that are looked at again. */
const mostPrograms = 50;

/**
 * Lets the image's own systemd-analyze judge unit files, in a container that has no network, no capabilities and none of
 * the host's files, and whose image stays as it is. It is removed in the end, whatever happens.
 */
export function verifyUnits(
  docker: Docker,
  { image, systemd, paths, files, labels }: VerifyRequest,
  cancel: AbortSignal,
): Promise<VerifiedUnits> {
  return withFaults("verify-units", cancel, async () => {
    const late = AbortSignal.timeout(patience);
    const signal = AbortSignal.any([cancel, late]);
    const argv = [
      ...["verify", "--man=no", ...(systemd >= recursiveErrors ? ["--recursive-errors=no"] : [])],
      ...paths,
    ];
    // It is not aborted: it may be there by then.
    const { Id: id } = await request<{ readonly Id: string }>(docker, {
      ...{ method: "POST", path: "/containers/create" },
      body: bodyOf(image, argv, files.length === 0, labels),
    });
    try {
      signal.throwIfAborted();
      if (files.length > 0) await putFiles(docker, id, files, signal);
      await request(docker, { method: "POST", path: `/containers/${segment(id)}/start`, signal });
      const exitCode = await waitForEnd(docker, id, signal);
      const console = newConsole();
      await readConsole(docker, id, console, { terminal: false, follow: false, signal });
      const { log: output } = console.read();
      return { output, exitCode, executable: await executableOf(docker, id, output, signal) };
    } catch (error) {
      if (!cancel.aborted && late.aborted)
        throw failure({ code: "no-answer", program: analyze, seconds: patience / 1000 });
      throw error;
    } finally {
      await removeContainer(docker, id);
    }
  });
}

/** An engine writes no file into a container whose root cannot be written. */
function bodyOf(
  image: string,
  argv: readonly string[],
  isReadOnly: boolean,
  labels: VerifyRequest["labels"],
) {
  return {
    Image: image,
    Entrypoint: [analyze],
    Cmd: argv,
    User: "0:0",
    WorkingDir: "/",
    Env: ["LC_ALL=C", "SYSTEMD_COLORS=0", "SYSTEMD_LOG_TARGET=console", "SYSTEMD_LOG_LEVEL=info"],
    Tty: false,
    Healthcheck: { Test: ["NONE"] },
    Labels: { ...labels, [containerLabel]: "verify" },
    HostConfig: {
      NetworkMode: "none",
      CapDrop: ["ALL"],
      SecurityOpt: ["no-new-privileges"],
      ReadonlyRootfs: isReadOnly,
      Tmpfs: { "/run": "", "/tmp": "" },
      PidsLimit: 64,
      // The output is read from there, whatever the engine's own choice is.
      LogConfig: { Type: "json-file" },
    },
  };
}

async function putFiles(
  docker: Docker,
  id: string,
  files: VerifyRequest["files"],
  signal: AbortSignal,
): Promise<void> {
  const tar = pack();
  for (const { path, text } of files) tar.entry({ name: path.replace(/^\/+/, ""), mode: 0o644 }, text);
  tar.finalize();
  const file = Readable.from(tar, { objectMode: false });
  const path = `/containers/${segment(id)}/archive`;
  const headers = { "content-type": "application/x-tar" };
  await request(docker, { method: "PUT", path, query: { path: "/" }, file, headers, signal });
}

/** Root without capabilities may not enter the directories of others, where systemd's own root may. */
const denied = /: Command (\/.+) is not executable: Permission denied$/gm;

/** Of the programs that are said to be out of reach, those that may be executed. */
async function executableOf(
  docker: Docker,
  id: string,
  output: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const programs = new Set(Array.from(output.matchAll(denied), ([, program = ""]) => program));
  const found: string[] = [];
  for (const program of [...programs].slice(0, mostPrograms)) {
    const own = await statIn(docker, id, program, signal);
    const file = own?.linkTarget ? await statIn(docker, id, own.linkTarget, signal) : own;
    if (file && !file.isFolder && (file.mode & 0o111) !== 0) found.push(program);
  }
  return found;
}
