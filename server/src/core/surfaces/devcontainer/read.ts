import type { Node } from "jsonc-parser";
import { message } from "../../base/message";
import { lineAt } from "../../base/text";
import { resolveUri } from "../../base/uri";
import { readFlags } from "../../container/flags";
import { readLongMount } from "../../container/mount";
import { readCapability, readSecurityOption } from "../../container/options";
import type { BuildLink, ContainerSource, SpecPlace } from "../../container/source";
import { bareSpec, type ContainerSpec, sameItem } from "../../container/spec";
import { type FlagWords, placeInWords, readFlagWords } from "../flag-words";
import type { SurfaceFile } from "../surface";
import { changesOf, itemOf, lists, properties, toDisplay } from "./changes";
import { workerIn } from "./commands";
import { featureMounts, featureWith } from "./features";
import { type JsonFile, listAt, mountsAt, nodeAt, readJson, spanOf, textAt, truthAt } from "./json";
import { replaced, serviceOf } from "./service";

/** The program that a dev container runs instead of the image's, unless `overrideCommand` is false. */
const loop = {
  entrypoint: { words: ["/bin/sh"] },
  command: { words: ["-c", "while sleep 1000; do :; done"] },
};

/**
 * Reads the container that a `devcontainer.json` starts. Of a service of a Compose file, only what is set here counts:
 * its commands, and whether its program is replaced. Never throws.
 */
export function readDevcontainer(
  uri: string,
  text: string,
  read: (uri: string) => string | undefined,
): SurfaceFile {
  const file = readJson(text);
  const isService = nodeAt(file, "dockerComposeFile") !== undefined;
  const service = isService ? serviceOf(uri, file, read) : undefined;
  const source = isService ? service && replaced(service, file, loop) : file.root && sourceOf(uri, file);
  return {
    containers: source ? [source] : [],
    ...(service && !source && { remarked: [service] }),
    includes: [],
    problems: () =>
      file.errors.slice(0, 1).map(({ offset, length }) => ({
        span: { start: offset, end: offset + length },
        message: message("json.syntax", "This file is not valid JSON with comments."),
      })),
    regionAfter: (offset) => regionAfter(file, offset),
    commentPlace: (offset) => offset,
  };
}

/** The property that begins after an offset, or otherwise the line. */
function regionAfter({ root, text }: JsonFile, offset: number) {
  const open: Node[] = root ? [root] : [];
  let found: Node | undefined;
  for (const node of open) {
    if (node.type === "property" && node.offset >= offset && node.offset < (found?.offset ?? text.length))
      found = node;
    open.push(...(node.children ?? []));
  }
  return found ? spanOf(found) : lineAt(text, Math.min(offset + 1, text.length));
}

function sourceOf(uri: string, file: JsonFile): ContainerSource {
  const words = listAt(file, "runArgs").map((word) => word ?? "");
  const flags = readFlagWords(words);
  const overrides = truthAt(file, "overrideCommand") !== false;
  const named = nodeAt(file, "build", "dockerfile") ?? nodeAt(file, "dockerFile") ?? nodeAt(file, "image");
  const what = nodeAt(file, "overrideCommand") ?? named;
  const first = lineAt(file.text, 0);
  const nameSpan = named ? spanOf(named) : first;
  const spec = { ...specIn(file, words), ...(overrides && loop) };
  const build = buildOf(uri, file);
  const featureOf = (place: object) => ("key" in place ? featureWith(file, String(place.key)) : undefined);
  return {
    name: textAt(file, "name") ?? "devcontainer",
    spec,
    nameSpan,
    at: (place) => {
      const found = featureOf(place) ?? standing(file, flags, place);
      return found && spanOf(found);
    },
    changes: (steps) =>
      steps.some(featureOf) ? [] : changesOf(file, flags, textAt(file, "name") ?? "devcontainer", steps),
    start: () => ({ image: spec.image ?? "devcontainer", spec, left: [] }),
    toDisplay: (step) => String(featureOf(step)?.value ?? toDisplay(step)),
    worker: workerIn(file),
    ...(overrides && { standIn: { tool: "devcontainer", span: what ? spanOf(what) : first } }),
    ...(build && { build }),
  };
}

