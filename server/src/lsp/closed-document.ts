import { TextDocument } from "vscode-languageserver-textdocument";

/** A document that no editor has open. */
export function closedDocument(uri: string, text: string): TextDocument {
  return TextDocument.create(uri, "", 0, text);
}
