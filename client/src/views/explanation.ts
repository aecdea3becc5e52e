import type { ExplainResult } from "../../../server/src/protocol";
import type { Markdown } from "../text";
import { logReport } from "../texts/reports";
import { causeList, type Words } from "./boot-report";
import { markdown, none, paragraphs } from "./markdown";

/** The explanation of a log as a Markdown document. If no cause is found, it describes what was looked for. */
export function explanationMarkdown(ui: Words, { causes, looked }: ExplainResult): Markdown {
  const { md } = ui;
  if (causes.length > 0) {
    const first = causes.length === 1 ? none : markdown`\n\n${logReport.firstCause(md)}`;
    return markdown`# ${logReport.title(md)}\n\n${causeList(ui, causes)}${first}\n`;
  }
  const parts = [
    markdown`# ${logReport.noCause(md)}`,
    logReport.looked(md, looked.known, looked.lines),
    logReport.patterns(md),
    logReport.advice(md),
  ];
  return markdown`${paragraphs(parts)}\n`;
}
