import type { Span } from "../../base/text";
import { readFlag } from "../../container/flags";
import { bareSpec, type ContainerSpec } from "../../container/spec";
import { type MappedText, sourceSpan } from "../../shell/mapped-text";
import { type FlagWords, readFlagWords } from "../flag-words";
import { unknown } from "../run-lines/regions";
import { isSingle, type RunKey, runKey } from "./keys";
import { standingIn, type UnitFile, type UnitSetting, unquoted } from "./unit";
import { expanded, splitWords, type Word } from "./words";

/** A value of a key that stands for a flag, or a word among flags. */
export interface Item {
  readonly row: RunKey;
  readonly setting: UnitSetting;
  /** Where the value is written, including its quotes. */
  readonly span: Span;
  /** Settings that are removed together with it: those that it hides, and those that have no meaning without it. */
  readonly with: readonly UnitSetting[];
}

/** The flags that Podman receives, as words, with an item for each word. */
export interface Items extends FlagWords {
  readonly items: readonly Item[];
  /** Settings whose values are known only when the service is started. */
  readonly hidden: readonly UnitSetting[];
  /** The unknown values may affect systemd. */
  readonly incomplete: boolean;
}

/** Flags that determine how systemd starts. */
const important = /^--(tmpfs|security-opt|cgroupns|privileged|cap-add|systemd|user|stop-signal|entrypoint)$/;

/**
 * Whether a flag with an unknown value may set what systemd needs. The path of a mount in the container is usually
 * known.
 */
function mayMatter(name: string, value: string): boolean {
  if (/^(-v|--volume|--mount)$/.test(name)) return !/:\/|(target|dst|destination)=\//.test(value);
  return name.includes(unknown) || important.test(name);
}

/** The flags that the generator derives from the Container section: first those of keys, then those of PodmanArgs. */
export function itemsIn(unit: UnitFile): Items {
  const settings = standingIn(unit, "Container");
  const all = [...keyItems(settings), ...argumentItems(settings)];
  const items: Item[] = [];
  const flags: FlagWords["flags"][number][] = [];
  const hidden: UnitSetting[] = [];
  let incomplete = false;
  for (const { name, value, own } of all) {
    const from = items.length;
    items.push(...own);
    const isKnown = !`${name}${value}`.includes(unknown);
    if (isKnown) flags.push({ name, value, from, to: items.length, sets: readFlag(bareSpec, name, value) });
    else hidden.push(...own.map(({ setting }) => setting).slice(0, 1));
    incomplete ||= !isKnown && mayMatter(name, value ?? "");
  }
  return { flags, end: items.length, items, hidden, incomplete };
}

/** A flag, with the item of each of its words. */
interface Given {
  readonly name: string;
  readonly value: string | undefined;
  readonly own: readonly Item[];
}

/** The flags of the keys that correspond to a flag. */
function keyItems(settings: readonly UnitSetting[]): Given[] {
  return settings.flatMap((setting, at) => {
    const row = runKey(setting.key);
    if (!row?.flag) return [];
    const others = isSingle(row.key)
      ? settings.filter(({ key }, other) => key === row.key && other !== at)
      : [];
    // If there are several values, the last one applies.
    if (others.some((other) => settings.indexOf(other) > at)) return [];
    const group = row.key === "User" ? settings.filter(({ key }) => key === "Group") : [];
    return (valuesOf(setting, row) ?? []).flatMap(({ text, span }) => {
      const given = flagOf(row, text, group.at(-1));
      const item: Item = { row, setting, span, with: [...others, ...group] };
      const own = given?.isBare ? [item] : [item, item];
      return given ? { name: row.flag ?? "", value: given.value, own } : [];
    });
  });
}

/** The flags that are written explicitly. */
function argumentItems(settings: readonly UnitSetting[]): Given[] {
  return ["GlobalArgs", "PodmanArgs"].flatMap((key) => {
    const row: RunKey = { key, form: "flags" };
    const words = settings
      .filter((setting) => setting.key === key)
      .flatMap((setting) =>
        (valuesOf(setting, row) ?? []).map(({ text, span }): Item & { text: string } => ({
          ...{ text: expanded(text), row, setting, span, with: [] },
        })),
      );
    return readFlagWords(words.map(({ text }) => text)).flags.map(({ name, value, from, to }) => ({
      ...{ name, value, own: words.slice(from, to) },
    }));
  });
}

/** The values of a setting with their spans; undefined if the generator leaves the setting out. */
export function valuesOf({ value }: UnitSetting, { form }: Pick<RunKey, "form">): Word[] | undefined {
  switch (form) {
    case "text":
    case "truth":
      return [whole(unquoted(value))];
    case "lines":
      return [whole(value)];
    case "names":
      return splitWords(value, { escapes: false });
    default:
      return splitWords(value, { escapes: true });
  }
}

function whole(value: MappedText): Word {
  return { text: value.text, span: sourceSpan(value, 0, value.text.length) };
}

/** The flag for a value; undefined if there is none. */
function flagOf(
  { form, begins, unit, key }: RunKey,
  written: string,
  group: UnitSetting | undefined,
): { readonly value: string | undefined; readonly isBare?: boolean } | undefined {
  if (form === "truth") {
    const isTrue = /^(1|yes|true|on)$/i.test(written);
    if (begins === undefined) return { value: isTrue ? undefined : "false", isBare: true };
    return isTrue ? { value: begins } : undefined;
  }
  const text = expanded(written);
  if (key === "User" && group) return { value: `${text}:${expanded(unquoted(group.value).text)}` };
  if (key === "AddDevice") return { value: text.replace(/^-/, "") };
  const named = unit ? text.replace(/^([\w.-]+)\.(?:volume|network)(?=:|$)/, "systemd-$1") : text;
  return { value: `${begins ?? ""}${named}` };
}

/** The spec that results from the flags. */
export function specOf({ flags }: FlagWords): ContainerSpec {
  return flags.reduce((spec, { name, value }) => readFlag(spec, name, value), bareSpec);
}
