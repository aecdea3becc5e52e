import { resolveUri } from "../../base/uri";
import type { ContainerSource } from "../../container/source";
import { composeSurface } from "../compose/surface";
import { workerIn } from "./commands";
import { editJson, type JsonFile, listAt, nodeAt, spanOf, textAt, truthAt } from "./json";

/**
 * The service of a Compose file whose program a dev container replaces with `loop`, as `"overrideCommand": true`
 * requests. Other findings about it are reported in the Compose file. Undefined if the service runs its usual
 * program.
 */
export function replacedService(
  uri: string,
  file: JsonFile,
  read: (uri: string) => string | undefined,
  loop: Pick<ContainerSource["spec"], "command" | "entrypoint">,
): ContainerSource | undefined {
  const setting = nodeAt(file, "overrideCommand");
  const service = nodeAt(file, "service");
  const name = textAt(file, "dockerComposeFile") ?? listAt(file, "dockerComposeFile").at(-1);
  const compose = name === undefined ? undefined : resolveUri(uri, name);
  const text = compose === undefined ? undefined : read(compose);
  if (compose === undefined || text === undefined || !setting || !service) return undefined;
  if (truthAt(file, "overrideCommand") !== true) return undefined;
  const all = composeSurface.read(compose, text, read, undefined).containers;
  const found = all.find((each) => each.name === service.value);
  if (!found) return undefined;
  const { uri: _uri, build, replicas: _replicas, cluster: _cluster, ...others } = found;
  const span = spanOf(setting);
  const { span: _span, ...link } = build ?? { args: {} };
  return {
    ...others,
    spec: { ...found.spec, ...loop },
    nameSpan: spanOf(service),
    // Settings that are absent or set in other files are not reported here.
    incomplete: true,
    at: (place) => ("key" in place && place.key === "command" ? span : undefined),
    changes: (steps) =>
      steps.every((step) => step.do === "unset" && step.key === "command")
        ? [{ edits: editJson(file, [{ path: ["overrideCommand"], value: false }]), runs: [found.name] }]
        : [],
    toDisplay: () => "overrideCommand: false",
    worker: workerIn(file),
    standIn: { tool: "devcontainer", span },
    ...(build && { build: link }),
  };
}
