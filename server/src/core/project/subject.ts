import type { Span } from "../base/text";
import type { BootDetection } from "../boot/detect";
import type { ContainerSource } from "../container/source";
import type { Target } from "../engine";
import type { BaseImage } from "../image/base-image";
import type { Dockerfile, Image } from "../image/image";
import type { BuiltImage } from "../image/written-files";
import type { ImageFacts, LaunchPlan, Refusal } from "../plan/types";

/** An image, however it is known, and the engine that it is judged for. */
export interface Subject {
  readonly target: Target;
  /** What is known of the image, which the plan is made from. */
  readonly facts: ImageFacts;
  /** How to start the image there, whatever starts it now. */
  readonly plan: LaunchPlan | Refusal;
}

/** A stage of a Dockerfile: its effective image, and the runs of the workspace that start it. */
export interface ImageSubject extends Subject {
  readonly uri: string;
  readonly dockerfile: Dockerfile;
  readonly image: Image;
  readonly boot: BootDetection;
  /** Runs of the workspace that build this Dockerfile, with the URI of their file. */
  readonly containers: readonly {
    readonly uri: string;
    readonly source: ContainerSource;
    readonly boot: BootDetection;
  }[];
  /** The image that it is built on, where another Dockerfile of the workspace makes that. */
  below(): Image | undefined;
  /** Whether another Dockerfile of the workspace is built on it. */
  isBuiltOn(): boolean;
  /** Text of a file of the build context, path relative to the context; undefined when absent. */
  readFile(path: string): string | undefined;
  /** Text of a file beside the Dockerfile. */
  readBeside(name: string): string | undefined;
  /** The URI of a file of the build context, there or not. */
  fileUri(path: string): string;
}

/** A container as a file starts it, and the image it builds if that is a Dockerfile of the workspace. */
export interface ContainerSubject extends Subject {
  readonly uri: string;
  readonly source: ContainerSource;
  readonly boot: BootDetection;
  /** The Dockerfile that makes the image, when it is known; one that is written inline has no URI. */
  readonly image?: BuiltImage & {
    readonly uri?: string;
    /** The URI of a file of the build context; undefined where the context is not known. */
    fileUri(path: string): string | undefined;
    /** What the image starts where a container names nothing else. */
    readonly boot: BootDetection;
  };
  /** What is known of the image that it is built on or, without a Dockerfile, of the image that it names. */
  readonly base?: BaseImage;
  /** The variables that files of the run set, each with the place where the last of its files is named. */
  fileVariables(): ReadonlyMap<string, Span | undefined>;
  /** The same container without its command and entrypoint. */
  withoutProgram(): ContainerSubject;
  /** The same container as if its image started systemd, which its settings are made for. */
  withSystemd(): ContainerSubject;
  /** It is one of these: as it is written it starts something else. */
  readonly isChanged?: boolean;
}
