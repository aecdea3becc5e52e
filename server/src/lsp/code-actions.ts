import type { CodeAction, CodeActionParams } from "vscode-languageserver";
import { type ActionContext, fixAllAction, fixAllKind, ignoreCommentActions, quickFixes } from "./actions";
import { guard } from "./guard";
import type { LoadNavigation } from "./navigate";
import { offers } from "./offers";
import type { Session } from "./session";

/** Answers requests for quick fixes, for Fix All and for whole-file actions. */
export function answerCodeActions(session: Session, load: LoadNavigation): void {
  const { connection, log } = session;
  connection.onCodeAction((params, token) =>
    guard<CodeAction[]>(log, "code actions", token, [], async () => {
      const { uri } = params.textDocument;
      const whole = await offers(session, load, params, token);
      // Nothing is awaited between computing the findings and answering.
      const input = wantsFixAll(params) ? await fixAllInput(session, uri) : undefined;
      const result = await session.analysis.lint(uri, token, "fixes");
      const document = session.documents.get(uri);
      if (!document || session.files.notLinted(uri)) return [];
      if (!result) return whole;
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
      const text = document.getText();
      const all = input && fixAllAction(context, { ...input, uri, text, kind: context.kind }, log);
      return [
        ...quickFixes(context, params),
        ...ignoreCommentActions(context, params),
        ...(all ? [all] : []),
        ...whole,
      ];
    }),
  );
}

/** Whether a client requests Fix All by name: its kind, or a broader kind that includes it. */
function wantsFixAll({ context: { only } }: CodeActionParams): boolean {
  return only?.some((kind) => fixAllKind === kind || fixAllKind.startsWith(`${kind}.`)) ?? false;
}

async function fixAllInput({ files, client }: Session, uri: string) {
  return { snapshot: await files.snapshot(), settings: await client.settings.of(uri) };
}
