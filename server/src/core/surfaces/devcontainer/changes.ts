import { flags as flagsOf } from "../../container/flags";
import { readLongMount } from "../../container/mount";
import { readCapability, readSecurityOption } from "../../container/options";
import type { SourceChange } from "../../container/source";
import { applySteps, bareSpec, type SpecChange, sameItem } from "../../container/spec";
import { changeWords, type FlagWords } from "../flag-words";
import { editJson, type JsonChange, type JsonFile, listAt, mountsAt, nodeAt, textAt } from "./json";

/** The properties for settings with one value; a setting without a property is a flag in `runArgs`. */
export const properties = {
  image: "image",
  privileged: "privileged",
  init: "init",
  user: "containerUser",
} as const;

/** The properties for lists. A tmpfs is read from `mounts` but written to `runArgs`. */
export const lists = {
  capabilities: "capAdd",
  securityOptions: "securityOpt",
  mounts: "mounts",
  tmpfs: "mounts",
} as const;

/** The item of a spec that corresponds to an item of the list. */
export function itemOf(key: keyof typeof lists, text: string): unknown {
  if (key === "capabilities") return readCapability(text);
  if (key === "securityOptions") return readSecurityOption(text);
  return readLongMount(text);
}

/** The edits that apply steps: in properties where possible, otherwise among the flags. */
export function changesOf(
  file: JsonFile,
  words: FlagWords,
  name: string,
  steps: readonly SpecChange[],
): SourceChange[] {
  if (file.errors.length > 0) return [];
  const changes: JsonChange[] = [];
  const rest: SpecChange[] = [];
  for (const step of steps) {
    const change = inProperty(file, step);
    if (change === "impossible") return [];
    changes.push(...(change ?? []));
    // A flag may also set or remove what a property sets.
    if ((!change || step.do !== "add") && !isProgram(step)) rest.push(step);
  }
  const inWords = changeWords(
    words,
    rest.filter((step) => !isProperty(step) || removes(step)),
  );
  if (!inWords) return [];
  const args = listAt(file, "runArgs");
  if (args.includes(undefined)) return [];
  for (const [first, { count, by }] of [...inWords.replaced].sort(([a], [b]) => b - a)) {
    const path = (at: number) => ["runArgs", at];
    for (const [at, word] of by.slice(0, count).entries())
      changes.push({ path: path(first + at), value: word });
    for (let at = first + count - 1; at >= first + by.length; at--)
      changes.push({ path: path(at), value: undefined });
    for (const word of by.slice(count).reverse())
      changes.push({ path: path(first + count), value: word, insert: true });
  }
  if (inWords.added.length > 0 && !nodeAt(file, "runArgs"))
    changes.push({ path: ["runArgs"], value: inWords.added });
  else for (const word of inWords.added) changes.push({ path: ["runArgs", -1], value: word, insert: true });
  return [{ edits: editJson(file, changes), runs: [name] }];
}

function isProgram(step: SpecChange): boolean {
  return "key" in step && (step.key === "command" || step.key === "entrypoint");
}

function removes({ do: what }: SpecChange): boolean {
  return what === "drop" || what === "unset" || what === "unsetEnv";
}

function isProperty(step: SpecChange): boolean {
  return (
    "name" in step ||
    step.key in properties ||
    (step.do === "add" && (step.key === "capabilities" || step.key === "securityOptions"))
  );
}

/** The change of a property that applies a step; undefined for a step that only flags can apply. */
function inProperty(file: JsonFile, step: SpecChange): JsonChange[] | "impossible" | undefined {
  if (step.do === "setEnv") return [{ path: ["containerEnv", step.name], value: step.value }];
  if (step.do === "unsetEnv")
    return (
      nodeAt(file, "containerEnv", step.name) && [{ path: ["containerEnv", step.name], value: undefined }]
    );
  const { key } = step;
  if (key === "command" || key === "entrypoint")
    return step.do === "unset" ? [{ path: ["overrideCommand"], value: false }] : "impossible";
  if (key in properties) {
    const property = properties[key as keyof typeof properties];
    if (step.do === "set") return [{ path: [property], value: step.value }, ...keptUser(file, key)];
    return nodeAt(file, property) && [{ path: [property], value: undefined }];
  }
  if (!(key in lists)) return undefined;
  const list = lists[key as keyof typeof lists];
  const all = mountsAt(file, list);
  if (step.do === "add" && (key === "capabilities" || key === "securityOptions"))
    return nodeAt(file, list)
      ? [{ path: [list, -1], value: step.value, insert: true }]
      : [{ path: [list], value: [step.value] }];
  if (step.do !== "drop") return undefined;
  const at = all.findIndex(
    (text) => text !== undefined && sameItem(itemOf(key as keyof typeof lists, text), step.value),
  );
  if (at === -1) return undefined;
  return [{ path: all.length === 1 ? [list] : [list, at], value: undefined }];
}

/** Keeps the user who works in the container if the user of PID 1 changes. */
function keptUser(file: JsonFile, key: string): JsonChange[] {
  const user = textAt(file, "containerUser");
  if (key !== "user" || user === undefined || nodeAt(file, "remoteUser")) return [];
  return [{ path: ["remoteUser"], value: user }];
}

/** How the file spells a step, for titles: `"init": false`, `runArgs: --tmpfs /run`. */
export function toDisplay(step: SpecChange): string {
  if (step.do === "setEnv") return `containerEnv: ${step.name}=${step.value}`;
  if (step.do === "unsetEnv") return `containerEnv: ${step.name}`;
  const { key } = step;
  if (key === "command" || key === "entrypoint") return "overrideCommand: false";
  if (key in properties) {
    const property = properties[key as keyof typeof properties];
    return step.do === "set" ? `${property}: ${step.value}` : property;
  }
  if (step.do === "unset") return key in lists ? lists[key as keyof typeof lists] : `runArgs: --${key}`;
  if (key === "capabilities" || key === "securityOptions")
    return "value" in step ? `${lists[key]}: ${step.value}` : lists[key];
  const written = step.do === "drop" ? ({ ...step, do: "add" } as SpecChange) : step;
  return `runArgs: ${flagsOf(applySteps(bareSpec, [written])).join(" ")}`;
}
