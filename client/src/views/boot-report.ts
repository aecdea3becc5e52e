import type { CauseMessage, ExplainResult, PlaceMessage } from "../../../server/src/protocol";
import type { BootReport, Ui } from "../ports";
import type { Markdown } from "../text";
import { consoleText } from "../texts/console";
import { unitFailure } from "../texts/exit-status";
import { code, fenced, joined, markdown, none, paragraphs, prose, table } from "./markdown";

type Say = Ui["md"];

/** What a report needs of the editor: its language, and what a file is called. */
export type Words = Pick<Ui, "t" | "md" | "label">;

/** The boot report as a Markdown document, with what is known of why it went wrong. */
export function reportMarkdown(ui: Words, name: string, report: BootReport, why: ExplainResult): Markdown {
  const { md } = ui;
  const parts = [
    markdown`# ${md("Boot of {0}", prose(name))}`,
    summary(md, report),
    why.causes.length > 0 ? markdown`## ${md("Why")}\n\n${causeList(ui, why.causes)}` : none,
    report.failed.length > 0 ? failedPart(ui, report, why) : none,
    report.mounts.length > 0 ? mountsPart(md, report) : none,
    report.targets.length > 0
      ? markdown`## ${md("Targets reached")}\n\n${joined(report.targets.map(code), ", ")}`
      : none,
    report.log.trim() === "" ? none : markdown`## ${md("Console")}\n\n${fenced(consoleText(ui.t, report))}`,
  ];
  return markdown`${paragraphs(parts)}\n`;
}

function summary(t: Say, report: BootReport): Markdown {
  const rows: [Markdown, Markdown][] = [[t("State"), markdown`**${stateText(t, report)}**`]];
  if (report.seconds !== undefined) rows.push([t("Time"), t("{0} s", prose(report.seconds.toFixed(1)))]);
  if (report.exitCode !== undefined) rows.push([t("Exit code"), markdown`${report.exitCode}`]);
  if (report.systemd !== undefined) rows.push([markdown`systemd`, code(report.systemd)]);
  if (report.pid1 !== undefined) rows.push([markdown`PID 1`, code(report.pid1)]);
  if (report.virtualization !== undefined)
    rows.push([t("Detected virtualization"), code(report.virtualization)]);
  if (report.cgroup !== undefined) rows.push([t("Cgroup"), code(report.cgroup)]);
  return joined(
    rows.map(([what, value]) => markdown`- ${what}: ${value}`),
    "\n",
  );
}

function stateText(t: Say, { state, failed }: BootReport): Markdown {
  switch (state) {
    case "running":
      return t("running");
    case "degraded":
      return t("degraded (failed units: {0})", failed.length);
    case "starting":
      return t("still starting (timeout)");
    case "exited":
      return t("exited");
    case "frozen":
      return t("frozen (PID 1 stopped responding)");
  }
}

/** Causes with what to do, the line that shows each, and the line of a file that is to blame. */
export function causeList(ui: Words, causes: readonly CauseMessage[]): Markdown {
  const items = causes.map(({ line, cause, fix, rule, place }) => {
    const name = rule === undefined ? none : markdown` (${code(rule)})`;
    const where = place === undefined ? none : markdown` ${named(ui, place)}`;
    const told = line === "" ? none : markdown`\n\n  ${code(line.trim())}`;
    return markdown`- **${prose(cause)}** ${prose(fix)}${name}${where}${told}`;
  });
  return joined(items, "\n");
}

/** A place by name only: the rendered Markdown of VS Code opens no links to files. Messages have a button for it. */
function named({ label }: Words, { uri, line }: PlaceMessage): Markdown {
  return code(`${label(uri)}:${line + 1}`);
}

function failedPart(ui: Words, { failed }: BootReport, { units }: ExplainResult): Markdown {
  const parts = failed.map(({ unit, ended, journal }) => {
    const known = units.find((one) => one.unit === unit);
    const title = markdown`### ${code(unit)}${ended === undefined ? none : markdown`: ${prose(unitFailure(ui.t, ended))}`}`;
    const causes = known && known.causes.length > 0 ? causeList(ui, known.causes) : none;
    // The place of a cause is named there.
    const blamed = known?.place && !known.causes.some(({ place }) => place);
    const says = known?.says ? markdown`${prose(known.says)} ` : none;
    const place = blamed && known?.place ? markdown`${says}${named(ui, known.place)}` : none;
    const lines = journal.length === 0 ? none : fenced(journal.join("\n"));
    return paragraphs([title, causes, place, lines]);
  });
  return paragraphs([markdown`## ${ui.md("Failed units")}`, ...parts]);
}

function mountsPart(t: Say, { mounts }: BootReport): Markdown {
  const rows = mounts.map(({ path, type, options }) => [code(path), code(type), code(options)]);
  return markdown`## ${t("Relevant mounts")}\n\n${table([t("Path"), t("Type"), t("Options")], rows)}`;
}
