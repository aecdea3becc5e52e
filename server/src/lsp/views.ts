import type { TextDocument } from "vscode-languageserver-textdocument";
import { once } from "../core/base/once";
import { recording } from "../core/base/snapshot";
import type { FileView } from "../core/language/view";
import { rules } from "../core/lint/rules/index";
import { type FileContext, subjectsOf } from "../core/project/subjects";
import { keptFile, kindOfName } from "../core/surfaces/files";
import type { Session } from "./session";

/** Units are copied from files that no result requested; more rounds than this find nothing new. */
const maxRounds = 8;

/**
 * Answers a request about an open file from what is known of it now. Files that the answer asks for are loaded, and it is
 * made again. For a file of no surface it is `otherwise`.
 */
export async function fromView<Answer>(
  session: Session,
  uri: string,
  otherwise: Answer,
  make: (view: FileView, document: TextDocument) => Answer,
): Promise<Answer> {
  const { analysis, client, documents, files, kindOf } = session;
  const { target } = await client.settings.of(uri);
  const loaded = new Set<string>();
  for (let round = 1; ; round++) {
    const { snapshot: whole, links } = await analysis.project();
    const { snapshot, missed } = recording(whole);
    const document = documents.get(uri);
    const text = files.notLinted(uri) ? undefined : document?.getText();
    const context = { uri, text: text ?? "", kind: kindOf(uri), snapshot, links, target };
    const view = text === undefined ? undefined : openView(context);
    const answer = view && document ? make(view, document) : otherwise;
    // What only such answers ask for is not watched: the next one reads it again.
    for (const other of missed) if (kindOfName(other) === undefined) loaded.add(other);
    if (round < maxRounds && (await files.load(missed))) continue;
    for (const other of loaded) files.forget(other);
    return answer;
  }
}

function openView(context: FileContext): FileView | undefined {
  const file = keptFile(context, context.snapshot.read);
  if (!file) return undefined;
  const containers = once(() => subjectsOf(context).containers);
  return {
    uri: context.uri,
    text: context.text,
    file,
    image: (stage) =>
      subjectsOf(context, [String(stage)]).images.find(({ image }) => image.from.stage === stage),
    containers,
    rules,
  };
}
