import { canonicalUri } from "../base/uri";
import { type Mention, sameTarget, type Target } from "./mention";
import { allMentions, mentionsIn } from "./mentions";
import type { Workspace } from "./view";

/** What the word at an offset refers to. */
export function definition(workspace: Workspace, uri: string, offset: number): Mention | undefined {
  return mentionsIn(workspace, uri).find(({ span }) => span.start <= offset && offset <= span.end);
}

/**
 * Every place that refers to the same target as the word at an offset. If that word refers to nothing, the places
 * that refer to the file.
 */
export function references(workspace: Workspace, uri: string, offset: number): Mention[] {
  const target: Target = definition(workspace, uri, offset)?.target ??
    heredocAt(workspace, uri, offset) ?? { uri: canonicalUri(uri) };
  return allMentions(workspace).filter((each) => sameTarget(each.target, target));
}

/** The heredoc at an offset of a Dockerfile that other places in the file refer to. */
function heredocAt(workspace: Workspace, uri: string, offset: number): Target | undefined {
  return mentionsIn(workspace, uri)
    .map(({ target }) => target)
    .find(({ uri: of, span }) => of === uri && span && span.start <= offset && offset <= span.end);
}

/** The words in a file that refer to another file that exists. */
export function links(workspace: Workspace, uri: string): Mention[] {
  return mentionsIn(workspace, uri).filter(({ target }) => target.uri !== canonicalUri(uri));
}
