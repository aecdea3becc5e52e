import { lineAt, type Span } from "../../base/text";
import { resolveUri } from "../../base/uri";
import { readCapability, readSecurityOption } from "../../container/options";
import type { BuildLink, ContainerSource, SpecPlace } from "../../container/source";
import { bareSpec, type ContainerSpec, sameItem } from "../../container/spec";
import type { SurfaceFile } from "../surface";
import { changesOf, toDisplay } from "./changes";
import { type Block, type Body, type HclFile, readHcl, type Value } from "./hcl";
import { mountsIn, type Placed, pathOf, tmpfsIn } from "./mounts";
import { lists, names } from "./names";
import { attributeOf, blocksOf, isLiteral, itemsIn, numberIn, textIn, textsIn, truthIn } from "./values";

/** Reads the containers in a Terraform file. Computed values are unknown. Never throws. */
export function readTerraform(uri: string, text: string): SurfaceFile {
  const file = readHcl(text);
  const resources = blocksOf(file.body, "resource");
  const images = new Map(
    resources.flatMap((block) =>
      block.labels[0] === "docker_image" ? [[block.labels[1] ?? "", block] as const] : [],
    ),
  );
  const containers = resources.flatMap((block) =>
    block.labels[0] === "docker_container" ? (sourceOf(uri, file, block, images) ?? []) : [],
  );
  return {
    containers,
    includes: [],
    problems: () => [],
    regionAfter: (offset) => regionAfter(file, offset),
    commentPlace: (offset) =>
      file.heredocs.some(({ start, end }) => start < offset && offset <= end) ? undefined : offset,
  };
}

/** The attribute or block that follows an offset, or otherwise the line. */
function regionAfter({ body, text }: HclFile, offset: number): Span {
  const open: Body[] = [body];
  let found: Span | undefined;
  for (const { attributes, blocks } of open) {
    for (const { span } of [...attributes, ...blocks])
      if (span.start >= offset && span.start < (found?.start ?? text.length)) found = span;
    open.push(...blocks.map((block) => block.body));
    open.push(...attributes.flatMap(({ value }) => (value.kind === "map" ? value.body : [])));
  }
  return found ?? lineAt(text, Math.min(offset + 1, text.length));
}

