import type { Span } from "../base/text";
import type { BootDetection } from "../boot/detect";
import type { ContainerSource } from "../container/source";
import type { Target } from "../engine";
import type { BaseImage } from "../image/base-image";
import type { Dockerfile, Image } from "../image/image";
import type { BuiltImage } from "../image/written-files";
import type { ImageFacts, LaunchPlan, Refusal } from "../plan/types";

/** An image, wherever the facts about it come from, and the engine for which it is judged. */
export interface Subject {
  readonly target: Target;
  /** The facts about the image from which the plan is made. */
  readonly facts: ImageFacts;
  /** How to start the image on that engine, regardless of what starts it now. */
  readonly plan: LaunchPlan | Refusal;
}

/** A stage of a Dockerfile: its effective image, and the containers of the workspace that are started from it. */
export interface ImageSubject extends Subject {
  readonly uri: string;
  readonly dockerfile: Dockerfile;
  readonly image: Image;
  readonly boot: BootDetection;
  /** Containers of the workspace that are built from this Dockerfile, with the URI of the file that starts them. */
  readonly containers: readonly {
    readonly uri: string;
    readonly source: ContainerSource;
    readonly boot: BootDetection;
  }[];
  /** The image that this one is based on, if another Dockerfile of the workspace builds it. */
  below(): Image | undefined;
  /** Whether another Dockerfile of the workspace is based on this image. */
  isBuiltOn(): boolean;
  /**
   * The content of a file in the build context; `path` is relative to the context. Undefined if the file is absent.
   */
  readFile(path: string): string | undefined;
  /** The content of a file beside the Dockerfile. */
  readBeside(name: string): string | undefined;
  /** The URI of a file in the build context, whether or not it exists. */
  fileUri(path: string): string;
}

/**
 * A container as a file starts it, and the image that it builds if that is defined by a Dockerfile of the workspace.
 */
export interface ContainerSubject extends Subject {
  readonly uri: string;
  readonly source: ContainerSource;
  readonly boot: BootDetection;
  /** The Dockerfile that builds the image, if it is known. An inline one has no URI. */
  readonly image?: BuiltImage & {
    readonly uri?: string;
    /** The URI of a file in the build context; undefined if the context is unknown. */
    fileUri(path: string): string | undefined;
    /** The boot detection of the image if the container sets no other program. */
    readonly boot: BootDetection;
  };
  /** What is known about the base image or, without a Dockerfile, about the image that the container names. */
  readonly base?: BaseImage;
  /**
   * The variables from the variable files of the container. Each is mapped to the place that refers to the last file
   * that sets it.
   */
  fileVariables(): ReadonlyMap<string, Span | undefined>;
  /** The same container without its command and entrypoint. */
  withoutProgram(): ContainerSubject;
  /** The same container as if its image started systemd, for which its settings are intended. */
  withSystemd(): ContainerSubject;
  /** True for the results of `withoutProgram` and `withSystemd`: as written, the container starts something else. */
  readonly isChanged?: boolean;
}
