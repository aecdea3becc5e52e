import type { Action, BootReport, Container, Engine, Ports } from "../ports";
import { reportMarkdown } from "../views/boot-report";

/** A boot that was watched to its end. */
export interface Booted {
  readonly container: Container;
  readonly report: BootReport;
  /** The file that was booted. */
  readonly uri: string;
}

/** Says how a boot ended, whatever started it. A container whose boot failed is gone by now. */
export async function tellOutcome(ports: Ports, engine: Engine, booted: Booted): Promise<void> {
  const { state } = booted.report;
  if (state === "exited" || state === "frozen") await explainFailure(ports, engine, booted);
  else tellBooted(ports, booted);
}

function tellBooted({ ui, memory }: Ports, { container, report }: Booted): void {
  const { id, name } = container;
  memory.lastBoot = { id, seconds: report.seconds };
  const actions: Action[] = [
    { title: ui.t("Open Shell"), run: () => ui.run("systemdContainers.openShell", id) },
    { title: ui.t("Show Boot Report"), run: () => ui.run("systemdContainers.showBootReport", id) },
    { title: ui.t("Stop"), run: () => ui.run("systemdContainers.stop", id) },
  ];
  const seconds = (report.seconds ?? 0).toFixed(1);
  if (report.state === "running") {
    ui.tell("info", ui.t("{0} is running. It booted in {1} s.", name, seconds), ...actions);
  } else if (report.state === "degraded") {
    const units = report.failed.map(({ unit }) => unit).join(", ");
    ui.tell(
      "warning",
      ui.t("{0} booted in {1} s, but degraded: {2} failed.", name, seconds, units),
      ...actions,
    );
  } else {
    ui.tell("warning", ui.t("{0} is still starting after {1} s.", name, seconds), ...actions);
  }
}

/** Says the first cause of a failed boot and where to mend it. The container is gone; its report stays. */
async function explainFailure(
  { ui, server, memory }: Ports,
  engine: Engine,
  { uri, container, report }: Booted,
): Promise<void> {
  const { log, exitCode } = report;
  const { causes } = await server.explain({ log, exitCode, facts: engine.facts, uri });
  const [first] = causes;
  const { name } = container;
  memory.failedBoot = { name, markdown: reportMarkdown(ui.t, name, report, causes) };

  const what =
    report.state === "frozen"
      ? ui.t("{0} did not boot: systemd froze.", name)
      : ui.t("{0} did not boot: it ended with exit code {1}.", name, report.exitCode ?? "?");
  const why = first ? `${first.cause} ${first.fix}` : ui.t("Its log names no cause that is known.");
  const actions: Action[] = [];
  const { place, rule } = first ?? {};
  if (place) actions.push({ title: ui.t("Go to Line"), run: () => ui.reveal(place) });
  actions.push({
    title: ui.t("Show Boot Report"),
    run: () => ui.run("systemdContainers.showBootReport", name),
  });
  if (rule) actions.push({ title: ui.t("Explain {0}", rule), run: () => ui.showRulePage(rule) });
  ui.print(`\n${log}\n`);
  ui.tell("error", `${what} ${why}`, ...actions);
}
