import type { CauseMessage, ExplainResult } from "../../../server/src/protocol";
import type { BootProblem, BootReport, Ui } from "../ports";
import { unitFailure } from "../texts/exit-status";
import { problems } from "../texts/problems";

/** The lines that a boot report blames, as problems for the Problems view. */
export function bootProblems(t: Ui["t"], report: BootReport, why: ExplainResult): BootProblem[] {
  const severity = ["exited", "frozen", "maintenance"].includes(report.state) ? "error" : "warning";
  const reasons = new Map(report.failed.map(({ unit, ended }) => [unit, ended && unitFailure(t, ended)]));
  const ofCauses = why.causes.flatMap((cause): BootProblem[] => {
    const { place, rule } = cause;
    if (!place) return [];
    return [{ place, severity, rule, message: `${problems.atLastBoot(t)} ${sentence(cause)}` }];
  });
  const ofUnits = why.units.flatMap(({ unit, causes, place, says }): BootProblem[] => {
    if (!place) return [];
    const placed = causes.find((cause) => cause.place) ?? causes[0];
    const failed = problems.unitFailed(t, unit, reasons.get(unit) ?? problems.seeJournal(t));
    const more = placed ? sentence(placed) : (says ?? "");
    return [{ place, severity, rule: placed?.rule, message: `${failed} ${more}`.trim() }];
  });
  const ofRemarks = why.remarks.map(({ says, place }): BootProblem => {
    return { place, severity: "warning", message: problems.systemdSays(t, says) };
  });
  return [...ofCauses, ...ofUnits, ...ofRemarks];
}

function sentence({ cause, fix }: CauseMessage): string {
  return `${cause} ${fix}`;
}
