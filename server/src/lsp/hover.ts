import type { Hover } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Description } from "../core/language/description";
import { meaningOf } from "../core/lint/meaning";
import { isNotice } from "../core/lint/not-linted";
import type { Finding } from "../core/lint/rule";
import type { LoadWords } from "./completion";
import { toRange } from "./convert";
import { guard } from "./guard";
import { inMarkdown } from "./markdown";
import type { Say, Session } from "./session";
import { fromView } from "./views";

/** Answers hover requests: with the findings at a position, or else with facts about the word there. */
export function answerHover(session: Session, load: LoadWords): void {
  const { connection, client, documents, analysis, log, say } = session;
  connection.onHover(({ textDocument: { uri }, position }, token) =>
    guard(log, "hover", token, null, async () => {
      const result = await analysis.lint(uri, token);
      const document = documents.get(uri);
      if (!result || !document) return null;
      const linked = client.options.commands === true;
      const found = hover(document, result.findings, document.offsetAt(position), (finding) =>
        [...explained(finding, say), pageOf(finding.rule, linked)].join("\n\n"),
      );
      if (found) return found;
      return fromView(session, uri, null, (view, document) => {
        const word = load().describe(view, document.offsetAt(position));
        return word ? ofWord(document, word, say, linked) : null;
      });
    }),
  );
}

/** Explains the findings at the offset. */
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

/** The facts about a word, with their cost and source, and the rule whose page has more details. */
function ofWord(
  document: TextDocument,
  { span, lines, rule }: Description,
  say: Say,
  linked: boolean,
): Hover {
  const said = lines.map((line) => say(inMarkdown(line))).join("\n\n");
  const value = rule === undefined ? said : `${said} ${pageOf(rule, linked)}`;
  return { range: toRange(document, span), contents: { kind: "markdown", value } };
}

/**
 * The title, the consequence, and how certain it is that systemd boots there, in Markdown without text from the file.
 */
function explained(finding: Finding, say: Say): string[] {
  const meaning = meaningOf(finding);
  if (!meaning) return [];
  const { title, consequence, evidence } = meaning;
  return [`**${say(title)}**`, say(consequence), ...(evidence ? [say(evidence)] : [])];
}

/** The id of a rule, linked to its page if the client has the command that shows it. */
function pageOf(rule: string, linked: boolean): string {
  const argument = encodeURIComponent(JSON.stringify([rule]));
  return linked ? `[${rule}](command:systemdContainers.showRule?${argument})` : rule;
}
