import type { CauseMessage, ExplainResult, PlaceMessage } from "../../../server/src/protocol";
import type { BootRecord, BootReport, ConsoleLog, PageParts, ShownBoot, Ui } from "../ports";
import type { Html, Text, Translate } from "../text";
import { consoleText } from "../texts/console";
import { unitFailure } from "../texts/exit-status";
import { notices } from "../texts/notices";
import { reportPage } from "../texts/report-page";
import { bootChanges } from "./boot-changes";
import { stateText } from "./boot-state";
import { all, code, html, line, log, nothing, sentence } from "./html";
import { timelineHtml } from "./timeline";

type Words = Pick<Ui, "t" | "label">;

/** The positions that buttons of the page go to. A button refers to one by its index. */
export function placesOf({ causes, units, remarks }: ExplainResult): readonly PlaceMessage[] {
  const all = [...causes, ...units, ...units.flatMap((unit) => unit.causes), ...remarks];
  return all.flatMap(({ place }) => place ?? []);
}

/** The page of a boot that has ended. */
export function bootParts(ui: Words, shown: ShownBoot): PageParts {
  const { t } = ui;
  const { container, report, timeline } = shown;
  return {
    head: html`${headHtml(t, container.name, levels[report.state], stateAfter(t, report))}${buttonsHtml(t)}`,
    status: statusHtml(t, shown),
    why: whyHtml(ui, shown),
    changes: changesHtml(t, shown),
    failed: failedHtml(ui, shown),
    timeline: timeline ? timelineHtml(t, container.name, timeline) : noTimeline(t, timeline),
    details: detailsHtml(t, shown),
    console: consoleHtml(t, container.name, report),
  };
}

/** The page of a boot in progress, with the console output so far. */
export function bootingParts(
  t: Translate,
  { name }: BootRecord["container"],
  state: Text,
  written: ConsoleLog,
): PageParts {
  const rest = { status: nothing, why: nothing, changes: nothing, failed: nothing, timeline: nothing };
  return {
    ...{ head: headHtml(t, name, html`pending`, state), ...rest, details: nothing },
    console: consoleHtml(t, name, written),
  };
}

const levels = {
  ...{ running: html`good`, degraded: html`warning`, starting: html`warning` },
  ...{ maintenance: html`bad`, exited: html`bad`, frozen: html`bad` },
} as const;

function stateAfter(t: Translate, report: BootReport): Text {
  const state = stateText(t, report);
  return report.seconds === undefined ? state : reportPage.after(t, state, report.seconds.toFixed(1));
}

function headHtml(t: Translate, name: string, level: Html, state: Text): Html {
  return html`<h1>${line(reportPage.title(t, name))}</h1><p class="state ${level}">${line(state)}</p>`;
}

function buttonsHtml(t: Translate): Html {
  return html`<p><button type="button" data-action="refresh">${line(reportPage.refresh(t))}</button><button type="button" data-action="copy">${line(reportPage.copy(t))}</button></p>`;
}

function statusHtml(t: Translate, { container, at, stale }: ShownBoot): Html {
  const mark = stale ? html`<p class="stale">${line(reportPage.stale(t, container.name))}</p>` : nothing;
  const time = line(reportPage.readAt(t, new Date(at).toLocaleTimeString()));
  return html`${mark}<p>${time} · ${line(reportPage.containerId(t, container.id.slice(0, 12)))}</p>`;
}

function whyHtml(ui: Words, { report, why }: ShownBoot): Html {
  const isUnclear = report.state !== "running" && report.state !== "degraded";
  const unknown = isUnclear ? html`<p>${line(notices.noCause(ui.t))}</p>` : nothing;
  const causes = why.causes.length > 0 ? causesHtml(ui, why.causes, why) : unknown;
  const remarks = why.remarks.map(
    ({ says, place }) => html`<li>${line(says)} ${placeButton(ui, place, why)}</li>`,
  );
  const list = remarks.length > 0 ? html`<ul class="causes">${all(remarks)}</ul>` : nothing;
  return html`${headed(reportPage.why(ui.t), causes)}${headed(reportPage.remarks(ui.t), list)}`;
}

/** A section with its heading, or nothing if the section is empty. */
function headed(heading: Text, content: Html): Html {
  return content === nothing ? nothing : html`<h2>${line(heading)}</h2>${content}`;
}

