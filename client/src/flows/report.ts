import type {
  BootRecord,
  BootReport,
  ConsoleLog,
  Container,
  Dependencies,
  Engine,
  PageAction,
  ReportPage,
  ShownBoot,
} from "../ports";
import type { Text } from "../text";
import { notices } from "../texts/notices";
import { reportPage } from "../texts/report-page";
import { reportMarkdown } from "../views/boot-report";
import { bootingParts, bootParts, placesOf, rulesOf } from "../views/report-page";

type Deps = Pick<Dependencies, "ui" | "memory">;

/** How many boots are remembered. */
const most = 10;

/** Milliseconds between two updates of the console output of a container that is booting. */
const pace = 250;

/** Whether a boot failed. In that case its container is removed. */
export function isFailed({ state }: Pick<BootReport, "state">): boolean {
  return state === "exited" || state === "frozen";
}

/** Remembers a boot that was watched, and shows it if the page of its container is open. */
export async function recordBoot(deps: Deps, record: BootRecord, engine: Engine): Promise<void> {
  const { memory } = deps;
  memory.boots = [record, ...(memory.boots ?? [])].slice(0, most);
  const report = memory.reports?.get(record.container.name);
  if (report) await showBoot(deps, report, record, engine);
}

/** Shows a boot on the page of its container, which is opened or brought to the front. */
export async function openReport(deps: Deps, record: BootRecord, engine?: Engine): Promise<void> {
  const report = pageOf(deps, record.container);
  report.page.reveal();
  await showBoot(deps, report, record, engine);
}

/** Shows a boot in progress: that of the given container, or the only one. False if there is none. */
export function openGoing(deps: Deps, called: string | undefined): boolean {
  const all = [...(deps.memory.going?.values() ?? [])];
  const [going] = all.filter(
    ({ container: { id, name } }) => called === undefined || [id, name].includes(called),
  );
  if (!going) return false;
  const { t } = deps.ui;
  const { container, read } = going;
  const { page } = pageOf(deps, container);
  page.show(bootingParts(t, container, reportPage.booting(t, container.name), read()));
  page.reveal();
  return true;
}

/**
 * Runs a boot. If the page of the container is open, it shows the console output, which is read for the boot anyway.
 */
export async function showGoing<T>(
  { ui, memory }: Deps,
  container: Container,
  boot: (hear: (read: () => ConsoleLog) => void) => Promise<T>,
): Promise<T> {
  memory.going ??= new Map();
  const { going } = memory;
  let timer: NodeJS.Timeout | undefined;
  const { name } = container;
  let read = (): ConsoleLog => ({ log: "" });
  const show = (state: Text) => {
    timer = undefined;
    memory.reports?.get(name)?.page.show(bootingParts(ui.t, container, state, read()));
  };
  going.set(name, { container, read });
  show(reportPage.booting(ui.t, name));
  try {
    return await boot((written) => {
      read = written;
      going.set(name, { container, read });
      timer ??= setTimeout(show, pace, reportPage.booting(ui.t, name));
    });
  } catch (error) {
    const report = memory.reports?.get(name);
    if (report) report.shown = undefined;
    show(reportPage.interrupted(ui.t, name));
    throw error;
  } finally {
    clearTimeout(timer);
    going.delete(name);
  }
}

/** Marks the reports whose containers have since started or stopped, according to the engine's list. */
export function markStale(deps: Deps, { url }: Engine, containers: readonly Container[]): void {
  for (const report of reportsOf(deps)) {
    if (report.shown?.url !== url) continue;
    const { container, report: boot } = report.shown;
    const runs = containers.some(({ id, running }) => id === container.id && running);
    if (runs === isFailed(boot)) mark(deps, report);
  }
}

/** Marks the report of a container that is being started again. */
export function markStarted(deps: Deps, id: string): void {
  for (const report of reportsOf(deps)) if (report.shown?.container.id === id) mark(deps, report);
}

/** The pages of containers that are not booting right now. */
function reportsOf({ memory }: Deps): readonly ReportPage[] {
  const all = [...(memory.reports ?? [])];
  return all.filter(([name]) => !memory.going?.has(name)).map(([, report]) => report);
}

function mark({ ui }: Deps, report: ReportPage): void {
  if (!report.shown || report.shown.stale) return;
  show(ui, report, { ...report.shown, stale: true });
}

async function showBoot(
  deps: Deps,
  report: ReportPage,
  record: BootRecord,
  engine: Engine | undefined,
): Promise<void> {
  const isGone = isFailed(record.report);
  show(deps.ui, report, { ...record, before: bootBefore(deps, record), timeline: isGone ? null : undefined });
  if (isGone || !engine) return;
  const timeline = await engine.timeline(record.container).catch(() => null);
  // By now, the page may show another boot.
  if (report.shown?.at === record.at) show(deps.ui, report, { ...report.shown, timeline });
}

/** The previous boot of the same image. */
function bootBefore({ memory }: Deps, { container: { id, image } }: BootRecord): BootRecord | undefined {
  const boots = (memory.boots ?? []).filter(
    ({ container }) => image !== undefined && container.image === image,
  );
  return boots[boots.findIndex(({ container }) => container.id === id) + 1];
}

function show(ui: Deps["ui"], report: ReportPage, shown: ShownBoot): void {
  report.shown = shown;
  report.page.show(bootParts(ui, shown));
}

function pageOf(deps: Deps, { name }: Container): ReportPage {
  const { ui, memory } = deps;
  memory.reports ??= new Map();
  const { reports } = memory;
  const known = reports.get(name);
  if (known) return known;
  const page = ui.openPage(reportPage.title(ui.t, name), {
    act: (pressed) => act(ui, name, reports.get(name)?.shown, pressed),
    closed: () => void reports.delete(name),
  });
  const report: ReportPage = { page };
  reports.set(name, report);
  return report;
}

/** Performs the action of a button on the page. */
async function act(
  ui: Deps["ui"],
  name: string,
  shown: ShownBoot | undefined,
  { action, index = -1 }: PageAction,
): Promise<void> {
  const place = shown && placesOf(shown.why)[index];
  const rule = shown && rulesOf(shown.why)[index];
  if (action === "place" && place) await ui.reveal(place);
  if (action === "rule" && rule !== undefined) await ui.showRulePage(rule);
  if (action === "refresh") {
    const called = shown && !isFailed(shown.report) ? shown.container.id : name;
    await ui.run("systemdContainers.showBootReport", called);
  }
  if (action === "copy" && shown) {
    await ui.copy(reportMarkdown(ui, shown));
    ui.tell("info", notices.copied(ui.t, reportPage.title(ui.t, name)));
  }
}
