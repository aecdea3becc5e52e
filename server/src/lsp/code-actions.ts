import type { CodeAction, CodeActionParams } from "vscode-languageserver";
import { type ActionContext, fixAllAction, fixAllKind, quickFixes } from "./actions";
import { guard } from "./guard";
import type { Session } from "./session";

/** Answers the request for quick fixes and for Fix All. */
export function answerCodeActions(session: Session): void {
  const { connection, log } = session;
  connection.onCodeAction((params, token) =>
    guard<CodeAction[]>(log, "code actions", token, [], async () => {
      const { uri } = params.textDocument;
      const snapshot = await session.files.snapshot();
      const settings = await session.client.settings.of(uri);
      const result = await session.analysis.lint(uri, token);
      const document = session.documents.get(uri);
      if (!result || !document || session.files.notLinted(uri)) return [];
      const context: ActionContext = {
        document,
        kind: session.kindOf(uri),
        findings: result.findings,
        editable: result.problems.length === 0,
        other: session.documentOf,
        versionOf: (of) => session.files.open(of)?.version ?? null,
        capabilities: session.client.capabilities,
        hasCommands: session.client.options.commands === true,
        say: session.say,
      };
      session.starts(uri);
      const input = { uri, text: document.getText(), kind: context.kind, snapshot, settings };
      const all = wantsFixAll(params) ? fixAllAction(context, input, log) : undefined;
      return [...quickFixes(context, params), ...(all ? [all] : [])];
    }),
  );
}

/** Fix All is given to a client that asks for its kind, or a narrower one, by name. */
function wantsFixAll({ context: { only } }: CodeActionParams): boolean {
  return only?.some((kind) => fixAllKind === kind || fixAllKind.startsWith(`${kind}.`)) ?? false;
}
