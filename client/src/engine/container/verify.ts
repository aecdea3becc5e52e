import { Readable } from "node:stream";
import type Docker from "dockerode";
import { pack } from "tar-stream";
import type { VerifiedUnits, VerifyRequest } from "../../ports/launching";
import { request, segment } from "../docker";
import { failure, withFaults } from "../errors";
import { containerLabel } from "../labels";
import { newConsole, readConsole } from "./console";
import { waitForEnd } from "./containers";
import { statIn } from "./stat";
import { inTemporary } from "./temporary";

const analyze = "/usr/bin/systemd-analyze";

/** Marks the start of the output about a unit; the unit's path follows it. */
const mark = "==> ";

/**
 * Verifies each unit separately, because systemd-analyze 247 aborts at a unit with Type=dbus and no BusName=, and so
 * that a line that names no unit can be attributed to the unit being verified. `--recursive-errors=no` is not used,
 * because it finds neither missing units nor cycles (252 to 262). The shell's own message about an abort is not read,
 * because it goes to a different stderr. The paths are passed as arguments, so none is executed as code.
 */
const script = `exec 2>/dev/null; for unit; do echo "${mark}$unit"; (exec ${analyze} verify --man=no "$unit" 2>&1); done; [ -x ${analyze} ]`;

/** Time limit in milliseconds: a base, and an amount for each unit. A unit usually takes a tenth of a second. */
const patience = 60_000;
const patienceEach = 1_000;

/** How many of the programs reported as not executable are checked. */
const mostPrograms = 50;

/**
 * Runs the image's own systemd-analyze on unit files, in a container with no network, no capabilities and none of the
 * host's files. The image is not changed, and the container is always removed at the end.
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
    const create = { path: "/containers/create", body: bodyOf(image, paths, files.length === 0, labels) };
    try {
      return await inTemporary(docker, create, signal, async (id) => {
        if (files.length > 0) await putFiles(docker, id, files, signal);
        await request(docker, { method: "POST", path: `/containers/${segment(id)}/start`, signal });
        const exitCode = await waitForEnd(docker, id, signal);
        const console = newConsole();
        await readConsole(docker, id, console, { terminal: false, follow: false, signal });
        const { log: output } = console.read();
        if (exitCode !== 0) return undefined;
        return { units: sections(output), executable: await executableOf(docker, id, output, signal) };
      });
    } catch (error) {
      if (!cancel.aborted && late.aborted)
        throw failure({ code: "no-answer", program: analyze, seconds: timeout / 1000 });
      throw error;
    }
  });
}

/** The root can be read-only only if no files are to be added: engines cannot add files to a read-only root. */
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
      // The output is read from this log, so the engine's default log driver must not apply.
      LogConfig: { Type: "json-file" },
    },
  };
}

/** Splits the output into one part for each unit. */
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

/** Without capabilities, root cannot enter other users' directories, although systemd's own root can. */
const denied = /^[^:]+: Command (\/.*) is not executable: Permission denied$/;

/** Of the programs reported with "Permission denied", returns those that have execute permission. */
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
