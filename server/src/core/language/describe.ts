import { readCapability } from "../container/options";
import { unitName } from "../image/units";
import { describeBase, describeNamed } from "./base";
import type { Description } from "./description";
import { placeAt } from "./place";
import type { Place, Topic } from "./topic";
import { unitsOf } from "./units";
import { boots, containerNamed, type FileView, imageAt } from "./view";
import { capabilities, cgroups, securityOptions } from "./words/access";
import { containerValues, containerVariable } from "./words/container";
import { signalWord } from "./words/signals";
import { keys, tmpfsEntries, tmpfsOptions } from "./words/start";
import { targetWord } from "./words/targets";
import { verbs } from "./words/verbs";
import { sourceLine, type Word, wordIn } from "./words/word";

/** What the word at an offset means for systemd; undefined if nothing is known about it. */
export function describe(view: FileView, offset: number): Description | undefined {
  const place = placeAt(view, offset);
  if (!place || place.span.start === place.span.end) return undefined;
  const subject = place.topic === "base" ? imageAt(view, place) : undefined;
  if (subject) return describeBase(subject, place.span);
  const container = place.topic === "base" ? containerNamed(view, place.container) : undefined;
  if (container?.base && !container.image) return describeNamed(container.base, place.span);
  const written = view.text.slice(place.span.start, place.span.end);
  const word = meanings[place.topic]?.(written, view, place);
  return (
    word && {
      span: place.span,
      lines: [word.fact, word.cost, sourceLine(word.source)],
      rule: word.source.rule,
    }
  );
}

type Meaning = (written: string, view: FileView, place: Place) => Word | undefined;

const meanings: Readonly<Partial<Record<Topic, Meaning>>> = {
  "stop-signal": signalWord,
  "boot-target": targetWord,
  "container-value": (written) => wordIn(containerValues, written),
  variable: (written) => (written === "container" ? containerVariable : undefined),
  verb: (written) => wordIn(verbs, written),
  unit: unitWord,
  tmpfs: (written) => tmpfsEntries.find(({ word }) => pathOf(word) === pathOf(written)),
  "tmpfs-option": (written) => tmpfsOptions.find(({ word }) => nameOf(word) === nameOf(written)),
  "security-option": (written) => wordIn(securityOptions, written.replace(":", "=")),
  capability: capabilityWord,
  cgroup: (written, view, place) => (boots(view, place) ? wordIn(cgroups, written) : undefined),
  setting: (written, view, place) => (boots(view, place) ? wordIn(keys, written) : undefined),
};

/** `/tmp` of `/tmp:exec`. */
function pathOf(entry: string): string {
  return entry.replace(/:.*/s, "");
}

/** `mode` of `mode=1777`. */
function nameOf(option: string): string {
  return option.replace(/=.*/s, "");
}

function unitWord(written: string, view: FileView, place: Place): Word | undefined {
  const subject = imageAt(view, place);
  return (subject && wordIn(unitsOf(subject), unitName(written))) ?? targetWord(unitName(written));
}

/** What a capability grants, and the reason if a service in this container needs it. */
function capabilityWord(written: string, view: FileView, place: Place): Word | undefined {
  const name = readCapability(written);
  const word = wordIn(capabilities, name);
  const need = containerNamed(view, place.container)?.facts.needs.find((each) =>
    each.capabilities.includes(name),
  );
  return word && need ? { ...word, fact: need.reason } : word;
}
