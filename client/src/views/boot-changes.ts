import type { BootReport } from "../ports";
import type { Text, Translate } from "../text";
import { reportPage } from "../texts/report-page";
import { stateText } from "./boot-state";

/**
 * The differences between a boot and the previous one, as one sentence each. Small differences in duration are
 * ignored.
 */
export function bootChanges(t: Translate, before: BootReport, now: BootReport): readonly Text[] {
  const state = { before: stateText(t, before), now: stateText(t, now) };
  const failed = difference(failedOf(before), failedOf(now));
  const targets = difference(before.targets, now.targets);
  return [
    ...(state.before === state.now ? [] : [reportPage.stateChanged(t, state.before, state.now)]),
    ...failed.added.map((unit) => reportPage.failsNow(t, unit)),
    ...failed.gone.map((unit) => reportPage.failsNoMore(t, unit)),
    ...targets.added.map((target) => reportPage.reachedNow(t, target)),
    ...targets.gone.map((target) => reportPage.reachedNoMore(t, target)),
    ...(before.systemd === undefined || now.systemd === undefined || before.systemd === now.systemd
      ? []
      : [reportPage.systemdChanged(t, before.systemd, now.systemd)]),
    ...timeChange(t, before.seconds, now.seconds),
  ];
}

/** The duration of a boot varies by a few tenths of a second. */
const noise = 0.5;

function timeChange(t: Translate, before: number | undefined, now: number | undefined): Text[] {
  if (before === undefined || now === undefined || Math.abs(before - now) < noise) return [];
  return [reportPage.timeChanged(t, before.toFixed(1), now.toFixed(1))];
}

function failedOf({ failed }: BootReport): readonly string[] {
  return failed.map(({ unit }) => unit);
}

function difference(before: readonly string[], now: readonly string[]) {
  return {
    added: now.filter((name) => !before.includes(name)),
    gone: before.filter((name) => !now.includes(name)),
  };
}
