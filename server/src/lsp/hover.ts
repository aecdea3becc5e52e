import type { Hover } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import { meaningOf } from "../core/lint/meaning";
import { isNotice } from "../core/lint/not-linted";
import type { Finding } from "../core/lint/rule";
import { toRange } from "./convert";
import { guard } from "./guard";
import type { Say, Session } from "./session";

/** Answers the request for what is known of a place. */
export function answerHover({ connection, client, documents, analysis, log, say }: Session): void {
  connection.onHover(({ textDocument: { uri }, position }, token) =>
    guard(log, "hover", token, null, async () => {
      const result = await analysis.lint(uri, token);
      const document = documents.get(uri);
      if (!result || !document) return null;
      const linked = client.options.commands === true;
      return hover(document, result.findings, document.offsetAt(position), (finding) =>
        [...explained(finding, say), pageOf(finding.rule, linked)].join("\n\n"),
      );
    }),
  );
}

/** What the findings at the offset mean. */
function hover(
  document: TextDocument,
  findings: readonly Finding[],
  offset: number,
  explain: (finding: Finding) => string,
): Hover | null {
  const hit = findings.filter(
    ({ span, rule }) => !isNotice(rule) && span.start <= offset && offset <= span.end,
  );
  const first = hit[0];
  if (!first) return null;
  return {
    range: toRange(document, first.span),
    contents: { kind: "markdown", value: [...new Set(hit.map(explain))].join("\n\n---\n\n") },
  };
}

/** Title, consequence, and how certain it is that systemd boots there, in Markdown without text of the file. */
function explained(finding: Finding, say: Say): string[] {
  const meaning = meaningOf(finding);
  if (!meaning) return [];
  const { title, consequence, evidence } = meaning;
  return [`**${say(title)}**`, say(consequence), ...(evidence ? [say(evidence)] : [])];
}

/** A rule's id, which shows its page where the client has the command for it. */
function pageOf(rule: string, linked: boolean): string {
  const argument = encodeURIComponent(JSON.stringify([rule]));
  return linked ? `[${rule}](command:systemdContainers.showRule?${argument})` : rule;
}
