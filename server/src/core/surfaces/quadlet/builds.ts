import { type Read, resolveUri } from "../../base/uri";
import type { BuildLink } from "../../container/source";
import { valuesOf } from "./items";
import { lastValue, readUnitFile, standingIn, type UnitFile } from "./unit";
import { expanded } from "./words";

/** What `Image=` refers to: an image, and the Dockerfile that it is built from. */
export interface NamedImage {
  readonly reference?: string;
  readonly build?: BuildLink;
}

/** What the value of Image refers to; a Quadlet file beside this one can provide more details. */
export function namedImage(uri: string, value: string, read: Read): NamedImage {
  if (!/\.(build|image)$/.test(value)) return { reference: value };
  const other = resolveUri(uri, value);
  const text = other === undefined ? undefined : read(other);
  if (other === undefined || text === undefined) return {};
  const unit = readUnitFile(text);
  if (value.endsWith(".image")) return { reference: lastValue(unit, "Image", "Image") };
  const [tag] = standingIn(unit, "Build").filter(({ key }) => key === "ImageTag");
  const build = buildOf(other, unit, read);
  return { ...(tag && { reference: tag.value.text }), ...(build && { build }) };
}

/** The Dockerfile of a `*.build` file (podman, pkg/systemd/quadlet/quadlet.go, ConvertBuild). */
function buildOf(uri: string, unit: UnitFile, read: Read): BuildLink | undefined {
  const file = lastValue(unit, "Build", "File");
  const named = lastValue(unit, "Build", "SetWorkingDirectory");
  const directory = named === "unit" ? "." : named === "file" ? undefined : named;
  const context = directory === undefined ? undefined : resolveUri(uri, directory)?.replace(/\/$/, "");
  const dockerfile = dockerfileIn(uri, file, context, read);
  if (dockerfile === undefined) return undefined;
  const target = lastValue(unit, "Build", "Target");
  const args = standingIn(unit, "Build")
    .filter(({ key }) => key === "BuildArg")
    .flatMap((setting) => valuesOf(setting, { form: "pairs" }) ?? [])
    .map(({ text }) => /^([^=]*)(?:=(.*))?$/s.exec(expanded(text)) ?? [])
    .map(([, name = "", value]) => [name, value]);
  return {
    dockerfile,
    context: context ?? dockerfile.slice(0, dockerfile.lastIndexOf("/")),
    ...(target !== undefined && { target }),
    args: Object.fromEntries(args),
  };
}

/** The named file, or otherwise one of the names that Podman looks for in the context. */
function dockerfileIn(
  uri: string,
  file: string | undefined,
  context: string | undefined,
  read: Read,
): string | undefined {
  const base = context === undefined ? uri : `${context}/`;
  if (file !== undefined) return resolveUri(base, file);
  if (context === undefined) return undefined;
  const [first, second] = ["Containerfile", "Dockerfile"].map((name) => resolveUri(base, name));
  return first !== undefined && read(first) !== undefined ? first : second;
}
