import { type CompletionItem, CompletionItemKind, InsertTextMode } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Completion } from "../core/language/completion";
import { toTextEdit } from "./convert";
import { guard } from "./guard";
import type { Say, Session } from "./session";
import { fromView } from "./views";
import type * as Words from "./words";

/** Returns the module that describes systemd's terms, which is loaded on first use. */
export type LoadWords = () => typeof Words;

const kinds: Readonly<Record<Completion["kind"], CompletionItemKind>> = {
  value: CompletionItemKind.Value,
  unit: CompletionItemKind.Module,
  setting: CompletionItemKind.Property,
  rule: CompletionItemKind.Reference,
};

/** Answers completion requests: which systemd options, units and values can be written at a position. */
export function answerCompletion(session: Session, load: LoadWords): void {
  const { connection, log, say } = session;
  connection.onCompletion(({ textDocument: { uri }, position }, token) =>
    guard(log, "completion", token, [], () =>
      fromView(session, uri, [], (view, document) =>
        load()
          .complete(view, document.offsetAt(position))
          .map((each, index) => toItem(document, each, index, say)),
      ),
    ),
  );
}

/** Text from files is never rendered as Markdown. */
function toItem(document: TextDocument, completion: Completion, index: number, say: Say): CompletionItem {
  const { label, kind, span, text, cost, about } = completion;
  return {
    label,
    kind: kinds[kind],
    detail: say(cost),
    documentation: { kind: "plaintext", value: about.map(say).join("\n\n") },
    sortText: String(index).padStart(3, "0"),
    filterText: label,
    textEdit: toTextEdit(document, { span, text }),
    ...(text.includes("\n") && { insertTextMode: InsertTextMode.adjustIndentation }),
  };
}
