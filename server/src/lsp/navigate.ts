import {
  type DefinitionLink,
  DefinitionRequest,
  DocumentLinkRequest,
  type Location,
  type Range,
  ReferencesRequest,
} from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Mention, Target } from "../core/language/mention";
import { toRange } from "./convert";
import { guard } from "./guard";
import { alsoSend } from "./more-documents";
import type * as Navigation from "./navigation";
import type { Session } from "./session";
import { fromWorkspace } from "./views";

/** Returns the module that finds positions, which is loaded on first use. */
export type LoadNavigation = () => typeof Navigation;

/** Answers requests for the files that a word refers to, and for the words that refer to a file. */
export function answerNavigation(session: Session, load: LoadNavigation): void {
  const { analysis, connection, client, documentOf, files, log } = session;
  connection.onDefinition(({ textDocument: { uri }, position }, token) =>
    guard<Location[] | DefinitionLink[]>(log, "definition", token, [], () =>
      fromWorkspace<Location[] | DefinitionLink[]>(session, uri, [], (workspace, document) => {
        const mention = load().definition(workspace, uri, document.offsetAt(position));
        if (!mention) return [];
        return client.capabilities.textDocument?.definition?.linkSupport
          ? [toLink(mention, document, session)]
          : [toLocation(mention.target, session)];
      }),
    ),
  );
  connection.onReferences(({ textDocument: { uri }, position, context }, token) =>
    guard<Location[]>(log, "references", token, [], () =>
      fromWorkspace<Location[]>(session, uri, [], (workspace, document) => {
        const found = load().references(workspace, uri, document.offsetAt(position));
        const [first] = found;
        const declared = context.includeDeclaration && first ? [toLocation(first.target, session)] : [];
        return [...declared, ...found.map((mention) => toLocation(mention, session))];
      }),
    ),
  );
  connection.onDocumentLinks(({ textDocument: { uri } }, token) =>
    guard(log, "document links", token, [], async () => {
      // Diagnostics are computed first, since an editor requests both when it opens a file.
      await analysis.lint(uri, token);
      return fromWorkspace(session, uri, [], (workspace, document) =>
        load()
          .links(workspace, uri)
          .filter(({ target }) => files.isInside(target.uri) && documentOf(target.uri))
          .map(({ span, target }) => ({ range: toRange(document, span), target: target.uri })),
      );
    }),
  );
}

const start: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function toLocation({ uri, span }: Target, { documentOf }: Session): Location {
  const document = span && documentOf(uri);
  return { uri: document?.uri ?? uri, range: document ? toRange(document, span) : start };
}

function toLink({ span, target }: Mention, document: TextDocument, session: Session): DefinitionLink {
  const { uri, range } = toLocation(target, session);
  return {
    originSelectionRange: toRange(document, span),
    targetUri: uri,
    targetRange: range,
    targetSelectionRange: { start: range.start, end: range.start },
  };
}

/** Unit files can refer to files, and other files can refer to unit files. */
export function navigateUnits(session: Session): void {
  alsoSend(session, "systemd-unit", ["definition", "references", "documentLink"], (registration, options) => {
    registration.add(DefinitionRequest.type, options);
    registration.add(ReferencesRequest.type, options);
    registration.add(DocumentLinkRequest.type, options);
  });
}
