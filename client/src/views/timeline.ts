import type { Timeline, TimelineUnit } from "../ports";
import type { Html, Translate } from "../text";
import { reportPage } from "../texts/report-page";
import { all, code, html, line, nothing } from "./html";

/** The start times of units as a table with bars, and the chain of units that delayed the end of the boot. */
export function timelineHtml(t: Translate, name: string, { units, chain }: Timeline): Html {
  const end = Math.max(0.001, ...units.map(({ begins, ends = begins }) => ends));
  const rows = units.map((unit) => row(t, unit, end, chain.includes(unit.name)));
  const heads = [
    html`<th scope="col">${line(reportPage.unit(t))}</th>`,
    ...[reportPage.start(t), reportPage.duration(t)].map(
      (head) => html`<th scope="col" class="number">${line(head)}</th>`,
    ),
  ];
  return html`<h2>${line(reportPage.timeline(t))}</h2>${chainHtml(t, chain)}<table aria-label="${line(reportPage.timelineOf(t, name))}"><thead><tr>${all(heads)}<td></td></tr></thead><tbody>${all(rows)}</tbody></table>`;
}

function chainHtml(t: Translate, chain: readonly string[]): Html {
  if (chain.length === 0) return nothing;
  const items = chain.map((unit) => html`<li>${code(unit)}</li>`);
  return html`<p id="chain">${line(reportPage.chain(t))}</p><ol aria-labelledby="chain">${all(items)}</ol>`;
}

/** The minimum width of a bar, in thousandths of the total width. Narrower bars would not be visible. */
const thinnest = 4;

function row(t: Translate, { name, begins, ends }: TimelineUnit, end: number, isCritical: boolean): Html {
  const x = Math.min((begins / end) * 1000, 1000 - thinnest);
  const width = Math.max(thinnest, (((ends ?? end) - begins) / end) * 1000);
  const mark = isCritical ? html`<span class="mark">${line(reportPage.critical(t))}</span>` : nothing;
  const duration = ends === undefined ? reportPage.stillStarting(t) : seconds(t, ends - begins);
  const kind = isCritical ? html`critical` : html`other`;
  return html`<tr><th scope="row">${code(name)}${mark}</th><td class="number">${line(seconds(t, begins))}</td><td class="number">${line(duration)}</td><td class="bar"><svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><rect class="${kind}" x="${Math.round(x)}" y="0" width="${Math.round(width)}" height="10"/></svg></td></tr>`;
}

function seconds(t: Translate, value: number) {
  return reportPage.seconds(t, value.toFixed(3));
}
