import type { TextDocument } from "vscode-languageserver-textdocument";
import { once } from "../core/base/once";
import { recording } from "../core/base/snapshot";
import { canonicalUri } from "../core/base/uri";
import type { FileView, Workspace } from "../core/language/view";
import { rules } from "../core/lint/rules/index";
import { type FileContext, subjectsOf } from "../core/project/subjects";
import { type FileKind, keptFile, kindOfName } from "../core/surfaces/files";
import type { Session } from "./session";

/** Units are copied from files that no result requested; more rounds than this find nothing new. */
const maxRounds = 8;

/**
 * Answers a request about a file from what is known of its workspace now. Files that the answer asks for are loaded, and it
 * is made again. Where the file is gone or not read, it is `otherwise`.
 */
export async function fromWorkspace<Answer>(
  session: Session,
  uri: string,
  otherwise: Answer,
  make: (workspace: Workspace, document: TextDocument) => Answer,
): Promise<Answer> {
  const { analysis, client, documentOf, files, kindOf } = session;
  const { target } = await client.settings.of(uri);
  await files.load([uri]);
  const loaded = new Set<string>();
  for (let round = 1; ; round++) {
    const { snapshot: whole, links } = await analysis.project();
    const { snapshot, missed } = recording(whole);
    const document = files.notLinted(uri) ? undefined : documentOf(uri);
    const workspace = openWorkspace({ snapshot, links, target }, uri, kindOf(uri));
    const answer = document ? make(workspace, document) : otherwise;
    // What only such answers ask for is not watched: the next one reads it again.
    for (const other of missed) if (kindOfName(other) === undefined) loaded.add(other);
    if (round < maxRounds && (await files.load(missed))) continue;
    for (const other of loaded) files.forget(other);
    return answer;
  }
}

/** The same about a file of a surface alone; for another one it is `otherwise`. */
export function fromView<Answer>(
  session: Session,
  uri: string,
  otherwise: Answer,
  make: (view: FileView, document: TextDocument) => Answer,
): Promise<Answer> {
  return fromWorkspace(session, uri, otherwise, (workspace, document) => {
    const view = workspace.view(uri);
    return view ? make(view, document) : otherwise;
  });
}

/** The workspace around a file, whose kind its language can determine. */
function openWorkspace(
  context: Omit<FileContext, "uri" | "text" | "kind">,
  uri: string,
  kind?: FileKind,
): Workspace {
  const { read, runFiles, dockerfiles = [] } = context.snapshot;
  const views = new Map<string, FileView | undefined>();
  const view = (of: string): FileView | undefined => {
    if (views.has(of)) return views.get(of);
    const text = read(of);
    const opened =
      text === undefined
        ? undefined
        : openView({ ...context, uri: of, text, kind: of === uri ? kind : undefined });
    views.set(of, opened);
    return opened;
  };
  const isKnown = dockerfiles.includes(canonicalUri(uri));
  const own = !isKnown && view(uri)?.file.dockerfile ? [uri] : [];
  return { read, view, runFiles, dockerfiles: [...own, ...dockerfiles] };
}

function openView(context: FileContext): FileView | undefined {
  const file = keptFile(context, context.snapshot.read);
  if (!file) return undefined;
  return {
    uri: context.uri,
    text: context.text,
    file,
    image: (stage) =>
      subjectsOf(context, [String(stage)]).images.find(({ image }) => image.from.stage === stage),
    containers: once(() => subjectsOf(context).containers),
    rules,
  };
}
