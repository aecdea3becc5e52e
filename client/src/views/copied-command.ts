import type { PartMessage } from "../../../server/src/protocol";
import type { Markdown, TranslateMarkdown } from "../text";
import { commandReport } from "../texts/reports";
import { code, fenced, joined, type Language, markdown, none, prose } from "./markdown";

/** What each part is for and what it costs, a line each. */
export function reasonList(md: TranslateMarkdown, parts: readonly PartMessage[]): Markdown {
  const items = parts.map(({ what, why, cost }) => {
    const price = cost === undefined ? none : markdown` ${commandReport.cost(md, prose(cost))}`;
    return markdown`- ${code(what)}: ${prose(why)}${price}`;
  });
  return joined(items, "\n");
}

/** The language of a command line by the shell that reads it. */
export const languages = { posix: "sh", powershell: "powershell" } as const;

/** A copied command with the reason of everything in it, as a Markdown document. */
export function planMarkdown(
  md: TranslateMarkdown,
  tool: string,
  language: Language,
  text: string,
  parts: readonly PartMessage[],
): Markdown {
  return joined(
    [
      markdown`# ${prose(tool)}`,
      fenced(text, language),
      markdown`## ${commandReport.options(md)}`,
      reasonList(md, parts),
      none,
    ],
    "\n\n",
  );
}