function sourceOf(
  uri: string,
  file: HclFile,
  block: Block,
  images: ReadonlyMap<string, Block>,
): ContainerSource | undefined {
  const { body, labels, span } = block;
  const hidden = hiddenIn(body);
  const [type = "", label = ""] = labels;
  if (hidden === "deciding") return undefined;
  const from = imageOf(body, images);
  const image = textIn(body, "image") ?? (from && textIn(from.body, "name"));
  const spec = { ...specIn(body), ...(image !== undefined && { image }) };
  const build = from && buildOf(uri, from);
  const nameSpan = { start: span.start, end: lineAt(file.text, span.start).end };
  const header = /^[^{]*/.exec(file.text.slice(nameSpan.start, nameSpan.end))?.[0].trimEnd() ?? type;
  return {
    name: label,
    spec,
    nameSpan: { start: span.start, end: span.start + header.length },
    at: (place) => standing(body, spec, place),
    changes: (steps) => changesOf(file, label, steps),
    start: () => ({ image: spec.image ?? label, spec, left: [] }),
    toDisplay,
    runsOn: "docker",
    ...(build && { build }),
    ...(hidden === "some" && { incomplete: true }),
  };
}

/** The image resource that a container refers to. */
function imageOf(body: Body, images: ReadonlyMap<string, Block>): Block | undefined {
  const value = attributeOf(body, "image")?.value;
  const [type, name = ""] = value?.kind === "word" ? value.text.split(".") : [];
  return type === "docker_image" ? images.get(name.replace(/\[.*/s, "")) : undefined;
}

/** The Dockerfile of an image. Its directory is assumed to be relative to that of the file. */
function buildOf(uri: string, { body }: Block): BuildLink | undefined {
  const [build] = blocksOf(body, "build");
  const written = build && (attributeOf(build.body, "context") ?? attributeOf(build.body, "path"))?.value;
  const isOwn = written?.kind === "word" && written.text === "path.module";
  const folder = isOwn ? "." : written?.kind === "text" ? written.text : undefined;
  const context = folder === undefined ? undefined : resolveUri(uri, folder)?.replace(/\/$/, "");
  if (!build || context === undefined) return undefined;
  const dockerfile = resolveUri(`${context}/`, textIn(build.body, "dockerfile") ?? "Dockerfile");
  const target = textIn(build.body, "target");
  return dockerfile === undefined
    ? undefined
    : { dockerfile, context, args: {}, ...(target !== undefined && { target }) };
}

/** Settings that determine whether systemd boots. If one of them is unknown, nothing is reported. */
const deciding = new Set(["command", "entrypoint", "privileged", "cgroupns_mode", "tmpfs", "security_opts"]);

/** Settings that no finding depends on. */
const harmless = new Set(["image", "name", "hostname", "memory", "restart", "env"]);

const known = new Set<string>([...Object.values(names), ...deciding]);

/** Which settings of a container are computed: one that decides whether systemd boots, only others, or none. */
function hiddenIn(body: Body): "deciding" | "some" | "none" {
  const computed = body.attributes.filter(({ name, value }) => known.has(name) && !isLiteral(value));
  const dynamic = blocksOf(body, "dynamic").flatMap(({ labels }) => labels[0] ?? "");
  if (
    computed.some(({ name }) => deciding.has(name)) ||
    dynamic.some((type) => /^(volumes|mounts|cap)/.test(type))
  )
    return "deciding";
  const parts = [
    ...[...blocksOf(body, "volumes"), ...blocksOf(body, "mounts")].map((each) => pathOf(each.body)),
    ...blocksOf(body, "capabilities").map(({ body: own }) =>
      itemsIn(own, "add").every(isLiteral) ? "" : undefined,
    ),
  ];
  const isHidden = computed.some(({ name }) => !harmless.has(name)) || parts.includes(undefined);
  return isHidden ? "some" : "none";
}

function specIn(body: Body): ContainerSpec {
  const words = (name: string) =>
    attributeOf(body, name)?.value.kind === "list" ? { words: textsIn(body, name) } : undefined;
  const memory = numberIn(body, "memory");
  const cgroups = textIn(body, "cgroupns_mode");
  const values = {
    name: textIn(body, "name"),
    hostname: textIn(body, "hostname"),
    user: textIn(body, "user"),
    command: words("command"),
    entrypoint: words("entrypoint"),
    privileged: truthIn(body, "privileged"),
    init: truthIn(body, "init"),
    tty: truthIn(body, "tty"),
    readOnly: truthIn(body, "read_only"),
    stopSignal: textIn(body, "stop_signal"),
    stopGrace: numberIn(body, "stop_timeout"),
    cgroupNamespace: cgroups === "host" || cgroups === "private" ? cgroups : undefined,
    pid: textIn(body, "pid_mode"),
    network: textIn(body, "network_mode"),
    usernsMode: textIn(body, "userns_mode"),
    runtime: textIn(body, "runtime"),
    restart: textIn(body, "restart"),
    memory: memory === undefined ? undefined : `${memory}m`,
  };
  const mounts = mountsIn(body).map(({ item }) => item);
  const variables = textsIn(body, "env").map((text) => /^([^=]*)=?(.*)$/s.exec(text) ?? []);
  return {
    ...bareSpec,
    ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)),
    environment: Object.fromEntries(variables.map(([, name = "", value]) => [name, value])),
    securityOptions: textsIn(body, "security_opts").map(readSecurityOption),
    capabilities: blocksOf(body, "capabilities").flatMap((each) =>
      textsIn(each.body, "add").map(readCapability),
    ),
    devices: blocksOf(body, "devices").flatMap((each) => deviceIn(each.body)),
    mounts: mounts.flatMap((item) => ("target" in item ? item : [])),
    tmpfs: [
      ...tmpfsIn(body).map(({ item }) => item),
      ...mounts.flatMap((item) => ("path" in item ? item : [])),
    ],
  };
}

function deviceIn(body: Body): string[] {
  const host = textIn(body, "host_path");
  const inside = textIn(body, "container_path");
  return host === undefined ? [] : [inside === undefined ? host : `${host}:${inside}`];
}

function standing(body: Body, spec: ContainerSpec, place: SpecPlace): Span | undefined {
  if ("variable" in place) {
    const isIt = (item: Value) => item.kind === "text" && item.text.split("=", 1)[0] === place.variable;
    return itemsIn(body, "env").findLast(isIt)?.span;
  }
  const { key, item } = place;
  if (key in names)
    return spec[key] === undefined
      ? undefined
      : attributeOf(body, names[key as keyof typeof names])?.value.span;
  const placed: readonly Placed<unknown>[] =
    key === "mounts" || key === "tmpfs" ? [...mountsIn(body), ...tmpfsIn(body)] : textItems(body, key);
  return placed.findLast((each) => item === undefined || sameItem(each.item, item))?.span;
}

function textItems(body: Body, key: string): Placed<string>[] {
  if (!(key in lists)) return [];
  const { list, read } = lists[key as keyof typeof lists];
  return list(body).flatMap((item) =>
    item.kind === "text" ? { item: read(item.text), span: item.span } : [],
  );
}
