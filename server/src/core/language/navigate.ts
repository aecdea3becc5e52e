import { canonicalUri } from "../base/uri";
import { type Mention, sameTarget, type Target } from "./mention";
import { allMentions, mentionsIn } from "./mentions";
import type { Workspace } from "./view";

/** What the word at an offset of a file names. */
export function definition(workspace: Workspace, uri: string, offset: number): Mention | undefined {
  return mentionsIn(workspace, uri).find(({ span }) => span.start <= offset && offset <= span.end);
}

/** Every place that names what the word at an offset names; elsewhere every place that names the file itself. */
export function references(workspace: Workspace, uri: string, offset: number): Mention[] {
  const target: Target = definition(workspace, uri, offset)?.target ??
    heredocAt(workspace, uri, offset) ?? { uri: canonicalUri(uri) };
  return allMentions(workspace).filter((each) => sameTarget(each.target, target));
}

/** The text in a Dockerfile that other places of it name, around an offset. */
function heredocAt(workspace: Workspace, uri: string, offset: number): Target | undefined {
  return mentionsIn(workspace, uri)
    .map(({ target }) => target)
    .find(({ uri: of, span }) => of === uri && span && span.start <= offset && offset <= span.end);
}

/** The words of a file that name another file which is there. */
export function links(workspace: Workspace, uri: string): Mention[] {
  return mentionsIn(workspace, uri).filter(({ target }) => target.uri !== canonicalUri(uri));
}
