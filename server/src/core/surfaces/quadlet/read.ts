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
  const hasContainer = unit.headers.some(({ section }) => section === "Container");
  const manifests = standingIn(unit, "Kube").filter(({ key }) => key === "Yaml");
  return {
    containers: hasContainer ? [sourceOf(uri, unit, read)] : [],
    includes: manifests.flatMap(({ value }) => resolveUri(uri, unquoted(value).text) ?? []),
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
  const header = unit.headers.find(({ section }) => section === "Container");
  return {
    name,
    spec,
    nameSpan: image ? valueSpan(image) : (header?.span ?? lineAt(unit.text, 0)),
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
