import type { CauseMessage, ExplainResult, PlaceMessage } from "../../../server/src/protocol";
import type { BootRecord, BootReport, Ui } from "../ports";
import type { Markdown, TranslateMarkdown } from "../text";
import { consoleText } from "../texts/console";
import { unitFailure } from "../texts/exit-status";
import { bootReport } from "../texts/reports";
import { maintenanceTarget } from "./boot-state";
import { code, fenced, joined, markdown, none, paragraphs, prose, table } from "./markdown";

/** What a report needs from the editor: translations and the labels of files. */
export type Words = Pick<Ui, "t" | "md" | "label">;

/** The boot report as a Markdown document, including the causes of a failure if they are known. */
export function reportMarkdown(ui: Words, { container, report, why, at }: BootRecord): Markdown {
  const { md } = ui;
  const parts = [
    markdown`# ${bootReport.title(md, prose(container.name))}`,
    bootReport.readAt(md, prose(new Date(at).toLocaleString()), code(container.id.slice(0, 12))),
    summary(md, report),
    why.causes.length > 0 ? markdown`## ${bootReport.why(md)}\n\n${causeList(ui, why.causes)}` : none,
    report.failed.length > 0 ? failedPart(ui, report, why) : none,
    report.mounts.length > 0 ? mountsPart(md, report) : none,
    report.targets.length > 0
      ? markdown`## ${bootReport.targets(md)}\n\n${joined(report.targets.map(code), ", ")}`
      : none,
    report.log.trim() === ""
      ? none
      : markdown`## ${bootReport.console(md)}\n\n${fenced(consoleText(ui.t, report))}`,
  ];
  return markdown`${paragraphs(parts)}\n`;
}

function summary(md: TranslateMarkdown, report: BootReport): Markdown {
  const rows: [Markdown, Markdown][] = [[bootReport.state(md), markdown`**${stateText(md, report)}**`]];
  if (report.seconds !== undefined)
    rows.push([bootReport.time(md), bootReport.seconds(md, prose(report.seconds.toFixed(1)))]);
  if (report.exitCode !== undefined) rows.push([bootReport.exitCode(md), markdown`${report.exitCode}`]);
  if (report.systemd !== undefined) rows.push([markdown`systemd`, code(report.systemd)]);
  if (report.pid1 !== undefined) rows.push([markdown`PID 1`, code(report.pid1)]);
  if (report.virtualization !== undefined)
    rows.push([bootReport.virtualization(md), code(report.virtualization)]);
  if (report.cgroup !== undefined) rows.push([bootReport.cgroup(md), code(report.cgroup)]);
  return joined(
    rows.map(([what, value]) => markdown`- ${what}: ${value}`),
    "\n",
  );
}

function stateText(md: TranslateMarkdown, report: BootReport): Markdown {
  const { state, failed } = report;
  switch (state) {
    case "running":
      return bootReport.running(md);
    case "degraded":
      return bootReport.degraded(md, failed.length);
    case "maintenance":
      return bootReport.maintenance(md, code(maintenanceTarget(report)));
    case "starting":
      return bootReport.starting(md);
    case "exited":
      return bootReport.exited(md);
    case "frozen":
      return bootReport.frozen(md);
  }
}

/** Causes and their solutions, each with the log line that shows it and the line of a file that is to blame. */
export function causeList(ui: Words, causes: readonly CauseMessage[]): Markdown {
  const items = causes.map(({ line, cause, fix, rule, place }) => {
    const name = rule === undefined ? none : markdown` (${code(rule)})`;
    const where = place === undefined ? none : markdown` ${named(ui, place)}`;
    const told = line === "" ? none : markdown`\n\n  ${code(line.trim())}`;
    return markdown`- **${prose(cause)}** ${prose(fix)}${name}${where}${told}`;
  });
  return joined(items, "\n");
}

/**
 * The name of a position, without a link: VS Code's rendered Markdown does not open links to files. Messages have a
 * button for that.
 */
function named({ label }: Words, { uri, line }: PlaceMessage): Markdown {
  return code(`${label(uri)}:${line + 1}`);
}

function failedPart(ui: Words, { failed }: BootReport, { units }: ExplainResult): Markdown {
  const parts = failed.map(({ unit, ended, journal }) => {
    const known = units.find((one) => one.unit === unit);
    const title = markdown`### ${code(unit)}${ended === undefined ? none : markdown`: ${prose(unitFailure(ui.t, ended))}`}`;
    const causes = known && known.causes.length > 0 ? causeList(ui, known.causes) : none;
    // Left out if one of the causes already names a position.
    const blamed = known?.place && !known.causes.some(({ place }) => place);
    const says = known?.says ? markdown`${prose(known.says)} ` : none;
    const place = blamed && known?.place ? markdown`${says}${named(ui, known.place)}` : none;
    const lines = journal.length === 0 ? none : fenced(journal.join("\n"));
    return paragraphs([title, causes, place, lines]);
  });
  return paragraphs([markdown`## ${bootReport.failedUnits(ui.md)}`, ...parts]);
}

function mountsPart(md: TranslateMarkdown, { mounts }: BootReport): Markdown {
  const rows = mounts.map(({ path, type, options }) => [code(path), code(type), code(options)]);
  return markdown`## ${bootReport.mounts(md)}\n\n${table([bootReport.mountPath(md), bootReport.mountType(md), bootReport.mountOptions(md)], rows)}`;
}
