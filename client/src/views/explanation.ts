import type { ExplainResult } from "../../../server/src/protocol";
import type { Markdown } from "../text";
import { causeList, type Words } from "./boot-report";
import { markdown, none, paragraphs } from "./markdown";

/** What a log means, as a Markdown document; what is unknown shows what was looked for. */
export function explanationMarkdown(ui: Words, { causes, looked }: ExplainResult): Markdown {
  const { md: t } = ui;
  if (causes.length > 0) {
    const first = causes.length === 1 ? none : markdown`\n\n${t("Fix the first cause first.")}`;
    return markdown`# ${t("Log analysis")}\n\n${causeList(ui, causes)}${first}\n`;
  }
  const parts = [
    markdown`# ${t("No known cause found")}`,
    t("Checked {1} log lines against {0} known patterns.", looked.known, looked.lines),
    t(
      "The patterns cover systemd boot failures (cgroups, /run, another PID 1), failed units (exit statuses, sandboxing, mounts, capabilities), delayed logins, flags that Docker, Podman or a build rejects, and systemctl errors where systemd is not running.",
    ),
    t(
      "If the container boots systemd, start it with a terminal (-t) so that the log contains its first lines. The first line that reports a failure matters, not the last.",
    ),
  ];
  return markdown`${paragraphs(parts)}\n`;
}
