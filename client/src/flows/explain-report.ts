import type { ExplainResult } from "../../../server/src/protocol";
import type { BootReport, Container, Engine, Server, Ui } from "../ports";
import { consoleText } from "../texts/console";
import { exitStatus } from "../texts/exit-status";

/** A boot that was watched until it ended. */
export interface Booted {
  readonly container: Container;
  readonly report: BootReport;
  /** The file that was booted, if there is one; `service` is its stage or service. */
  readonly uri?: string;
  readonly service?: string;
}

/**
 * Explains a report and identifies the lines to blame. Also called after a successful boot, since the container may still
 * misbehave.
 */
export function explainReport(
  { ui, server }: { readonly ui: Pick<Ui, "t">; readonly server: Pick<Server, "explain"> },
  { facts }: Pick<Engine, "facts">,
  { report, uri, service }: Omit<Booted, "container">,
): Promise<ExplainResult> {
  const { exitCode, cgroup: group, failed } = report;
  const log = consoleText(ui.t, report);
  const units = failed.map(({ unit, ended, journal }) => {
    return { unit, result: ended?.result, status: ended && exitStatus(ended), journal };
  });
  return server.explain({ log, exitCode, facts, uri, name: service, planned: true, group, failed: units });
}
