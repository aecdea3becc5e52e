import { message } from "../../base/message";
import { lastSegment, lineAt } from "../../base/text";
import { resolveUri } from "../../base/uri";
import type { ContainerSource, SpecPlace } from "../../container/source";
import { placeInWords } from "../flag-words";
import { unknown } from "../run-lines/regions";
import type { SurfaceFile } from "../surface";
import { namedImage } from "./builds";
import { changesOf, valueSpan } from "./changes";
import { type Items, itemsIn, specOf } from "./items";
import { restarts, runKey } from "./keys";
import { serviceOf } from "./service";
import { lastValue, readUnitFile, standingIn, type UnitFile, type UnitSetting, unquoted } from "./unit";
import { expanded, splitWords } from "./words";
import { toDisplay } from "./write";

/**
 * Reads a Quadlet file: the container that a `*.container` starts, or the manifest that a `*.kube` names. Never
 * throws.
 */
export function readQuadlet(
  uri: string,
  text: string,
  read: (uri: string) => string | undefined,
): SurfaceFile {
  const unit = readUnitFile(text);
  const manifests = standingIn(unit, "Kube").filter(({ key }) => key === "Yaml");
  return {
    ...settingsFile(unit),
    containers: headerOf(unit) ? [sourceOf(uri, unit, read)] : [],
    includes: manifests.flatMap(({ value }) => resolveUri(uri, unquoted(value).text) ?? []),
  };
}

/**
 * Reads a drop-in file (`NAME.container.d/*.conf`): the container of the file at `main` as this file changes it. Other
 * drop-in files are unknown, so absent settings are not reported; only what this file sets is. Never throws.
 */
export function readDropIn(
  main: string,
  text: string,
  read: (uri: string) => string | undefined,
): SurfaceFile {
  const own = readUnitFile(text);
  const header = headerOf(own);
  const settings = [...readUnitFile(read(main) ?? "").settings, ...own.settings];
  const { build, ...whole } = sourceOf(main, { ...own, settings }, read);
  const last = (key: string) => standingIn(own, "Container").findLast((setting) => setting.key === key);
  const source: ContainerSource = {
    ...whole,
    nameSpan: header?.span ?? lineAt(text, 0),
    at: (place) => standing(itemsIn(own), place, { image: last("Image"), command: last("Exec") }),
    changes: () => [],
    service: serviceOf(own),
    incomplete: true,
    ...(build && { build: { ...build, span: undefined } }),
  };
  return { ...settingsFile(own), containers: header ? [source] : [], includes: [] };
}

function headerOf({ headers }: UnitFile) {
  return headers.find(({ section }) => section === "Container");
}

/** What all files with settings have in common. */
function settingsFile(unit: UnitFile): Pick<SurfaceFile, "problems" | "regionAfter" | "commentPlace"> {
  return {
    problems: () =>
      unit.faults.slice(0, 1).map((span) => ({
        span,
        message: message("quadlet.syntax", "This line is not a comment, a section or a key with a value."),
      })),
    regionAfter: (offset) => regionAfter(unit, offset),
    commentPlace: (offset) =>
      unit.settings.find(({ span }) => span.start <= offset && offset <= span.end)?.span.start ?? offset,
  };
}

/** The setting or section that begins after an offset. */
function regionAfter({ settings, headers, text }: UnitFile, offset: number) {
  const setting = settings.find(({ span }) => span.start >= offset);
  const header = headers.find(({ span }) => span.start >= offset);
  if (header && (!setting || header.span.start < setting.span.start)) {
    const next = headers.find(({ span }) => span.start > header.span.start);
    return { start: header.span.start, end: (next?.span.start ?? text.length + 1) - 1 };
  }
  return setting?.span ?? lineAt(text, Math.min(offset + 1, text.length));
}

function sourceOf(uri: string, unit: UnitFile, read: (uri: string) => string | undefined): ContainerSource {
  const items = itemsIn(unit);
  const last = (key: string) => standingIn(unit, "Container").findLast((setting) => setting.key === key);
  const image = last("Image");
  const command = last("Exec");
  const value = image && expanded(unquoted(image.value).text);
  const { reference, build } = value === undefined ? {} : namedImage(uri, value, read);
  const words = command && splitWords(command.value, { escapes: true })?.map(({ text }) => expanded(text));
  const end = words?.findIndex((word) => word.includes(unknown)) ?? -1;
  const known = end === -1 ? words : words?.slice(0, end);
  const restart = restarts[lastValue(unit, "Service", "Restart") ?? ""];
  const spec = {
    ...specOf(items),
    ...(restart !== undefined && { restart }),
    ...(reference !== undefined && !reference.includes(unknown) && { image: reference }),
    ...(known && known.length > 0 && { command: { words: known } }),
  };
  const name = spec.name ?? decodeURIComponent(lastSegment(uri)).replace(/\.\w+$/, "");
  return {
    name,
    spec,
    nameSpan: image ? valueSpan(image) : (headerOf(unit)?.span ?? lineAt(unit.text, 0)),
    at: (place) => standing(items, place, { image, command }),
    changes: (steps) => changesOf(unit, items, name, steps),
    start: () => ({ image: spec.image ?? name, spec, left: leftOut(unit, items) }),
    toDisplay,
    runsOn: "podman",
    service: serviceOf(unit),
    ...(build && { build: { ...build, ...(image && { span: valueSpan(image) }) } }),
    ...((items.incomplete || end === 0) && { incomplete: true }),
  };
}

function standing(
  items: Items,
  place: SpecPlace,
  whole: Readonly<Record<"image" | "command", UnitSetting | undefined>>,
) {
  if ("key" in place && (place.key === "image" || place.key === "command")) {
    const setting = whole[place.key];
    return setting && valueSpan(setting);
  }
  const flag = placeInWords(items, place);
  return flag && items.items[flag.to - 1]?.span;
}

/** Settings that are about the service, and those that are known only when it is started. */
function leftOut(unit: UnitFile, { hidden }: Items): string[] {
  const own = standingIn(unit, "Container").filter(({ key }) => {
    const row = runKey(key);
    return !row?.flag && row?.form !== "flags" && !/^(Image|Exec|Group)$/.test(key);
  });
  const service = standingIn(unit, "Service").filter(
    ({ key, value }) => key !== "Restart" || !Object.hasOwn(restarts, value.text),
  );
  const all = [...own, ...hidden, ...service];
  return all.map(({ key, value }) => `${key}=${value.text}`);
}
