import { type Read, resolveUri } from "../../base/uri";
import type { ContainerSource } from "../../container/source";
import { composeSurface } from "../compose/surface";
import { workerIn } from "./commands";
import { editJson, type JsonFile, listAt, nodeAt, spanOf, textAt, truthAt } from "./json";

/**
 * The service of Compose files that a dev container uses, with only what `devcontainer.json` sets for it. Other
 * findings about it are reported in the Compose files. Undefined if there is no such service.
 */
export function serviceOf(uri: string, file: JsonFile, read: Read): ContainerSource | undefined {
  const service = nodeAt(file, "service");
  const found = service && serviceNamed(String(service.value), composeFilesOf(uri, file), read);
  if (!found) return undefined;
  const {
    uri: _uri,
    build,
    replicas: _replicas,
    cluster: _cluster,
    variableFiles: _files,
    ...others
  } = found;
  const { span: _span, ...link } = build ?? { args: {} };
  return {
    ...others,
    nameSpan: spanOf(service),
    // Settings that are absent or set in other files are not reported here.
    incomplete: true,
    at: () => undefined,
    changes: () => [],
    worker: workerIn(file),
    ...(build && { build: link }),
  };
}

/** The service with the program that `"overrideCommand": true` starts instead. */
export function replaced(
  source: ContainerSource,
  file: JsonFile,
  loop: Pick<ContainerSource["spec"], "command" | "entrypoint">,
): ContainerSource | undefined {
  const setting = nodeAt(file, "overrideCommand");
  if (!setting || truthAt(file, "overrideCommand") !== true) return undefined;
  const span = spanOf(setting);
  return {
    ...source,
    spec: { ...source.spec, ...loop },
    at: (place) => ("key" in place && place.key === "command" ? span : undefined),
    changes: (steps) =>
      steps.every((step) => step.do === "unset" && step.key === "command")
        ? [{ edits: editJson(file, [{ path: ["overrideCommand"], value: false }]), runs: [source.name] }]
        : [],
    toDisplay: () => "overrideCommand: false",
    standIn: { tool: "devcontainer", span },
  };
}

function composeFilesOf(uri: string, file: JsonFile): string[] {
  const only = textAt(file, "dockerComposeFile");
  const names = only === undefined ? listAt(file, "dockerComposeFile") : [only];
  return names.flatMap((name) => (name === undefined ? [] : (resolveUri(uri, name) ?? [])));
}

function serviceNamed(name: string, files: readonly string[], read: Read): ContainerSource | undefined {
  const [first, ...others] = files.filter((uri) => read(uri) !== undefined);
  if (first === undefined) return undefined;
  const started = others.length > 0 ? { files: others } : undefined;
  return composeSurface
    .read(first, read(first) ?? "", read, started)
    .containers.find((each) => each.name === name);
}
