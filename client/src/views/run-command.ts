import type { PartMessage } from "../../../server/src/protocol";
import type { Ui } from "../ports";
import { code, fenced } from "./markdown";

/** A copied command with the reason of everything in it, as a Markdown document. */
export function planMarkdown(
  t: Ui["t"],
  tool: string,
  language: string,
  text: string,
  parts: readonly PartMessage[],
): string {
  const reasons = parts.map(({ what, why, cost }) => {
    const price = cost === undefined ? "" : ` ${t("Cost: {0}", cost)}`;
    return `- ${code(what)}: ${why}${price}`;
  });
  return [
    `# ${tool}`,
    fenced(text, language),
    `## ${t("Why each part is there")}`,
    reasons.join("\n"),
    "",
  ].join("\n\n");
}
