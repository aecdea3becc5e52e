import type { DoctorResult } from "../../../server/src/protocol";
import type { Engine, Proof, Ui } from "../ports";
import { code, fenced, table } from "./markdown";
import { reasonList } from "./run-command";

type Say = Ui["t"];

/** What was asked of a proof, and what came of it. */
export interface Proven extends Proof {
  readonly image: string;
}

/** What an engine means for systemd, as a Markdown document; with the boot that proves it, where there was one. */
export function engineMarkdown(
  t: Say,
  { name, url }: Pick<Engine, "name" | "url">,
  { verdict, summary, checks, command, explain }: DoctorResult,
  proven?: Proven,
): string {
  const rows = checks.map(({ what, value, meaning, level }) => [levels[level], what, code(value), meaning]);
  const parts = [
    `# ${name}`,
    `${t("At {0}.", code(url))} **${levels[verdict]} ${summary}**`,
    proven ? proofPart(t, proven) : "",
    checks.length === 0
      ? ""
      : `## ${t("What it says of itself")}\n\n${table(["", t("What"), t("Value"), t("For systemd")], rows)}`,
    command === ""
      ? ""
      : `## ${t("How systemd starts here")}\n\n${fenced(command, "sh")}\n\n${reasonList(t, explain)}`,
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

const levels = {
  ...{ good: "✓", note: "·", cost: "!", bad: "✗" },
  ...{ boots: "✓", unsure: "?", costs: "!", fails: "✗" },
} as const;

function proofPart(t: Say, { image, report, stopped }: Proven): string {
  const seconds = (report.seconds ?? 0).toFixed(1);
  const lines = [
    t("Image: {0}", code(image)),
    ...(report.systemd === undefined ? [] : [`systemd: ${code(report.systemd)}`]),
    booted(t, report.state, seconds, report.exitCode),
    ...report.failed.map(({ unit, reason }) =>
      reason === undefined ? t("{0} failed", code(unit)) : t("{0} failed: {1}", code(unit), reason),
    ),
    ...(stopped
      ? [t("Stopped in {0} s with exit code {1}", stopped.seconds.toFixed(1), stopped.exitCode)]
      : []),
  ];
  const list = lines.map((line) => `- ${line}`).join("\n");
  const log = stopped || report.log.trim() === "" ? "" : `\n\n${fenced(report.log)}`;
  return `## ${t("The proof")}\n\n${list}${log}`;
}

function booted(
  t: Say,
  state: Proof["report"]["state"],
  seconds: string,
  exitCode: number | undefined,
): string {
  switch (state) {
    case "running":
      return t("Booted in {0} s, everything is running", seconds);
    case "degraded":
      return t("Booted in {0} s, but degraded", seconds);
    case "starting":
      return t("Still starting after {0} s", seconds);
    case "exited":
      return t("Did not boot: it ended with exit code {0}", exitCode ?? "?");
    case "frozen":
      return t("Did not boot: systemd froze");
  }
}
