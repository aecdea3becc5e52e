import type { Diagnostic, DiagnosticSeverity, Range, TextEdit } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { type Edit, lineEnding, type Span } from "../core/base/text";
import type { Finding, Severity } from "../core/lint/rule";
import type { Explained } from "../core/plan/render/command";
import type { PartMessage, PlaceMessage } from "../protocol";
import type { Say } from "./session";

/** The `source` of every diagnostic, which shows the reader its origin. */
const source = "systemd-containers";

/** Uses LSP's numbers, since its constants would pull the entire protocol into bundles that only write edits. */
const severities: Record<Severity, DiagnosticSeverity> = { error: 1, warning: 2, information: 3, hint: 4 };

export function toRange(document: TextDocument, { start, end }: Span): Range {
  return { start: document.positionAt(start), end: document.positionAt(end) };
}

export function toPlace(document: TextDocument, span: Span): PlaceMessage {
  const { start, end } = toRange(document, span);
  return {
    uri: document.uri,
    line: start.line,
    character: start.character,
    endLine: end.line,
    endCharacter: end.character,
  };
}

/** `other` returns the document of another file, for related information; it can be undefined. */
export function toDiagnostic(
  document: TextDocument,
  finding: Finding,
  other: (uri: string) => TextDocument | undefined,
  say: Say,
): Diagnostic {
  const related = finding.related.flatMap(({ uri, span, message }) => {
    const place = uri === document.uri ? document : other(uri);
    return place ? [{ location: { uri, range: toRange(place, span) }, message: say(message) }] : [];
  });
  return {
    range: toRange(document, finding.span),
    severity: severities[finding.severity],
    code: finding.rule,
    source,
    message: say(finding.message),
    relatedInformation: related.length > 0 ? related : undefined,
    tags: finding.rule === "unused-ignore" ? [1] : undefined,
  };
}

/** A reason from a plan or a diagnosis, as text. */
export function toPart({ what, why, cost }: Explained, say: Say): PartMessage {
  return { what, why: say(why), cost: cost && say(cost) };
}

/** An edit to a document, with the line endings of the document. */
export function toTextEdit(document: TextDocument, { span, text }: Edit): TextEdit {
  const newText = text.replace(/\r?\n/g, lineEnding(document.getText()));
  return { range: toRange(document, span), newText };
}
