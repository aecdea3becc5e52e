import type { Snapshot } from "../base/snapshot";
import type { Span } from "../base/text";
import { readDockerfile } from "../image/dockerfile";
import type { Image } from "../image/image";
import type { ImageFacts } from "../plan/types";
import { dockerfileOf } from "../project/links";
import type { ImageSubject, RunSubject } from "../project/subject";
import { imageSubjects, runSubjects, type World } from "../project/subjects";
import { readCompose } from "../surfaces/compose";
import { type FileKind, kindOf } from "../surfaces/kind";

/** A file that a container comes from. */
export interface SceneFile {
  readonly uri: string;
  /** Whether a place of the file has to do with this container: its stage, its service, or what all share. */
  holds(span: Span): boolean;
}

/** Where a container comes from, as far as the workspace has it. */
export interface Scene {
  /** The file that it was started from first, then those that it is linked with. */
  readonly files: readonly SceneFile[];
  /** What a Dockerfile of the workspace makes. */
  readonly image?: ImageSubject;
  /** The service that starts it, where it was started from a run file. */
  readonly run?: RunSubject;
  readonly facts?: ImageFacts;
}

/** The scene of a container that was started from a file; `name` is the stage or the service. */
export function sceneOf(world: World, kind: FileKind | undefined, name?: string): Scene {
  const known = kind ?? kindOf(world.uri, world.text);
  if (known === "dockerfile") return ofDockerfile(world, name);
  return known === "compose" ? ofService(world, name) : { files: [] };
}

function ofDockerfile(world: World, stage: string | undefined): Scene {
  const image = imageOf(world, stage);
  if (!image) return { files: [{ uri: world.uri, holds: () => true }] };
  return {
    files: [
      { uri: world.uri, holds: inStage(image.image) },
      ...image.runs.map(({ uri, source }) => ({ uri, holds: inService(uri, source.name, world.snapshot) })),
    ],
    image,
    facts: image.facts,
  };
}

function ofService(world: World, service: string | undefined): Scene {
  const { uri, snapshot } = world;
  const runs = runSubjects(world);
  const named = runs.filter(({ source, boot }) => (service ? source.name === service : boot.boots !== "no"));
  // Of several services that boot systemd it may be any.
  const run = named.length === 1 ? named[0] : undefined;
  if (!run) return { files: [{ uri, holds: () => true }] };
  const own = { uri, holds: inService(uri, run.source.name, snapshot) };
  const dockerfile = dockerfileOf(run.source, snapshot);
  const image = dockerfile && imageOf({ ...world, ...dockerfile }, run.source.build?.target);
  const facts = withRun(run);
  if (!image) return { files: [own], run, facts };
  return {
    files: [own, { uri: image.uri, holds: inStage(image.image) }],
    image,
    run,
    facts,
  };
}

/** What a run says takes the place of what its image says. */
function withRun({ facts, source: { run } }: RunSubject): ImageFacts {
  const { stopSignal = facts.stopSignal, environment } = run;
  return { ...facts, stopSignal, containerEnv: environment.container ?? facts.containerEnv };
}

function imageOf(world: World, stage: string | undefined): ImageSubject | undefined {
  const dockerfile = readDockerfile(world.text);
  const image = dockerfile.image(stage);
  return imageSubjects(world, dockerfile, [stage]).find((subject) => subject.image.stage === image?.stage);
}

function inStage(image: Image): SceneFile["holds"] {
  const spans = [image.from, ...image.instructions].map(({ span }) => span);
  return ({ start }) => spans.some((span) => span.start <= start && start <= span.end);
}

/** From the service's name to the next service's; what stands before them all is everybody's. */
export function inService(uri: string, name: string, snapshot: Snapshot): SceneFile["holds"] {
  const text = snapshot.read(uri) ?? "";
  const { runs } = readCompose(uri, text, (other) => snapshot.read(other));
  const starts = runs.map(({ nameSpan }) => nameSpan.start).sort((a, b) => a - b);
  const own = runs.find((run) => run.name === name)?.nameSpan.start ?? 0;
  return ({ start }) =>
    start < (starts[0] ?? Number.POSITIVE_INFINITY) || starts.findLast((other) => other <= start) === own;
}
