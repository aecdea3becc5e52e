import { message } from "../base/message";
import { type Completion, ofWord } from "./completion";
import { missingInstructions, missingSettings } from "./missing";
import { placeAt } from "./place";
import type { Place, Topic } from "./topic";
import { enabledIn, unitsOf } from "./units";
import { boots, containerNamed, type FileView, imageAt } from "./view";
import { capabilities, securityOptions } from "./words/access";
import { containerValues, containerVariable } from "./words/container";
import { signals } from "./words/signals";
import { gracePeriods, tmpfsEntries, tmpfsOptions } from "./words/start";
import { offeredTargets } from "./words/targets";
import { verbs } from "./words/verbs";
import type { Word } from "./words/word";

/** The systemd-related completions at an offset, best first. */
export function complete(view: FileView, offset: number): Completion[] {
  const place = placeAt(view, offset);
  if (!place || hasValue(view, place)) return [];
  if (place.topic === "rule") return view.rules.map((rule) => ofRule(rule, place));
  if (place.topic === "instruction") return missingInstructions(view, place);
  if (place.topic === "setting") return missingSettings(view, place);
  if (place.topic === "unit") return unitWords(view, place).map((word) => ofWord(word, place, "unit"));
  if (place.topic === "argument")
    return place.isBehindInit || boots(view, place) ? targetArguments(place) : [];
  if (place.topic === "variable") return boots(view, place) ? variable(view, place) : [];
  return (words[place.topic]?.(view, place) ?? []).map((word) => ofWord(word, place, "value"));
}

/** Whether the name already has its value. Completions include a value, so they would duplicate it. */
function hasValue({ text }: FileView, { topic, span }: Place): boolean {
  return (
    (topic === "setting" || topic === "variable") &&
    /^["']?[ \t]*[=:]/.test(text.slice(span.end, span.end + 9))
  );
}

const offered = (all: readonly Word[]) => all.filter((word) => word.offered);

/**
 * The words that fit a place, by its topic. Schema keys and their fixed values are left out because editors already
 * offer them.
 */
const words: Readonly<Partial<Record<Topic, (view: FileView, place: Place) => readonly Word[]>>> = {
  "stop-signal": () => offered(signals),
  "container-value": () => offered(containerValues),
  "boot-target": (view, place) => [...offeredTargets, ...copiedTargets(view, place)],
  verb: () => offered(verbs),
  tmpfs: () => offered(tmpfsEntries),
  "tmpfs-option": () => offered(tmpfsOptions),
  "security-option": () => offered(securityOptions),
  capability: neededFirst,
  "grace-period": () => offered(gracePeriods),
};

function copiedTargets(view: FileView, place: Place): Word[] {
  const subject = imageAt(view, place);
  return subject
    ? unitsOf(subject).filter(({ word }) => word.endsWith(".target") && word !== "getty.target")
    : [];
}

/**
 * The units that the image contains. After `disable` and `mask`, those that start at boot come first, and after
 * `unmask` those that are masked, which are not offered after other verbs.
 */
function unitWords(view: FileView, place: Place): Word[] {
  const subject = imageAt(view, place);
  if (!subject) return [];
  const isMasked = (unit: string) => subject.image.base?.seen?.masked.includes(unit) === true;
  const units = unitsOf(subject).filter(({ word }) => place.verb === "unmask" || !isMasked(word));
  if (place.verb === "unmask") return units.sort(firstIf(isMasked));
  if (place.verb !== "disable" && place.verb !== "mask") return units;
  const enabled = enabledIn(subject);
  return units.sort(firstIf((unit) => enabled.has(unit)));
}

/** Sorts the words for which a condition is true before the others. */
function firstIf(isTrue: (word: string) => boolean): (one: Word, other: Word) => number {
  return (one, other) => Number(isTrue(other.word)) - Number(isTrue(one.word));
}

/** The capabilities, with those that the services of this container need first, and the reason for each. */
function neededFirst(view: FileView, place: Place): Word[] {
  const needs = containerNamed(view, place.container)?.facts.needs ?? [];
  const all = offered(capabilities).map((word) => {
    const need = needs.find((each) => each.capabilities.includes(word.word));
    return need ? { ...word, fact: need.reason, needed: true } : { ...word, needed: false };
  });
  return all.sort((a, b) => Number(b.needed) - Number(a.needed));
}

function targetArguments(place: Place): Completion[] {
  return offeredTargets.map((target) => ofWord({ ...target, word: `--unit=${target.word}` }, place, "value"));
}

/** The variable `container`, unless the container already has it. */
function variable(view: FileView, place: Place): Completion[] {
  const has =
    containerNamed(view, place.container)?.source.spec.environment ??
    Object.fromEntries(imageAt(view, place)?.image.env ?? []);
  if (Object.hasOwn(has, "container")) return [];
  const word = place.isKey ? "container: docker" : "container=docker";
  return [ofWord({ ...containerVariable, word }, place, "setting")];
}

function ofRule({ id, title, consequence }: FileView["rules"][number], { span }: Place): Completion {
  return {
    label: id,
    kind: "rule",
    span,
    text: id,
    cost: message(`${id}.title`, title),
    about: [message(`${id}.consequence`, consequence)],
  };
}
