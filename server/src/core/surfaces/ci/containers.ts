import type { Node } from "yaml";
import type { Edit } from "../../base/text";
import { flags } from "../../container/flags";
import { applySteps, bareSpec, type ContainerSpec, identity, type SpecChange } from "../../container/spec";
import { readCommands } from "../../shell/commands";
import { joinTexts, sourceSpan, textBuilder } from "../../shell/mapped-text";
import type { YamlFile } from "../../yaml/document";
import { type Entry, isMap, nameOf } from "../../yaml/nodes";
import { scalarText } from "../../yaml/scalar-text";
import { spanOf } from "../../yaml/spans";
import type { Dialect } from "../compose/dialect";
import { itemReaders, lists, text as textKey } from "../compose/fields";
import { serviceOf } from "../compose/service";
import { placeInWords } from "../flag-words";
import { hidden } from "../hidden";
import { type RunCommand, runCommand } from "../run-lines/command";
import { wordEdits } from "../run-lines/source";
import type { YamlContainer } from "../yaml-containers";

/** The keys of a container that are not flags in `options` (GitHub, workflow syntax). */
const dialect: Dialect = {
  singles: { image: textKey("image") },
  lists: { mounts: { ...lists.mounts, name: "volumes" }, ports: { ...lists.ports, name: "ports" } },
  items: { volumes: itemReaders.volumes, ports: itemReaders.ports },
  environment: "env",
  escape: (value) => value,
};

/** What the runner starts in a job's container (actions/runner, ContainerOperationProvider.cs). */
const waiting = { entrypoint: { words: ["tail"] }, command: { words: ["-f", "/dev/null"] } };

/** The container in which the steps of a job run, and those of its services. `written` is the text of the file. */
export function containersOf(file: YamlFile, written: string, job: Node | null): YamlContainer[] {
  const entries = file.entries(job);
  const own = entries.get("container");
  const services = file.entries(entries.get("services")?.pair.value);
  return [
    ...(own ? [containerOf(file, written, own, true)] : []),
    ...[...services.values()].map((entry) => containerOf(file, written, entry, false)),
  ];
}

function containerOf(file: YamlFile, written: string, entry: Entry, isJob: boolean): YamlContainer {
  const { key, value } = entry.pair;
  const body = file.resolve(value);
  const keys = file.entries(body);
  const options = keys.get("options")?.pair.value;
  const words = options ? optionsIn(file, written, options) : undefined;
  const own = { file, entry };
  const service = serviceOf(dialect, nameOf(entry.pair) ?? "", [own]);
  const imageNode = isMap(body) ? keys.get("image")?.pair.value : value;
  const image = imageNode ? known(scalarText(file, imageNode)?.text) : undefined;
  const { image: _, ...inKeys } = service.spec;
  const spec = { ...merged(words?.spec ?? bareSpec, inKeys), ...(image !== undefined && { image }) };
  const name = imageNode ?? key;
  return {
    service,
    own,
    name,
    spec: isJob ? { ...spec, ...waiting } : spec,
    words: {
      at: (place) => {
        const flag = words && placeInWords(words.flags, place);
        return flag && words.spans[flag.to - 1];
      },
      changes: (steps) => changesIn({ file, written, inKeys: service.spec, options, words }, steps),
    },
    about: {
      runsOn: "docker",
      forTest: true,
      ...(words?.incomplete && { incomplete: true }),
      ...(isJob && {
        standIn: { tool: "github-actions" as const, span: spanOf(file, name), isFixed: true as const },
      }),
    },
  };
}

/** A value that no expression is part of. */
function known(value: string | undefined): string | undefined {
  return value?.includes(hidden) ? undefined : value;
}

/** What flags and keys set together; nothing that an expression writes. */
function merged(inFlags: ContainerSpec, inKeys: ContainerSpec): ContainerSpec {
  const { command: _command, image: _image, ...spec } = inFlags;
  const isKnown = (item: unknown) => !JSON.stringify(item).includes(hidden);
  const environment = Object.entries(inKeys.environment).map(([name, value]) => [name, known(value)]);
  return {
    ...spec,
    environment: { ...spec.environment, ...Object.fromEntries(environment) },
    mounts: [...spec.mounts, ...inKeys.mounts.filter(isKnown)],
    ports: [...spec.ports, ...inKeys.ports.filter(isKnown)],
  };
}

/** The words of `options`, read as those of `docker create`, which gets them (actions/runner, DockerCommandManager.cs). */
function optionsIn(file: YamlFile, written: string, node: Node): RunCommand | undefined {
  const text = scalarText(file, node);
  if (!text) return undefined;
  const { start, end } = sourceSpan(text, 0, text.text.length);
  const builder = textBuilder();
  builder.replace("docker create ", { start, end: start });
  const before = builder.build();
  const behind = textBuilder();
  behind.replace(" image", { start: end, end });
  const [command] = readCommands(joinTexts([before, text, behind.build()]));
  return command && runCommand(command, written);
}

interface Container {
  readonly file: YamlFile;
  readonly written: string;
  readonly inKeys: ContainerSpec;
  /** The value of `options`, and its words where it can be read. */
  readonly options: Node | null | undefined;
  readonly words: RunCommand | undefined;
}

/** The edits of `options` that make steps true, and the steps that are for other keys. */
function changesIn(
  { file, written, inKeys, options, words }: Container,
  steps: readonly SpecChange[],
): ReturnType<NonNullable<YamlContainer["words"]>["changes"]> {
  const rest = steps.filter((step) => isOfKeys(inKeys, words?.spec ?? bareSpec, step));
  const inOptions = steps.filter((step) => !rest.includes(step));
  if (inOptions.length === 0) return { rest, edits: [] };
  if (!options) {
    const added = flags(applySteps(bareSpec, inOptions));
    return added.length > 0 ? { rest, edits: [], more: [["options", added.join(" ")]] } : undefined;
  }
  const edits =
    words && !file.inFlow(options) && !isShared(file, options)
      ? wordEdits(written, words, inOptions)
      : undefined;
  return edits && !empties(words, edits) ? { rest, edits } : undefined;
}

/** Whether a step is about a key, and not about a flag. */
function isOfKeys(inKeys: ContainerSpec, inFlags: ContainerSpec, step: SpecChange): boolean {
  if ("name" in step) return !Object.hasOwn(inFlags.environment, step.name);
  if (step.do !== "add" && step.do !== "drop") return false;
  const items: readonly unknown[] = inKeys[step.key];
  return items.some((item) => identity(item) === identity(step.value));
}

function isShared(file: YamlFile, node: Node): boolean {
  for (let above: Node | undefined = node; above; above = file.parent(above))
    if (file.isShared(above)) return true;
  return false;
}

/** Whether edits take all words away: a key without a value would be left. */
function empties(words: RunCommand | undefined, edits: readonly Edit[]): boolean {
  const [first, last] = [words?.spans[0], words?.spans.at(-1)];
  if (!first || !last || edits.some(({ text }) => text !== "")) return false;
  const gone = edits.reduce((sum, { span }) => sum + span.end - span.start, 0);
  return gone >= last.end - first.start;
}
