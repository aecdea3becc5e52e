import type { Dockerfile } from "../image/image";
import type { ImageFacts } from "../plan/types";
import { dockerfileOf } from "../project/links";
import type { ContainerSubject, ImageSubject } from "../project/subject";
import { type FileContext, subjectsOf } from "../project/subjects";
import { kindOfBuilt } from "../surfaces/files";

/** A file from which a container was created. */
export interface SceneFile {
  readonly uri: string;
  /** The stage or service in the file that the container runs; undefined if unknown. */
  readonly subject?: string;
}

/** The files from which a container was created, if the workspace contains them. */
export interface Scene {
  /** The file from which the container was started, followed by linked files. */
  readonly files: readonly SceneFile[];
  /** The image that a Dockerfile in the workspace builds. */
  readonly image?: ImageSubject;
  /** The service that starts the container, if it was started from a run file. */
  readonly run?: ContainerSubject;
  readonly facts?: ImageFacts;
}

/** How a container was started. */
export interface Start {
  /** The name of the stage or service. */
  readonly name?: string;
  /** The container was started from the plan of its Dockerfile, without a run file. */
  readonly planned?: boolean;
}

/** The scene of a container that was started from a file. */
export function sceneOf(context: FileContext, { name, planned }: Start = {}): Scene {
  const { file, images, containers } = subjectsOf(context, [name]);
  if (!file) return { files: [] };
  if (file.dockerfile) return ofImage(context, stageIn(images, file.dockerfile, name), planned);
  const named = containers.filter(({ source, boot }) => (name ? source.name === name : boot.boots !== "no"));
  // If several services boot systemd, it is not known which one runs.
  return ofRun(context, named.length === 1 ? named[0] : undefined);
}

function ofImage({ uri }: FileContext, image: ImageSubject | undefined, planned = false): Scene {
  if (!image) return { files: [{ uri }] };
  return {
    files: [
      { uri, subject: image.image.stage },
      ...(planned ? [] : image.containers.map(({ uri, source }) => ({ uri, subject: source.name }))),
    ],
    image,
    facts: image.facts,
  };
}

function ofRun(context: FileContext, run: ContainerSubject | undefined): Scene {
  if (!run) return { files: [{ uri: context.uri }] };
  const own = { uri: context.uri, subject: run.source.name };
  const image = builtBy(run, context);
  const facts = withRun(run);
  if (!image) return { files: [own], run, facts };
  return { files: [own, { uri: image.uri, subject: image.image.stage }], image, run, facts };
}

/** The image that a service builds from a Dockerfile in the workspace. */
function builtBy({ source }: ContainerSubject, context: FileContext): ImageSubject | undefined {
  const built = dockerfileOf(source, context.snapshot);
  const target = source.build?.target;
  if (!built) return undefined;
  const { file, images } = subjectsOf({ ...context, ...built, kind: kindOfBuilt(built.uri) }, [target]);
  return file?.dockerfile && stageIn(images, file.dockerfile, target);
}

function stageIn(
  images: readonly ImageSubject[],
  dockerfile: Dockerfile,
  stage: string | undefined,
): ImageSubject | undefined {
  const wanted = dockerfile.image(stage)?.stage;
  return images.find(({ image }) => image.stage === wanted);
}

/** The facts of a service, whose settings override those of its image. */
function withRun({ facts, source: { spec } }: ContainerSubject): ImageFacts {
  const { stopSignal = facts.stopSignal, environment } = spec;
  return { ...facts, stopSignal, containerEnv: environment.container ?? facts.containerEnv };
}
