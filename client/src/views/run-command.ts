import type { PartMessage } from "../../../server/src/protocol";
import type { Ui } from "../ports";
import { code, fenced } from "./markdown";

/** What each part is for and what it costs, a line each. */
export function reasonList(t: Ui["t"], parts: readonly PartMessage[]): string {
  return parts
    .map(({ what, why, cost }) => {
      const price = cost === undefined ? "" : ` ${t("Cost: {0}", cost)}`;
      return `- ${code(what)}: ${why}${price}`;
    })
    .join("\n");
}

/** A copied command with the reason of everything in it, as a Markdown document. */
export function planMarkdown(
  t: Ui["t"],
  tool: string,
  language: string,
  text: string,
  parts: readonly PartMessage[],
): string {
  return [
    `# ${tool}`,
    fenced(text, language),
    `## ${t("Why each part is there")}`,
    reasonList(t, parts),
    "",
  ].join("\n\n");
}
