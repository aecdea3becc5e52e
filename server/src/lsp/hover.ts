import type { Hover } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { explainFinding } from "../core/docs/page";
import { isNotice } from "../core/lint/not-linted";
import type { Finding } from "../core/lint/rule";
import { toRange } from "./convert";
import { guard } from "./guard";
import type { Session } from "./session";

/** Answers the request for what is known of a place. */
export function answerHover({ connection, client, documents, analysis, log }: Session): void {
  connection.onHover(({ textDocument: { uri }, position }, token) =>
    guard(log, "hover", token, null, async () => {
      const result = await analysis.lint(uri, token);
      const document = documents.get(uri);
      if (!result || !document) return null;
      const linked = client.options.commands === true;
      return hover(document, result.findings, document.offsetAt(position), linked);
    }),
  );
}

/** What a finding at the offset means: why, what becomes of the container, what was measured. */
function hover(
  document: TextDocument,
  findings: readonly Finding[],
  offset: number,
  linked: boolean,
): Hover | null {
  const hit = findings.filter(
    ({ span, rule }) => !isNotice(rule) && span.start <= offset && offset <= span.end,
  );
  const first = hit[0];
  if (!first) return null;
  const texts = hit.map((finding) => `${explainFinding(finding)}\n\n${pageOf(finding.rule, linked)}`);
  return {
    range: toRange(document, first.span),
    contents: { kind: "markdown", value: [...new Set(texts)].join("\n\n---\n\n") },
  };
}

/** A rule's id, which shows its page where the client has the command for it. */
function pageOf(rule: string, linked: boolean): string {
  const argument = encodeURIComponent(JSON.stringify([rule]));
  return linked ? `[${rule}](command:systemdContainers.showRule?${argument})` : rule;
}
