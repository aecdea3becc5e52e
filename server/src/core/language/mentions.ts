import { canonicalUri } from "../base/uri";
import { linkOf } from "../container/source";
import { unitFiles } from "../image/unit-files";
import type { ImageSubject } from "../project/subject";
import { dockerfileMentions } from "./dockerfile-mentions";
import type { Mention } from "./mention";
import { unitMentions } from "./unit-mentions";
import type { FileView, Workspace } from "./view";

/** The maximum number of Dockerfiles in a workspace that are searched for those that copy a file. */
const mostDockerfiles = 500;

/**
 * The places in a file that refer to other files. The file is a Dockerfile, a file that starts containers, or a unit.
 */
export function mentionsIn(workspace: Workspace, uri: string): Mention[] {
  const view = isUnit(uri) ? undefined : workspace.view(uri);
  if (view) return view.file.dockerfile ? dockerfileMentions(view) : runMentions(workspace, view);
  const text = workspace.read(uri);
  return text === undefined ? [] : unitMentions({ uri, text, start: 0 }, imagesWith(workspace, uri));
}

/** Every place in the workspace that refers to a file. */
export function allMentions(workspace: Workspace): Mention[] {
  const { dockerfiles, runFiles } = workspace;
  const files = [...dockerfiles.slice(0, mostDockerfiles), ...runFiles];
  const found = files.flatMap((uri) => mentionsIn(workspace, uri));
  const units = new Set(found.map(({ target }) => target.uri).filter((uri) => isUnit(uri)));
  return [...found, ...[...units].flatMap((uri) => mentionsIn(workspace, uri))];
}

function isUnit(uri: string): boolean {
  return /\.(service|socket|target|timer|mount|automount|path|slice)$/.test(uri);
}

/** The Dockerfiles that services build from, and the files that they read variables from. */
function runMentions(workspace: Workspace, { uri, file }: FileView): Mention[] {
  return file.containers.flatMap((source) => {
    const { uri: other, variableFiles = [] } = source;
    if (other !== undefined) return [];
    const build = linkOf(source);
    const named = [{ uri: build?.dockerfile, span: build?.span }, ...variableFiles];
    return named.flatMap((each) =>
      each.uri !== undefined && each.span && workspace.read(each.uri) !== undefined
        ? [{ uri, span: each.span, target: { uri: canonicalUri(each.uri) } }]
        : [],
    );
  });
}

/** The images of the workspace that contain one of its files as a unit. */
function imagesWith(workspace: Workspace, uri: string): ImageSubject[] {
  const wanted = canonicalUri(uri);
  return workspace.dockerfiles.slice(0, mostDockerfiles).flatMap((dockerfile) => {
    const view = workspace.view(dockerfile);
    return (view?.file.dockerfile?.stages ?? []).flatMap((_, stage) => {
      const subject = view?.image(stage);
      const has =
        subject &&
        unitFiles(subject).some(
          ({ source }) => source !== undefined && canonicalUri(subject.fileUri(source)) === wanted,
        );
      return has ? [subject] : [];
    });
  });
}
