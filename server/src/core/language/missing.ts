import { grouped } from "../base/grouped";
import type { Message } from "../base/message";
import type { SpecChange } from "../container/spec";
import { missing } from "../plan/missing";
import { isPlan } from "../plan/plan";
import { isRightSignal } from "../systemd/signal";
import { type Completion, ofWord, planned } from "./completion";
import type { Place } from "./topic";
import { boots, containerNamed, type FileView, imageAt } from "./view";
import { containerVariable } from "./words/container";
import { signals } from "./words/signals";
import { noCost } from "./words/word";

/** Completions with entire instructions that are missing from a stage that boots systemd. */
export function missingInstructions(view: FileView, place: Place): Completion[] {
  const subject = imageAt(view, place);
  if (!subject || !boots(view, place)) return [];
  const { stopSignal, containerEnv } = subject.facts;
  const [halt] = signals;
  const lacking = [
    ...(halt && (stopSignal === undefined || !isRightSignal(stopSignal))
      ? [{ ...halt, word: `STOPSIGNAL ${halt.word}` }]
      : []),
    ...(containerEnv === undefined ? [{ ...containerVariable, word: "ENV container=docker" }] : []),
  ];
  return lacking.map((word) => ofWord(word, { ...place, unquoted: false }, "setting"));
}

/** A setting that a container lacks, with the plan's reason for it. */
interface Lacking {
  readonly step: SpecChange;
  readonly reason: Message;
  readonly cost: Message;
}

/**
 * Completions with entire keys that are missing from a container that boots systemd: its launch plan has them, but
 * its file does not.
 */
export function missingSettings(view: FileView, place: Place): Completion[] {
  const subject = containerNamed(view, place.container);
  if (!subject || subject.boot.boots === "no" || !isPlan(subject.plan)) return [];
  const { source, plan } = subject;
  const lacking = plan.requirements.flatMap((requirement) =>
    missing(source.spec, requirement, plan.image.volumes)
      .filter((step) => isFree(subject.source.spec, step))
      .map((step): Lacking => ({ step, reason: requirement.reason, cost: requirement.cost ?? noCost })),
  );
  const byKey = grouped(lacking, ({ step }) => keyOf(source.toDisplay(step)).name);
  return [...byKey].flatMap(([key, all]) => toCompletion(key, all, source.toDisplay, place));
}

/** Whether the service does not use a key yet; adding the key a second time would be an error. */
function isFree(spec: object, step: SpecChange): boolean {
  if (step.do === "setEnv") return Object.keys((spec as { environment: object }).environment).length === 0;
  if (step.do !== "set" && step.do !== "add") return false;
  const value = (spec as Record<string, unknown>)[step.key];
  return value === undefined || (Array.isArray(value) && value.length === 0);
}

/** Splits `tmpfs: /run` into the key `tmpfs` and the value `/run`. */
function keyOf(display: string): { readonly name: string; readonly value: string } {
  const colon = display.indexOf(": ");
  return { name: display.slice(0, colon), value: display.slice(colon + 2) };
}

function toCompletion(
  key: string,
  all: readonly Lacking[],
  toDisplay: (step: SpecChange) => string,
  { span }: Place,
): Completion[] {
  const [first] = all;
  if (!first) return [];
  const values = all.map(({ step }) => keyOf(toDisplay(step)).value);
  const isList = first.step.do !== "set";
  const whole = {
    label: `${key}: ${values.join(", ")}`,
    kind: "setting" as const,
    span,
    text: isList ? [`${key}:`, ...values.map((value) => `  - ${value}`)].join("\n") : `${key}: ${values[0]}`,
    cost: first.cost,
    about: [...all.map(({ reason }) => reason), planned],
  };
  return [whole];
}
