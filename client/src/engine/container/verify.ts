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

/** Begins what is written about a unit; its path follows. */
const mark = "==> ";

/**
 * Each unit separately: systemd-analyze 247 aborts at a unit with Type=dbus and no BusName=, and a line that names no unit
 * is about the one that is judged. Not with `--recursive-errors=no`, which finds neither missing units nor cycles (252 to
 * 262). What the shell itself reports of an abort is not read: it has
 * another stderr. The paths are its arguments, so none is read as code.
 */
const script = `exec 2>/dev/null; for unit; do echo "${mark}$unit"; (exec ${analyze} verify --man=no "$unit" 2>&1); done; [ -x ${analyze} ]`;

/** Milliseconds that it may take in all, and longer for each unit; a tenth of a second is usual for one. */
const patience = 60_000;
const patienceEach = 1_000;

/** Programs that are looked at again. */
const mostPrograms = 50;

/**
 * Lets the image's own systemd-analyze judge unit files, in a container that has no network, no capabilities and none of
 * the host's files, and whose image stays as it is. It is removed in the end, whatever happens.
 */
export function verifyUnits(
  docker: Docker,
  { image, paths, files, labels }: VerifyRequest,
  cancel: AbortSignal,
): Promise<VerifiedUnits | undefined> {
  return withFaults("verify-units", cancel, async () => {
    const timeout = patience + paths.length * patienceEach;
    const late = AbortSignal.timeout(timeout);
    const signal = AbortSignal.any([cancel, late]);
    // It is not aborted: it may be there by then.
    const { Id: id } = await request<{ readonly Id: string }>(docker, {
      ...{ method: "POST", path: "/containers/create" },
      body: bodyOf(image, paths, files.length === 0, labels),
    });
    try {
      signal.throwIfAborted();
      if (files.length > 0) await putFiles(docker, id, files, signal);
      await request(docker, { method: "POST", path: `/containers/${segment(id)}/start`, signal });
      const exitCode = await waitForEnd(docker, id, signal);
      const console = newConsole();
      await readConsole(docker, id, console, { terminal: false, follow: false, signal });
      const { log: output } = console.read();
      if (exitCode !== 0) return undefined;
      return { units: sections(output), executable: await executableOf(docker, id, output, signal) };
    } catch (error) {
      if (!cancel.aborted && late.aborted)
        throw failure({ code: "no-answer", program: analyze, seconds: timeout / 1000 });
      throw error;
    } finally {
      await removeContainer(docker, id);
    }
  });
}

/** An engine writes no file into a container whose root cannot be written. */
function bodyOf(
  image: string,
  paths: readonly string[],
  isReadOnly: boolean,
  labels: VerifyRequest["labels"],
) {
  return {
    Image: image,
    Entrypoint: ["/bin/sh", "-c", script, "sh"],
    Cmd: paths,
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

/** What is written about each unit. */
function sections(output: string): VerifiedUnits["units"] {
  const parts = `\n${output}`.split(`\n${mark}`).slice(1);
  return parts.map((part) => {
    const [path = "", ...lines] = part.split("\n");
    return { path, output: lines.join("\n") };
  });
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

/** Root without capabilities cannot enter the directories of others, where systemd's own root can. */
const denied = /^[^:]+: Command (\/.*) is not executable: Permission denied$/;

/** Of the programs that are reported as out of reach, those that may be executed. */
async function executableOf(
  docker: Docker,
  id: string,
  output: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const programs = new Set(output.split("\n").flatMap((line) => denied.exec(line)?.[1] ?? []));
  const found: string[] = [];
  for (const program of [...programs].slice(0, mostPrograms)) {
    const own = await statIn(docker, id, program, signal);
    const file = own?.linkTarget ? await statIn(docker, id, own.linkTarget, signal) : own;
    if (file && !file.isFolder && (file.mode & 0o111) !== 0) found.push(program);
  }
  return found;
}
