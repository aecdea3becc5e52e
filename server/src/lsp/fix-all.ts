import type { CancellationToken } from "vscode-languageserver";
import { message } from "../core/base/message";
import { type Finding, rank } from "../core/lint/rule";
import { type FixAllParams, type FixAllResult, fixAllMethod } from "../protocol";
import { fixWhole } from "./actions";
import { closedDocument } from "./closed-document";
import { toPlace } from "./convert";
import { guard } from "./guard";
import type { Session } from "./session";

const notDone = {
  failed: message(
    "fix-all.failed",
    "Because of a bug in this extension, nothing was fixed. See the log (Show Log).",
  ),
  unread: message("fix-all.unread", "Nothing was fixed: the file cannot be read, or is not linted."),
  changed: message(
    "fix-all.changed",
    "Nothing was fixed: the file changed in the meantime. Run Fix All again.",
  ),
};

/**
 * Answers the client's command Fix All: edits the file through the client, and reports what was done and what is
 * left.
 */
export function answerFixAll(session: Session): void {
  const { connection, log, say } = session;
  connection.onRequest<FixAllResult, void>(fixAllMethod, ({ uri }: FixAllParams, token: CancellationToken) =>
    guard(log, "Fix All", token, { refused: say(notDone.failed) }, () => fix(session, uri, token)),
  );
}

async function fix(session: Session, uri: string, token: CancellationToken): Promise<FixAllResult> {
  const { analysis, client, connection, files, log, say } = session;
  // Also loads the files that the file is linked to.
  await analysis.lint(uri, token, "fixes");
  const settings = await client.settings.of(uri);
  const snapshot = await files.snapshot();
  const document = session.documentOf(uri);
  if (!document || files.notLinted(uri)) return { refused: say(notDone.unread) };
  const { capabilities } = client;
  const versionOf = (of: string) => files.open(of)?.version ?? null;
  const context = { document, other: session.documentOf, versionOf, capabilities };
  const input = { uri, text: document.getText(), kind: session.kindOf(uri), snapshot, settings };
  const { text, edit, applied, result } = fixWhole(context, input, log);
  if (edit) {
    const answer = await connection.workspace.applyEdit({ label: "Fix All", edit });
    if (!answer.applied) return { refused: say(notDone.changed) };
  }
  const [first] = [...result.findings].sort((a, b) => rank(a.severity) - rank(b.severity));
  const place = first && toPlace(closedDocument(uri, text), first.span);
  return {
    fixed: applied,
    ...counted(result.findings),
    first: first && place && { place, fixable: first.fixes.length > 0 },
  };
}

/** Counts hints separately, with or without a fix, since Fix All does not change them. */
function counted(findings: readonly Finding[]) {
  const others = findings.filter(({ severity }) => severity !== "hint");
  const suggestions = others.filter(({ fixes }) => fixes.length > 0).length;
  return { suggestions, unfixable: others.length - suggestions, hints: findings.length - others.length };
}
