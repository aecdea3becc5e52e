import { placedWords } from "../boot/target";
import { isInitPath } from "../image/init";
import type { Rule } from "../lint/rule";
import type { ContainerSubject, ImageSubject } from "../project/subject";
import type { SurfaceFile } from "../surfaces/surface";
import type { Place } from "./topic";

/** A file as it is now, with what its project knows of it: what completion, hover and navigation are made from. */
export interface FileView {
  readonly uri: string;
  readonly text: string;
  readonly file: SurfaceFile;
  /** The image that a stage of the file makes, by its index. */
  image(stage: number): ImageSubject | undefined;
  /** The containers that the file starts. */
  containers(): readonly ContainerSubject[];
  readonly rules: readonly Pick<Rule, "id" | "title" | "consequence">[];
}

/** The files of a workspace as they are now. */
export interface Workspace {
  /** The text of a file; undefined where there is none. */
  read(uri: string): string | undefined;
  /** A Dockerfile or a file that starts containers. */
  view(uri: string): FileView | undefined;
  readonly dockerfiles: readonly string[];
  readonly runFiles: readonly string[];
}

/** The container of a name. */
export function containerNamed(view: FileView, name: string | undefined): ContainerSubject | undefined {
  return view.containers().find(({ source }) => source.name === name);
}

/** The image that the stage of a place makes. */
export function imageAt(view: FileView, { stage }: Pick<Place, "stage">): ImageSubject | undefined {
  return stage === undefined ? undefined : view.image(stage);
}

/** Whether systemd boots in a stage or container; of a file with a line that cannot be read yet, whether it names init. */
export function boots(view: FileView, place: Pick<Place, "stage" | "container">): boolean {
  const subject = imageAt(view, place);
  if (subject?.image.unreadable) {
    const { base } = subject.image;
    return base?.bootsSystemd === true || placedWords(subject.image).some(({ value }) => isInitPath(value));
  }
  const found = subject ?? containerNamed(view, place.container);
  return found !== undefined && found.boot.boots !== "no";
}
