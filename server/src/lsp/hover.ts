import type { Hover } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { explainFinding } from "../core/docs/page";
import { rulePage } from "../core/docs/url";
import { isNotice } from "../core/lint/not-linted";
import type { Finding } from "../core/lint/rule";
import { toRange } from "./convert";
import { guard } from "./guard";
import type { Session } from "./session";

/** Answers the request for what is known of a place. */
export function answerHover({ connection, documents, analysis, log }: Session): void {
  connection.onHover(({ textDocument: { uri }, position }, token) =>
    guard(log, "hover", token, null, async () => {
      const result = await analysis.lint(uri, token);
      const document = documents.get(uri);
      return result && document ? hover(document, result.findings, document.offsetAt(position)) : null;
    }),
  );
}

/** What a finding at the offset means: why, what becomes of the container, what was measured. */
function hover(document: TextDocument, findings: readonly Finding[], offset: number): Hover | null {
  const hit = findings.filter(
    ({ span, rule }) => !isNotice(rule) && span.start <= offset && offset <= span.end,
  );
  const first = hit[0];
  if (!first) return null;
  const texts = hit.map(
    (finding) => `${explainFinding(finding)}\n\n[${finding.rule}](${rulePage(finding.rule)})`,
  );
  return {
    range: toRange(document, first.span),
    contents: { kind: "markdown", value: [...new Set(texts)].join("\n\n---\n\n") },
  };
}