/** Causes and their solutions, each with the log line that shows it and the line of a file that is to blame. */
function causesHtml(ui: Words, causes: readonly CauseMessage[], why: ExplainResult): Html {
  const items = causes.map(({ cause, fix, rule, place, line: told }) => {
    const page = rule === undefined ? nothing : ruleButton(rule, rulesOf(why).indexOf(rule));
    const shown = told.trim() === "" ? nothing : html`<p>${code(told.trim())}</p>`;
    const where = place === undefined ? nothing : placeButton(ui, place, why);
    const said = html`<strong>${sentence(cause)}</strong> ${sentence(fix)}`;
    return html`<li>${said} ${where} ${page}${shown}</li>`;
  });
  return html`<ol class="causes">${all(items)}</ol>`;
}

/** The rules whose pages the buttons of the page open. A button refers to one by its index. */
export function rulesOf({ causes, units }: ExplainResult): readonly string[] {
  return [...causes, ...units.flatMap((unit) => unit.causes)].flatMap(({ rule }) => rule ?? []);
}

function ruleButton(rule: string, index: number): Html {
  return html`<button type="button" class="link" data-action="rule" data-index="${index}">${line(rule)}</button>`;
}

function placeButton({ label }: Words, place: PlaceMessage, why: ExplainResult): Html {
  const index = placesOf(why).indexOf(place);
  const name = line(`${label(place.uri)}:${place.line + 1}`);
  return html`<button type="button" class="link" data-action="place" data-index="${index}">${name}</button>`;
}

function changesHtml(t: Translate, { report, before }: ShownBoot): Html {
  if (!before) return nothing;
  const time = new Date(before.at).toLocaleTimeString();
  const changes = bootChanges(t, before.report, report);
  const items = changes.map((change) => html`<li>${line(change)}</li>`);
  const list = html`<p>${line(reportPage.since(t, time))}</p><ul>${all(items)}</ul>`;
  const same = html`<p>${line(reportPage.noChanges(t, time))}</p>`;
  return headed(reportPage.changes(t), items.length > 0 ? list : same);
}

function noTimeline(t: Translate, timeline: null | undefined): Html {
  const unknown = html`<p>${line(reportPage.noTimeline(t))}</p>`;
  return timeline === undefined ? nothing : headed(reportPage.timeline(t), unknown);
}

function failedHtml(ui: Words, { report: { failed }, why }: ShownBoot): Html {
  const units = failed.map(({ unit, ended, journal }) => {
    const known = why.units.find((one) => one.unit === unit);
    const reason = ended === undefined ? nothing : html`: ${line(unitFailure(ui.t, ended))}`;
    const causes = known && known.causes.length > 0 ? causesHtml(ui, known.causes, why) : nothing;
    // Left out if one of the causes already names a position.
    const isPlaced = known?.causes.some(({ place }) => place);
    const says = known?.says === undefined ? nothing : html`${sentence(known.says)} `;
    const place =
      known?.place && !isPlaced ? html`<p>${says}${placeButton(ui, known.place, why)}</p>` : nothing;
    const lines = journal.length === 0 ? nothing : log(reportPage.journalOf(ui.t, unit), journal.join("\n"));
    return html`<h3>${code(unit)}${reason}</h3>${causes}${place}${lines}`;
  });
  return headed(reportPage.failedUnits(ui.t), all(units));
}

function detailsHtml(t: Translate, { container: { id, image }, report }: ShownBoot): Html {
  const mounts = report.mounts.map(({ path, type, options }) => `${path} ${type} ${options}`);
  const rows: readonly (readonly [Text, readonly string[]])[] = [
    [reportPage.id(t), [id]],
    [reportPage.image(t), image === undefined ? [] : [image]],
    [reportPage.targets(t), report.targets],
    [reportPage.virtualization(t), report.virtualization === undefined ? [] : [report.virtualization]],
    [reportPage.cgroup(t), report.cgroup === undefined ? [] : [report.cgroup]],
    [reportPage.mounts(t), mounts],
  ];
  const named = [
    ...row(html`systemd`, report.systemd === undefined ? [] : [report.systemd]),
    ...row(html`PID 1`, report.pid1 === undefined ? [] : [report.pid1]),
    ...rows.flatMap(([name, values]) => row(line(name), values)),
  ];
  return html`<h2>${line(reportPage.details(t))}</h2><table><tbody>${all(named)}</tbody></table>`;
}

function row(name: Html, values: readonly string[]): Html[] {
  if (values.length === 0) return [];
  const lines = values.map((value) => html`<div>${code(value)}</div>`);
  return [html`<tr><th scope="row">${name}</th><td>${all(lines)}</td></tr>`];
}

function consoleHtml(t: Translate, name: string, written: ConsoleLog): Html {
  if (written.log.trim() === "") return nothing;
  const text = consoleText(t, written);
  return html`<h2>${line(reportPage.console(t))}</h2>${log(reportPage.consoleOf(t, name), text)}`;
}
