import type { ExplainResult } from "../../../server/src/protocol";
import type { BootReport, Ui } from "../ports";
import { code, fenced, table } from "./markdown";

type Say = Ui["t"];

/** The boot report as a Markdown document. Causes are given for a boot that failed. */
export function reportMarkdown(
  t: Say,
  name: string,
  report: BootReport,
  causes: ExplainResult["causes"] = [],
): string {
  const parts = [
    `# ${t("Boot of {0}", name)}`,
    summary(t, report),
    causes.length > 0 ? causesPart(t, causes) : "",
    report.failed.length > 0 ? failedPart(t, report) : "",
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

function causesPart(t: Say, causes: ExplainResult["causes"]): string {
  const items = causes.map(({ line, cause, fix, rule }) => {
    const name = rule === undefined ? "" : ` (${code(rule)})`;
    return `- **${cause}** ${fix}${name}\n\n  ${code(line.trim())}`;
  });
  return `## ${t("Why")}\n\n${items.join("\n")}`;
}

function failedPart(t: Say, { failed }: BootReport): string {
  const units = failed.map(({ unit, reason, journal }) => {
    const title = `### ${code(unit)}${reason === undefined ? "" : `: ${reason}`}`;
    return journal.length === 0 ? title : `${title}\n\n${fenced(journal.join("\n"))}`;
  });
  return `## ${t("Failed units")}\n\n${units.join("\n\n")}`;
}

function mountsPart(t: Say, { mounts }: BootReport): string {
  const rows = mounts.map(({ path, type, options }) => [code(path), code(type), code(options)]);
  return `## ${t("Mounts that matter")}\n\n${table([t("Path"), t("Type"), t("Options")], rows)}`;
}
