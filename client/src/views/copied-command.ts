import type { PartMessage } from "../../../server/src/protocol";
import type { Markdown, TranslateMarkdown } from "../text";
import { commandReport } from "../texts/reports";
import { code, fenced, joined, type Language, markdown, none, prose } from "./markdown";

/** The purpose and the disadvantages of each part, one line per part. */
export function reasonList(md: TranslateMarkdown, parts: readonly PartMessage[]): Markdown {
  const items = parts.map(({ what, why, cost }) => {
    const price = cost === undefined ? none : markdown` ${commandReport.cost(md, prose(cost))}`;
    return markdown`- ${code(what)}: ${prose(why)}${price}`;
  });
  return joined(items, "\n");
}

/** The language of the code block for a command line, by shell. */
export const languages = { posix: "sh", powershell: "powershell" } as const;

/** A copied command as a Markdown document that explains each part. */
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