function specIn(file: JsonFile, words: readonly string[]): ContainerSpec {
  const { image: _image, command: _command, ...flags } = readFlags(words, bareSpec);
  const truth = (key: "privileged" | "init") =>
    featureWith(file, key) ? true : (truthAt(file, key) ?? flags[key]);
  const privileged = truth("privileged");
  const init = truth("init");
  const image = textAt(file, "image");
  const user = textAt(file, "containerUser") ?? flags.user;
  const environment = (nodeAt(file, "containerEnv")?.children ?? []).map(
    ({ children: [key, value] = [] }) => [
      String(key?.value),
      value?.type === "string" ? String(value.value) : undefined,
    ],
  );
  const texts = (key: string) => listAt(file, key).flatMap((item) => item ?? []);
  const mounts = mountsAt(file, "mounts")
    .flatMap((text) => text ?? [])
    .map(readLongMount);
  return {
    ...flags,
    ...(image !== undefined && { image }),
    ...(privileged !== undefined && { privileged }),
    ...(init !== undefined && { init }),
    ...(user !== undefined && { user }),
    environment: { ...flags.environment, ...Object.fromEntries(environment) },
    capabilities: [...flags.capabilities, ...texts("capAdd").map(readCapability)],
    securityOptions: [...flags.securityOptions, ...texts("securityOpt").map(readSecurityOption)],
    mounts: [
      ...flags.mounts,
      ...mounts.flatMap((mount) => ("target" in mount ? mount : [])),
      ...featureMounts(file),
    ],
    tmpfs: [...flags.tmpfs, ...mounts.flatMap((mount) => ("path" in mount ? mount : []))],
  };
}

function standing(file: JsonFile, flags: FlagWords, place: SpecPlace): Node | undefined {
  if ("variable" in place) {
    const own = nodeAt(file, "containerEnv", place.variable);
    if (own) return own;
  } else {
    const property =
      place.key === "command" ? "overrideCommand" : properties[place.key as keyof typeof properties];
    const own = property === undefined ? undefined : nodeAt(file, property);
    const item = itemIn(file, place.key, place.item);
    if (own ?? item) return own ?? item;
  }
  const flag = placeInWords(flags, place);
  return flag && nodeAt(file, "runArgs", flag.to - 1);
}

function itemIn(file: JsonFile, key: string, wanted: unknown): Node | undefined {
  if (!(key in lists) || wanted === undefined) return undefined;
  const of = key as keyof typeof lists;
  const at = mountsAt(file, lists[of]).findIndex(
    (text) => text !== undefined && sameItem(itemOf(of, text), wanted),
  );
  return at === -1 ? undefined : nodeAt(file, lists[of], at);
}

function buildOf(uri: string, file: JsonFile): BuildLink | undefined {
  const node = nodeAt(file, "build", "dockerfile") ?? nodeAt(file, "dockerFile");
  const path = node?.type === "string" ? String(node.value) : undefined;
  const dockerfile = path === undefined ? undefined : resolveUri(uri, path);
  if (!node || dockerfile === undefined) return undefined;
  const context = resolveUri(uri, textAt(file, "build", "context") ?? textAt(file, "context") ?? ".");
  const target = textAt(file, "build", "target");
  const args = (nodeAt(file, "build", "args")?.children ?? []).map(({ children: [key, value] = [] }) => [
    String(key?.value),
    value?.type === "string" ? String(value.value) : undefined,
  ]);
  return {
    dockerfile,
    ...(target !== undefined && { target }),
    ...(context !== undefined && { context: context.replace(/\/$/, "") }),
    span: spanOf(node),
    args: Object.fromEntries(args),
  };
}
