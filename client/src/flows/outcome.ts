import type { ExplainResult } from "../../../server/src/protocol";
import type { Action, BootReport, Dependencies, Engine } from "../ports";
import { plain, type Text, type Translate, text } from "../text";
import { buttons } from "../texts/buttons";
import { consoleText } from "../texts/console";
import { unitFailure } from "../texts/exit-status";
import { notices } from "../texts/notices";
import { bootProblems } from "../views/boot-problems";
import { maintenanceTarget } from "../views/boot-state";
import { type Booted, explainReport } from "./explain-report";
import { isFailed, recordBoot } from "./report";

/**
 * Shows how a boot ended and why it went wrong: in a message, in the boot report, and in Problems if a line is to
 * blame. It does not matter what started the boot. If the boot failed, the container may already have been removed,
 * but its report is kept.
 */
export async function tellOutcome(deps: Dependencies, engine: Engine, booted: Booted): Promise<void> {
  const { ui, memory } = deps;
  const { container, report, uri, service } = booted;
  const { id } = container;
  const why = await explainReport(deps, engine, booted);
  if (uri !== undefined) ui.blame(uri, bootProblems(ui.t, report, why));
  void recordBoot(deps, { container, url: engine.url, report, why, at: Date.now() }, engine);
  if (isFailed(report)) return tellFailed(deps, booted, why);
  memory.lastBoot = { id, seconds: report.seconds, service };
  tellBooted(deps, booted, why);
}

function tellBooted({ ui }: Dependencies, { container, report }: Booted, why: ExplainResult): void {
  const { id, name } = container;
  const actions: Action[] = [
    ...goToLine(ui, why),
    { title: buttons.openShell(ui.t), run: () => ui.run("systemdContainers.openShell", id) },
    { title: buttons.showBootReport(ui.t), run: () => ui.run("systemdContainers.showBootReport", id) },
    { title: buttons.stop(ui.t), run: () => ui.run("systemdContainers.stop", id) },
  ];
  const seconds = (report.seconds ?? 0).toFixed(1);
  const [cause] = why.causes;
  const because = cause ? plain(` ${cause.cause} ${cause.fix}`) : none;
  if (report.state === "running") {
    const what = notices.booted(ui.t, name, seconds);
    ui.tell(cause ? "warning" : "info", text`${what}${because}`, ...actions);
  } else if (report.state === "degraded") {
    const units = report.failed.map(({ unit }) => unit).join(", ");
    const what = notices.degraded(ui.t, name, seconds, units);
    ui.tell("warning", text`${what}${cause ? because : ofFirstUnit(ui.t, report, why)}`, ...actions);
  } else if (report.state === "maintenance") {
    const what = notices.maintenance(ui.t, name, maintenanceTarget(report), seconds);
    ui.tell("error", text`${what}${cause ? because : text` ${notices.noCause(ui.t)}`}`, ...actions);
  } else {
    const what = notices.starting(ui.t, name, seconds);
    ui.tell("warning", text`${what}${because}`, ...actions);
  }
}

const none = text``;

/** Why the first failed unit failed: the cause if it was recognized, or else its exit status in words. */
function ofFirstUnit(t: Translate, { failed }: BootReport, { units }: ExplainResult): Text {
  const [unit] = failed;
  if (!unit) return none;
  const cause = units.find((one) => one.unit === unit.unit)?.causes[0];
  const why = cause ? `${cause.cause} ${cause.fix}` : unit.ended && `${unitFailure(t, unit.ended)}.`;
  if (!why) return none;
  return plain(failed.length === 1 ? ` ${why}` : ` ${unit.unit}: ${why}`);
}

function goToLine(ui: Dependencies["ui"], { causes, units }: ExplainResult): Action[] {
  const place = [...causes, ...units].find((one) => one.place)?.place;
  return place ? [{ title: buttons.goToLine(ui.t), run: () => ui.reveal(place) }] : [];
}

function tellFailed({ ui }: Dependencies, { container: { name }, report }: Booted, why: ExplainResult): void {
  const [first] = why.causes;
  const what =
    report.state === "frozen" ? notices.frozen(ui.t, name) : notices.exited(ui.t, name, report.exitCode);
  const because = first ? plain(`${first.cause} ${first.fix}`) : notices.noCause(ui.t);
  const actions: Action[] = [
    ...goToLine(ui, why),
    { title: buttons.showBootReport(ui.t), run: () => ui.run("systemdContainers.showBootReport", name) },
  ];
  const rule = first?.rule;
  if (rule) actions.push({ title: buttons.showRule(ui.t, rule), run: () => ui.showRulePage(rule) });
  ui.print(`\n${consoleText(ui.t, report)}\n`);
  ui.tell("error", text`${what} ${because}`, ...actions);
}
