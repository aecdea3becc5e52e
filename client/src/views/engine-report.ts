import type { DoctorResult } from "../../../server/src/protocol";
import type { Engine, Proof, Ui } from "../ports";
import type { Markdown, Translate } from "../text";
import { consoleText } from "../texts/console";
import { unitFailure } from "../texts/exit-status";
import { reasonList } from "./copied-command";
import { code, fenced, joined, markdown, none, paragraphs, prose, table } from "./markdown";

type Say = Ui["md"];

/** What was asked of a proof, and what came of it. */
export interface Proven extends Proof {
  readonly image: string;
}

/** What an engine means for systemd, as a Markdown document; with the boot that proves it, where there was one. */
export function engineMarkdown(
  { t: say, md: t }: Pick<Ui, "t" | "md">,
  { name, url }: Pick<Engine, "name" | "url">,
  { verdict, summary, checks, command, explain }: DoctorResult,
  proven?: Proven,
): Markdown {
  const rows = checks.map(({ what, value, meaning, level }) => [
    levels[level],
    prose(what),
    code(value),
    prose(meaning),
  ]);
  const parts = [
    markdown`# ${prose(name)}`,
    markdown`${t("At {0}.", code(url))} **${levels[verdict]} ${prose(summary)}**`,
    proven ? proofPart(say, t, proven) : none,
    checks.length === 0
      ? none
      : markdown`## ${t("Engine properties")}\n\n${table([none, t("Property"), t("Value"), t("Meaning for systemd")], rows)}`,
    command === ""
      ? none
      : markdown`## ${t("How to start systemd")}\n\n${fenced(command, "sh")}\n\n${reasonList(t, explain)}`,
  ];
  return markdown`${paragraphs(parts)}\n`;
}

const levels = {
  ...{ good: markdown`✓`, note: markdown`·`, cost: markdown`!`, bad: markdown`✗` },
  ...{ boots: markdown`✓`, unsure: markdown`?`, costs: markdown`!`, fails: markdown`✗` },
} as const;

function proofPart(say: Translate, t: Say, { image, report, stopped }: Proven): Markdown {
  const seconds = prose((report.seconds ?? 0).toFixed(1));
  const lines = [
    t("Image: {0}", code(image)),
    ...(report.systemd === undefined ? [] : [markdown`systemd: ${code(report.systemd)}`]),
    booted(t, report.state, seconds, report.exitCode),
    ...report.failed.map(({ unit, ended }) =>
      ended === undefined
        ? t("{0} failed", code(unit))
        : t("{0} failed: {1}", code(unit), prose(unitFailure(say, ended))),
    ),
    ...(stopped
      ? [t("Stopped in {0} s with exit code {1}", prose(stopped.seconds.toFixed(1)), stopped.exitCode)]
      : []),
  ];
  const list = joined(
    lines.map((line) => markdown`- ${line}`),
    "\n",
  );
  const log = stopped || report.log.trim() === "" ? none : fenced(consoleText(say, report));
  return paragraphs([markdown`## ${t("Verification")}`, list, log]);
}

function booted(
  t: Say,
  state: Proof["report"]["state"],
  seconds: Markdown,
  exitCode: number | undefined,
): Markdown {
  switch (state) {
    case "running":
      return t("Booted in {0} s, no failed units", seconds);
    case "degraded":
      return t("Booted in {0} s, degraded", seconds);
    case "starting":
      return t("Still starting after {0} s", seconds);
    case "exited":
      return t("Did not boot: the container exited with code {0}", exitCode ?? markdown`?`);
    case "frozen":
      return t("Did not boot: systemd froze");
  }
}
