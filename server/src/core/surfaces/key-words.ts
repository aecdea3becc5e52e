import type { Node } from "yaml";
import type { Edit } from "../base/text";
import { flags, readFlags } from "../container/flags";
import {
  applySteps,
  bareSpec,
  type ContainerSpec,
  identity,
  listKeys,
  type SpecChange,
} from "../container/spec";
import { readCommands } from "../shell/commands";
import { joinTexts, replacement, sourceSpan } from "../shell/mapped-text";
import type { YamlFile } from "../yaml/document";
import { isMap, isSeq, textOf } from "../yaml/nodes";
import { scalarText } from "../yaml/scalar-text";
import { placeInWords } from "./flag-words";
import { type RunCommand, runCommand } from "./run-lines/command";
import { wordEdits } from "./run-lines/source";
import type { YamlContainer } from "./yaml-containers";

/** A key whose value consists of flags of `docker run`. The container's other keys set the rest. */
export interface FlagsKey {
  readonly file: YamlFile;
  /** The content of the file as written. */
  readonly written: string;
  readonly name: string;
  /** The value of the key; absent if the key is absent. */
  readonly value: Node | null | undefined;
  /** The settings of the other keys. */
  readonly inKeys: ContainerSpec;
  /** The value is shared with other containers. */
  readonly isShared?: boolean;
}

/** The combined settings of flags and keys, and how to change the flags. */
export interface ReadFlagsKey {
  readonly spec: ContainerSpec;
  readonly incomplete: boolean;
  readonly words: NonNullable<YamlContainer["words"]>;
}

/** Reads the flags of a key: a string, a list of strings, or a mapping of flags without dashes to values. */
export function readFlagsKey(key: FlagsKey): ReadFlagsKey {
  const { file, value, inKeys } = key;
  const words = value ? wordsIn(key, value) : undefined;
  return {
    spec: merged(words?.spec ?? mappedFlags(file, value), inKeys),
    incomplete: words?.incomplete ?? false,
    words: {
      at: (place) => {
        const flag = words && placeInWords(words.flags, place);
        return flag && words.spans[flag.to - 1];
      },
      changes: (steps) => changesIn(key, words, steps),
    },
  };
}

/** The words, read like those of `docker create`. */
function wordsIn({ file, written }: FlagsKey, value: Node): RunCommand | undefined {
  const node = file.resolve(value);
  const nodes = isSeq(node) ? (node.items as Node[]) : node ? [node] : [];
  const texts = nodes.flatMap((item) => scalarText(file, item) ?? []);
  const [first, last] = [texts[0], texts.at(-1)];
  if (!first || !last) return undefined;
  const start = sourceSpan(first, 0, 0).start;
  const { end } = sourceSpan(last, 0, last.text.length);
  const before = replacement("docker create", { start, end: start });
  const behind = replacement(" image", { start: end, end });
  const spaced = texts.flatMap((text) => {
    const at = sourceSpan(text, 0, 0).start;
    return [replacement(" ", { start: at, end: at }), text];
  });
  const [command] = readCommands(joinTexts([before, ...spaced, behind]));
  return command && runCommand(command, written);
}

function mappedFlags(file: YamlFile, value: Node | null | undefined): ContainerSpec {
  const node = file.resolve(value);
  if (!isMap(node)) return bareSpec;
  const words = [...file.entries(node)].flatMap(([name, { pair }]) => {
    const values = file.resolve(pair.value);
    const all = isSeq(values) ? values.items : [values];
    return all.map((each) => `--${name}=${textOf(file.resolve(each)) ?? ""}`);
  });
  return readFlags(words, bareSpec);
}

/** The combined settings of flags and keys. */
function merged(inFlags: ContainerSpec, inKeys: ContainerSpec): ContainerSpec {
  const { command: _command, image: _image, ...spec } = inFlags;
  const lists = Object.fromEntries(listKeys.map((key) => [key, [...inFlags[key], ...inKeys[key]]]));
  return { ...spec, ...inKeys, ...lists, environment: { ...spec.environment, ...inKeys.environment } };
}

/** The edits of the flags that apply steps, and the remaining steps, which are for other keys. */
function changesIn(
  { file, written, name, value, inKeys, isShared }: FlagsKey,
  words: RunCommand | undefined,
  steps: readonly SpecChange[],
): ReturnType<ReadFlagsKey["words"]["changes"]> {
  const rest = steps.filter((step) => isOfKeys(inKeys, words?.spec ?? bareSpec, step));
  const ofFlags = steps.filter((step) => !rest.includes(step));
  if (ofFlags.length === 0) return { rest, edits: [] };
  if (!value) {
    const added = flags(applySteps(bareSpec, ofFlags));
    return added.length > 0 ? { rest, edits: [], more: [[name, added.join(" ")]] } : undefined;
  }
  if (!words || isShared || file.inFlow(value) || belongsToOthers(file, value)) return undefined;
  const edits = wordEdits(written, words, ofFlags);
  return edits && !empties(words, edits) ? { rest, edits } : undefined;
}
/** Whether a step concerns one of the keys rather than a flag. */
function isOfKeys(inKeys: ContainerSpec, inFlags: ContainerSpec, step: SpecChange): boolean {
  if ("name" in step) return !Object.hasOwn(inFlags.environment, step.name);
  if (step.do !== "add" && step.do !== "drop") return false;
  const items: readonly unknown[] = inKeys[step.key];
  return items.some((item) => identity(item) === identity(step.value));
}

function belongsToOthers(file: YamlFile, node: Node): boolean {
  for (let above: Node | undefined = node; above; above = file.parent(above))
    if (file.isShared(above)) return true;
  return false;
}

/** Whether edits remove all words, which would leave a key without a value. */
function empties({ spans }: RunCommand, edits: readonly Edit[]): boolean {
  const [first, last] = [spans[0], spans.at(-2)];
  if (!first || !last || edits.some(({ text }) => text !== "")) return false;
  const gone = edits.reduce((sum, { span }) => sum + span.end - span.start, 0);
  return gone >= last.end - first.start;
}
