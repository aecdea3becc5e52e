import type { PartMessage } from "../../../server/src/protocol";
import type { Ui } from "../ports";
import type { Markdown } from "../text";
import { code, fenced, joined, type Language, markdown, none, prose } from "./markdown";

/** What each part is for and what it costs, a line each. */
export function reasonList(t: Ui["md"], parts: readonly PartMessage[]): Markdown {
  const items = parts.map(({ what, why, cost }) => {
    const price = cost === undefined ? none : markdown` ${t("Cost: {0}", prose(cost))}`;
    return markdown`- ${code(what)}: ${prose(why)}${price}`;
  });
  return joined(items, "\n");
}

/** The language of a command line by the shell that reads it. */
export const languages = { posix: "sh", powershell: "powershell" } as const;

/** A copied command with the reason of everything in it, as a Markdown document. */
export function planMarkdown(
  t: Ui["md"],
  tool: string,
  language: Language,
  text: string,
  parts: readonly PartMessage[],
): Markdown {
  return joined(
    [
      markdown`# ${prose(tool)}`,
      fenced(text, language),
      markdown`## ${t("Options explained")}`,
      reasonList(t, parts),
      none,
    ],
    "\n\n",
  );
}
