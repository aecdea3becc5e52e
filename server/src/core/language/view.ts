import { placedWords } from "../boot/target";
import { isInitPath } from "../image/init";
import type { Rule } from "../lint/rule";
import type { ContainerSubject, ImageSubject } from "../project/subject";
import type { SurfaceFile } from "../surfaces/surface";
import type { Place } from "./topic";

/** The current state of a file with the facts about its project: the basis for completion, hover and navigation. */
export interface FileView {
  readonly uri: string;
  readonly text: string;
  readonly file: SurfaceFile;
  /** The image that a stage of the file builds, by the index of the stage. */
  image(stage: number): ImageSubject | undefined;
  /** The containers that the file starts. */
  containers(): readonly ContainerSubject[];
  readonly rules: readonly Pick<Rule, "id" | "title" | "consequence">[];
}

/** The current state of a workspace's files. */
export interface Workspace {
  /** The content of a file; undefined if the file does not exist. */
  read(uri: string): string | undefined;
  /** The view of a Dockerfile or of a file that starts containers. */
  view(uri: string): FileView | undefined;
  readonly dockerfiles: readonly string[];
  readonly runFiles: readonly string[];
}

/** The container with a given name. */
export function containerNamed(view: FileView, name: string | undefined): ContainerSubject | undefined {
  return view.containers().find(({ source }) => source.name === name);
}

/** The image that the stage at a place builds. */
export function imageAt(view: FileView, { stage }: Pick<Place, "stage">): ImageSubject | undefined {
  return stage === undefined ? undefined : view.image(stage);
}

/**
 * Whether systemd boots in a stage or container. While a line of the file cannot be parsed, a base image that boots
 * systemd or a path of init in the file is enough.
 */
export function boots(view: FileView, place: Pick<Place, "stage" | "container">): boolean {
  const subject = imageAt(view, place);
  if (subject?.image.unreadable) {
    const { base } = subject.image;
    return base?.bootsSystemd === true || placedWords(subject.image).some(({ value }) => isInitPath(value));
  }
  const found = subject ?? containerNamed(view, place.container);
  return found !== undefined && found.boot.boots !== "no";
}
