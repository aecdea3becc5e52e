import type { BootReport } from "../ports";
import type { Text, Translate } from "../text";
import { reportPage } from "../texts/report-page";

/** The target that was reached in the state `maintenance`. */
export function maintenanceTarget({ targets }: Pick<BootReport, "targets">): string {
  return targets.includes("emergency.target") ? "emergency.target" : "rescue.target";
}

/** Describes the state of a boot. */
export function stateText(t: Translate, report: BootReport): Text {
  switch (report.state) {
    case "running":
      return reportPage.running(t);
    case "degraded":
      return reportPage.degraded(t, report.failed.length);
    case "maintenance":
      return reportPage.maintenance(t, maintenanceTarget(report));
    case "starting":
      return reportPage.starting(t);
    case "exited":
      return reportPage.exited(t, report.exitCode);
    case "frozen":
      return reportPage.frozen(t);
  }
}
