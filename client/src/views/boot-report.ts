import type { CauseMessage, ExplainResult, PlaceMessage } from "../../../server/src/protocol";
import type { BootReport, Ui } from "../ports";
import { code, fenced, table } from "./markdown";

type Say = Ui["t"];

/** What a report needs of the editor: its language, and what a file is called. */
export type Words = Pick<Ui, "t" | "label">;

/** The boot report as a Markdown document, with what is known of why it went wrong. */
export function reportMarkdown(ui: Words, name: string, report: BootReport, why: ExplainResult): string {
  const { t } = ui;
  const parts = [
    `# ${t("Boot of {0}", name)}`,
    summary(t, report),
    why.causes.length > 0 ? `## ${t("Why")}\n\n${causeList(ui, why.causes)}` : "",
    report.failed.length > 0 ? failedPart(ui, report, why) : "",
    report.mounts.length > 0 ? mountsPart(t, report) : "",
    report.targets.length > 0 ? `## ${t("Targets reached")}\n\n${report.targets.map(code).join(", ")}` : "",
    report.log.trim() === "" ? "" : `## ${t("Console")}\n\n${fenced(report.log)}`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function summary(t: Say, report: BootReport): string {
  const rows: [string, string][] = [[t("State"), `**${stateText(t, report)}**`]];
  if (report.seconds !== undefined) rows.push([t("Time"), t("{0} s", report.seconds.toFixed(1))]);
  if (report.exitCode !== undefined) rows.push([t("Exit code"), String(report.exitCode)]);
  if (report.systemd !== undefined) rows.push(["systemd", code(report.systemd)]);
  if (report.pid1 !== undefined) rows.push(["PID 1", code(report.pid1)]);
  if (report.virtualization !== undefined)
    rows.push([t("systemd takes the container for"), code(report.virtualization)]);
  if (report.cgroup !== undefined) rows.push([t("Control group"), code(report.cgroup)]);
  return rows.map(([what, value]) => `- ${what}: ${value}`).join("\n");
}

function stateText(t: Say, { state, failed }: BootReport): string {
  switch (state) {
    case "running":
      return t("running");
    case "degraded":
      return t("degraded: units that failed: {0}", failed.length);
    case "starting":
      return t("still starting when the time was up");
    case "exited":
      return t("ended");
    case "frozen":
      return t("frozen: PID 1 gave up but did not end");
  }
}

/** Causes with what to do, the line that tells each, and the line of a file that is to blame. */
export function causeList(ui: Words, causes: readonly CauseMessage[]): string {
  const items = causes.map(({ line, cause, fix, rule, place }) => {
    const name = rule === undefined ? "" : ` (${code(rule)})`;
    const where = place === undefined ? "" : ` ${named(ui, place)}`;
    const told = line === "" ? "" : `\n\n  ${code(line.trim())}`;
    return `- **${cause}** ${fix}${name}${where}${told}`;
  });
  return items.join("\n");
}

/** A place by name only: the rendered Markdown of VS Code opens no links to files. Messages have a button for it. */
function named({ label }: Words, { uri, line }: PlaceMessage): string {
  return code(`${label(uri)}:${line + 1}`);
}

function failedPart(ui: Words, { failed }: BootReport, { units }: ExplainResult): string {
  const parts = failed.map(({ unit, reason, journal }) => {
    const known = units.find((one) => one.unit === unit);
    const title = `### ${code(unit)}${reason === undefined ? "" : `: ${reason}`}`;
    const causes = known && known.causes.length > 0 ? causeList(ui, known.causes) : "";
    // The place of a cause is named there.
    const blamed = known?.place && !known.causes.some(({ place }) => place);
    const place =
      blamed && known?.place ? [known.says, named(ui, known.place)].filter(Boolean).join(" ") : "";
    const lines = journal.length === 0 ? "" : fenced(journal.join("\n"));
    return [title, causes, place, lines].filter((part) => part !== "").join("\n\n");
  });
  return `## ${ui.t("Failed units")}\n\n${parts.join("\n\n")}`;
}

function mountsPart(t: Say, { mounts }: BootReport): string {
  const rows = mounts.map(({ path, type, options }) => [code(path), code(type), code(options)]);
  return `## ${t("Mounts that matter")}\n\n${table([t("Path"), t("Type"), t("Options")], rows)}`;
}
