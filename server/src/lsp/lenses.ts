import type { CodeLens, InlayHint } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Lens } from "../core/language/lenses";
import type { LoadWords } from "./completion";
import { toRange } from "./convert";
import { guard } from "./guard";
import type { LoadNavigation } from "./navigate";
import type { Session } from "./session";
import { fromView } from "./views";

/** Answers code lens requests. Diagnostics are computed first, and lenses that are turned off cost nothing. */
export function answerLenses(session: Session, load: LoadNavigation): void {
  const { analysis, connection, client, log } = session;
  connection.onCodeLens(({ textDocument: { uri } }, token) =>
    guard<CodeLens[]>(log, "lenses", token, [], async () => {
      const { boot, copy } = (await client.settings.shown(uri)).lenses;
      const isShown = { boot: boot && client.options.engine === true, copy };
      if (!client.options.commands || (!isShown.boot && !isShown.copy)) return [];
      await analysis.lint(uri, token);
      return fromView<CodeLens[]>(session, uri, [], (view, document) =>
        load()
          .lenses(view)
          .filter(({ does }) => isShown[does])
          .map((lens) => toLens(lens, document, session)),
      );
    }),
  );
}

function toLens({ span, does, title, container }: Lens, document: TextDocument, { say }: Session): CodeLens {
  const ofBoot = container === undefined ? "buildAndBoot" : "bootComposeService";
  return {
    range: toRange(document, span),
    command: {
      title: say(title),
      command: `systemdContainers.${does === "copy" ? "copyRunCommand" : ofBoot}`,
      arguments: container === undefined ? [document.uri] : [document.uri, container],
    },
  };
}

/** Answers requests for the hints at the ends of lines. */
export function answerHints(session: Session, load: LoadWords): void {
  const { analysis, connection, client, log, say } = session;
  connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) =>
    guard<InlayHint[]>(log, "hints", token, [], async () => {
      if (!(await client.settings.shown(uri)).hints) return [];
      await analysis.lint(uri, token);
      return fromView<InlayHint[]>(session, uri, [], (view, document) => {
        const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
        return load()
          .hints(view)
          .filter(({ offset }) => start <= offset && offset <= end)
          .map(({ offset, label, about }) => ({
            ...{ position: document.positionAt(offset), label, tooltip: say(about), paddingLeft: true },
          }));
      });
    }),
  );
}
