import type { Node } from "yaml";
import type { ContainerSpec } from "../../container/spec";
import type { YamlFile } from "../../yaml/document";
import { type Entry, isMap, nameOf } from "../../yaml/nodes";
import { scalarText } from "../../yaml/scalar-text";
import { spanOf } from "../../yaml/spans";
import type { Dialect } from "../compose/dialect";
import { itemReaders, lists, text as textKey } from "../compose/fields";
import { serviceOf } from "../compose/service";
import { hidden } from "../hidden";
import { readFlagsKey } from "../key-words";
import type { YamlContainer } from "../yaml-containers";

/** The keys of a container whose `options` are those of `docker create` (GitHub, workflow syntax; DockerCommandManager.cs). */
const dialect: Dialect = {
  singles: { image: textKey("image") },
  lists: { mounts: { ...lists.mounts, name: "volumes" }, ports: { ...lists.ports, name: "ports" } },
  items: { volumes: itemReaders.volumes, ports: itemReaders.ports },
  environment: "env",
  escape: (value) => value,
};

/** The program that the runner starts in a job's container (actions/runner, ContainerOperationProvider.cs). */
const waiting = { entrypoint: { words: ["tail"] }, command: { words: ["-f", "/dev/null"] } };

/**
 * The container in which the steps of a job run, and the containers of its services. `written` is the content of the
 * file.
 */
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
  const own = { file, entry };
  const service = serviceOf(dialect, nameOf(entry.pair) ?? "", [own]);
  const imageNode = isMap(body) ? keys.get("image")?.pair.value : value;
  const image = imageNode ? known(scalarText(file, imageNode)?.text) : undefined;
  const options = { name: "options", value: keys.get("options")?.pair.value };
  const read = readFlagsKey({ file, written, ...options, inKeys: knownKeys(service.spec) });
  const spec = { ...read.spec, ...(image !== undefined && { image }) };
  const name = imageNode ?? key;
  return {
    service,
    own,
    name,
    spec: isJob ? { ...spec, ...waiting } : spec,
    words: read.words,
    about: {
      runsOn: "docker",
      forTest: true,
      ...(read.incomplete && { incomplete: true }),
      ...(isJob && {
        standIn: { tool: "github-actions" as const, span: spanOf(file, name), isFixed: true as const },
      }),
    },
  };
}

/** A value, unless it contains an expression. */
function known(value: string | undefined): string | undefined {
  return value?.includes(hidden) ? undefined : value;
}

/** What the keys other than the image set, without values that contain expressions. */
function knownKeys({ image: _, ...spec }: ContainerSpec): ContainerSpec {
  const isKnown = (item: unknown) => !JSON.stringify(item).includes(hidden);
  const environment = Object.entries(spec.environment).map(([name, value]) => [name, known(value)]);
  return {
    ...spec,
    environment: Object.fromEntries(environment),
    mounts: spec.mounts.filter(isKnown),
    ports: spec.ports.filter(isKnown),
  };
}
