import { TextDocument } from "vscode-languageserver-textdocument";

/** A document that is not open in any editor. */
export function closedDocument(uri: string, text: string): TextDocument {
  return TextDocument.create(uri, "", 0, text);
}
