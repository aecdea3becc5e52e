import type { ExplainResult } from "../../../server/src/protocol";
import type { Markdown } from "../text";
import { causeList, type Words } from "./boot-report";
import { markdown, none, paragraphs } from "./markdown";

/** What a log means, as a Markdown document; what is unknown says what was looked for. */
export function explanationMarkdown(ui: Words, { causes, looked }: ExplainResult): Markdown {
  const { md: t } = ui;
  if (causes.length > 0) {
    const first = causes.length === 1 ? none : markdown`\n\n${t("The first is the one to mend first.")}`;
    return markdown`# ${t("What the log tells")}\n\n${causeList(ui, causes)}${first}\n`;
  }
  const parts = [
    markdown`# ${t("Unknown")}`,
    t("None of the {0} lines that are known is among the {1} lines of the log.", looked.known, looked.lines),
    t(
      "Looked for was what systemd writes when it cannot boot (control groups, /run, another PID 1), when units fail (their exit statuses, sandboxes, mounts, capabilities) and when logins wait; what Docker, Podman and builds answer to flags that they do not take; and what systemctl says where no systemd runs.",
    ),
    t(
      "If the container does boot systemd: start it with a terminal (-t), so that the log has its first lines. The first line that sounds like a failure counts, not the last.",
    ),
  ];
  return markdown`${paragraphs(parts)}\n`;
}
