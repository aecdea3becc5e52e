import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BuildJob, Proof, ProofRequest } from "../../ports/engine";
import type { Job } from "../../ports/job";
import { build } from "../build/build";
import { imageId, removeImage } from "../build/image-store";
import type { Connection } from "../connect/connect";
import { withFaults } from "../errors";
import { boot } from "./boot";
import { removeContainer, startContainer, stopContainer } from "./containers";

type ProofJob = BuildJob & Pick<Job, "report">;

/**
 * Boots an image, stops it and removes the container. After an error or a cancellation, no container or image is left
 * behind.
 */
export function prove(engine: Connection, request: ProofRequest, job: ProofJob): Promise<Proof> {
  const { image, dockerfile } = request;
  return withFaults("prove", job.signal, () =>
    dockerfile === undefined
      ? bootAndStop(engine, image, request, job)
      : proveBase(engine, dockerfile, request, job),
  );
}

async function proveBase(
  engine: Connection,
  dockerfile: string,
  request: ProofRequest,
  job: ProofJob,
): Promise<Proof> {
  const { image } = request;
  const tag = `systemd-containers-proof:${randomUUID()}`;
  // Podman keeps the pulled base as a separate image; BuildKit keeps it in its cache.
  const hadBase = (await imageId(engine.docker, image)) !== undefined;
  try {
    await buildProof(engine, dockerfile, tag, job);
    return await bootAndStop(engine, tag, request, job);
  } finally {
    await removeImage(engine.docker, tag).catch(() => undefined);
    if (!hadBase) await removeImage(engine.docker, image).catch(() => undefined);
  }
}

async function bootAndStop(
  engine: Connection,
  image: string,
  { start, seconds }: ProofRequest,
  job: ProofJob,
): Promise<Proof> {
  const { docker } = engine;
  const request = { name: `systemd-containers-proof-${randomUUID()}`, uri: "", create: start, image };
  const { id } = await startContainer(engine, request, job.signal);
  try {
    const booted = await boot(docker, { id, seconds }, job);
    if (booted.state === "exited" || booted.state === "frozen") return { report: booted };
    const before = performance.now();
    const { exitCode } = await stopContainer(docker, id);
    return { report: booted, stopped: { exitCode, seconds: (performance.now() - before) / 1000 } };
  } finally {
    await removeContainer(docker, id).catch(() => undefined);
  }
}

async function buildProof(
  engine: Connection,
  text: string,
  tag: string,
  { print, signal }: BuildJob,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "systemd-containers-"));
  try {
    const dockerfile = join(folder, "Dockerfile");
    await writeFile(dockerfile, text);
    await build(engine, { dockerfile, context: folder, tag }, { print, signal });
  } finally {
    await rm(folder, { recursive: true });
  }
}
