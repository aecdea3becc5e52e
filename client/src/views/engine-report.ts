import type { DoctorResult } from "../../../server/src/protocol";
import type { Engine, Proof, Ui } from "../ports";
import type { Markdown, Translate, TranslateMarkdown } from "../text";
import { consoleText } from "../texts/console";
import { unitFailure } from "../texts/exit-status";
import { engineReport } from "../texts/reports";
import { maintenanceTarget } from "./boot-state";
import { reasonList } from "./copied-command";
import { code, fenced, joined, markdown, none, paragraphs, prose, table } from "./markdown";

/** The image that was booted as a proof, and the result. */
export interface Proven extends Proof {
  readonly image: string;
}

/**
 * A Markdown document about how suitable an engine is for systemd. If an image was booted as proof, the result is
 * included.
 */
export function engineMarkdown(
  { t, md }: Pick<Ui, "t" | "md">,
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
    markdown`${engineReport.at(md, code(url))} **${levels[verdict]} ${prose(summary)}**`,
    proven ? proofPart(t, md, proven) : none,
    checks.length === 0
      ? none
      : markdown`## ${engineReport.properties(md)}\n\n${table([none, engineReport.property(md), engineReport.value(md), engineReport.meaning(md)], rows)}`,
    command === ""
      ? none
      : markdown`## ${engineReport.start(md)}\n\n${fenced(command, "sh")}\n\n${reasonList(md, explain)}`,
  ];
  return markdown`${paragraphs(parts)}\n`;
}

const levels = {
  ...{ good: markdown`✓`, note: markdown`·`, cost: markdown`!`, bad: markdown`✗` },
  ...{ boots: markdown`✓`, unsure: markdown`?`, costs: markdown`!`, fails: markdown`✗` },
} as const;

function proofPart(t: Translate, md: TranslateMarkdown, { image, report, stopped }: Proven): Markdown {
  const seconds = prose((report.seconds ?? 0).toFixed(1));
  const lines = [
    engineReport.image(md, code(image)),
    ...(report.systemd === undefined ? [] : [markdown`systemd: ${code(report.systemd)}`]),
    booted(md, report, seconds),
    ...report.failed.map(({ unit, ended }) =>
      ended === undefined
        ? engineReport.unitFailed(md, code(unit))
        : engineReport.unitFailedBecause(md, code(unit), prose(unitFailure(t, ended))),
    ),
    ...(stopped ? [engineReport.stopped(md, prose(stopped.seconds.toFixed(1)), stopped.exitCode)] : []),
  ];
  const list = joined(
    lines.map((line) => markdown`- ${line}`),
    "\n",
  );
  const log = stopped || report.log.trim() === "" ? none : fenced(consoleText(t, report));
  return paragraphs([markdown`## ${engineReport.verification(md)}`, list, log]);
}

function booted(md: TranslateMarkdown, report: Proof["report"], seconds: Markdown): Markdown {
  switch (report.state) {
    case "running":
      return engineReport.running(md, seconds);
    case "degraded":
      return engineReport.degraded(md, seconds);
    case "maintenance":
      return engineReport.maintenance(md, code(maintenanceTarget(report)), seconds);
    case "starting":
      return engineReport.starting(md, seconds);
    case "exited":
      return engineReport.exited(md, report.exitCode ?? markdown`?`);
    case "frozen":
      return engineReport.frozen(md);
  }
}
