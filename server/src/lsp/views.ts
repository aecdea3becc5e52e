import type { TextDocument } from "vscode-languageserver-textdocument";
import { once } from "../core/base/once";
import { canonicalUri } from "../core/base/uri";
import type { FileView, Workspace } from "../core/language/view";
import { rules } from "../core/lint/rules/index";
import { type FileContext, subjectsOf } from "../core/project/subjects";
import { type FileKind, keptFile, mayBeLinted } from "../core/surfaces/files";
import type { Session } from "./session";
import { withFiles } from "./with-files";

/**
 * Answers a request about a file from the current state of its workspace. If the answer needs more files, they are
 * loaded, and the answer is computed again. If the file is gone or cannot be read, the answer is `otherwise`.
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
  const give = async () => {
    const { snapshot, links } = await analysis.project();
    return { snapshot, links, target };
  };
  return withFiles(
    files,
    give,
    (context) => {
      const document = files.notLinted(uri) ? undefined : documentOf(uri);
      return document ? make(openWorkspace(context, uri, kindOf(uri)), document) : otherwise;
    },
    mayBeLinted,
  );
}

/** Like `fromWorkspace`, but only for a file of a surface; for any other file, the answer is `otherwise`. */
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

/** The workspace around a file, whose kind can be determined by its language. */
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
