import { TextDocument } from "vscode-languageserver-textdocument";
import { filled, format } from "../core/base/message";
import { lineEnding, type Span } from "../core/base/text";
import type { FileEdit, Finding } from "../core/lint/rule";
import type { EditRow, FindingRow, PlaceRow } from "./formats/format";

/** A file in the output: the name shown there, and the content. */
interface NamedText {
  readonly name: string;
  readonly text: string;
}

/**
 * The findings of a file as rows. `fileAt` returns the other files that fixes edit; a file to be created has no
 * content.
 */
export function findingRows(
  { uri, ...own }: NamedText & { readonly uri: string },
  findings: readonly Finding[],
  fileAt: (uri: string) => NamedText,
): FindingRow[] {
  const documents = new Map<string, TextDocument>();
  const documentOf = ({ name, text }: NamedText) => {
    const document = documents.get(name) ?? TextDocument.create("", "", 0, text);
    documents.set(name, document);
    return document;
  };
  const placeOf = (file: NamedText, span: Span) => place(file.name, documentOf(file), span);
  const editRow = (edit: FileEdit): EditRow => {
    const file = edit.uri === undefined || edit.uri === uri ? own : fileAt(edit.uri);
    return {
      ...placeOf(file, edit.span),
      offset: edit.span.start,
      endOffset: edit.span.end,
      newText: edit.text.replace(/\r?\n/g, lineEnding(file.text)),
      ...(edit.create && { create: true }),
    };
  };
  return findings.map(({ rule, span, severity, message, grade, reason, fixes }) => ({
    ...placeOf(own, span),
    rule,
    severity,
    message: format(message),
    messageId: message.key.slice(message.key.lastIndexOf(".") + 1),
    args: Object.fromEntries(Object.entries(message.args).map(([name, value]) => [name, filled(value)])),
    ...(grade && reason && { grade, evidence: format(reason) }),
    fixes: fixes.map(({ title, safe, edits }) => ({ title: format(title), safe, edits: edits.map(editRow) })),
  }));
}

function place(file: string, document: TextDocument, span: Span): PlaceRow {
  const start = document.positionAt(span.start);
  const end = document.positionAt(span.end);
  return {
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
