import { argv, flagGroups, flagsIn, flags as flagsOf, readFlag } from "../../container/flags";
import {
  type Argv,
  applySteps,
  bareSpec,
  type ContainerSpec,
  type SpecChange,
  sameItem,
} from "../../container/spec";
import { asFlag } from "../compose/display";
import { itemsIn, specOf } from "./items";
import { keysOf, type RunKey } from "./keys";
import { readUnitFile, unquoted } from "./unit";
import { expanded, literal, splitWords, writeWord } from "./words";

/** A setting of the Container section. */
export interface Written {
  readonly key: string;
  readonly value: string;
}

/** A flag of `podman run` and its value. */
export interface FlagValue {
  readonly name: string;
  readonly value: string | undefined;
}

/** The service restarts the container, which is removed when it ends, so Podman rejects any other policy there. */
const ofService = new Set(["--restart"]);

/**
 * The setting that produces a flag, if there is one that reads back as that flag: its own key, or otherwise the flag
 * in PodmanArgs.
 */
export function writeFlag({ name, value }: FlagValue): Written | undefined {
  const keys = keysOf(name, value).flatMap((row) => settingOf(row, value) ?? []);
  return [...keys, writeArgument({ name, value })].find(
    (written) => written && saysFlag(written, name, value),
  );
}

/** A flag in PodmanArgs; undefined for a flag that is not for the container. */
export function writeArgument({ name, value }: FlagValue): Written | undefined {
  if (ofService.has(name)) return undefined;
  const words = value === undefined ? [name] : name.startsWith("--") ? [`${name}=${value}`] : [name, value];
  return { key: globals.has(name) ? "GlobalArgs" : "PodmanArgs", value: writeWords(words) };
}

/** Flags of `podman` itself, which precede `run`. */
const globals = new Set(["--runtime"]);

function saysFlag({ key, value: written }: Written, name: string, value: string | undefined): boolean {
  const read = specOf(itemsIn(readUnitFile(`[Container]\n${key}=${written}\n`)));
  return sameItem(read, readFlag(bareSpec, name, value));
}

function settingOf(row: RunKey, value: string | undefined): Written | undefined {
  const { key, begins = "" } = row;
  const written = writeValue(row, value?.slice(begins.length), value);
  return written === undefined ? undefined : { key, value: written };
}

function writeValue({ form, begins }: RunKey, value: string | undefined, all: string | undefined) {
  if (form === "truth") return begins === undefined && all === "false" ? "false" : "true";
  if (value === undefined) return undefined;
  if (form === "names") return writeWord(value, { escapes: false });
  if (form === "words" || form === "pairs") return writeWord(value, { escapes: true });
  const text = literal(value);
  return form === "text" && (/^".*"$/s.test(text) || text !== text.trim()) ? `"${text}"` : text;
}

/** Words in the form in which they are written in a value. */
export function writeWords(words: readonly string[]): string {
  return words.map((word) => writeWord(word, { escapes: true })).join(" ");
}

/** The value of Exec for a command; undefined if it would not read back as that command. */
export function writeExec(command: Argv): string | undefined {
  const words = argv(command);
  const value = writeWords(words);
  const unit = readUnitFile(`[Container]\nExec=${value}\n`);
  const [setting] = unit.settings;
  const read = setting && splitWords(setting.value, { escapes: true })?.map(({ text }) => expanded(text));
  return unit.settings.length === 1 && sameItem(read, words) ? value : undefined;
}

/** The value of Image for a reference; undefined if it would not read back as that reference. */
export function writeImage(reference: string): string | undefined {
  const value = writeValue({ key: "Image", form: "text" }, reference, reference);
  const unit = readUnitFile(`[Container]\nImage=${value}\n`);
  const [setting, ...others] = unit.settings;
  const isSame = setting && expanded(unquoted(setting.value).text) === reference;
  if (/\.(build|image)$/.test(reference)) return undefined;
  return isSame && others.length + unit.faults.length === 0 ? value : undefined;
}

/** Parses words into flags. The words must contain nothing but flags and their values. */
export function flagValues(words: readonly string[]): readonly FlagValue[] {
  return flagsIn(words).given;
}

/** The flags of a spec, one for each group of words. */
export function runFlags(spec: ContainerSpec): readonly FlagValue[] {
  return flagGroups(spec).map(([name = "", ...rest]) => {
    const [given] = flagsIn([name, ...rest]).given;
    // `flagsIn` does not recognize every flag that takes no value.
    return rest.length > 0 ? { name, value: rest[0] } : { name: given?.name ?? name, value: given?.value };
  });
}

/** How the file spells a step, for titles: `RunInit=false`. */
export function toDisplay(step: SpecChange): string {
  if ("key" in step && step.key === "command")
    return step.do === "set" ? `Exec=${writeExec(step.value as Argv) ?? ""}` : "Exec";
  if (step.do === "unset") return nameOf(asFlag(step));
  const written = step.do === "drop" ? ({ ...step, do: "add" } as SpecChange) : step;
  if (step.do === "unsetEnv") return `Environment=${step.name}`;
  return flagValues(flagsOf(applySteps(bareSpec, [written])))
    .flatMap((flag) => writeFlag(flag) ?? [])
    .map(({ key, value }) => `${key}=${value}`)
    .join(" ");
}

function nameOf(flag: string): string {
  const name = flag.startsWith("--") ? flag : `--${flag}`;
  return keysOf(name, undefined)[0]?.key ?? `PodmanArgs=${name}`;
}
