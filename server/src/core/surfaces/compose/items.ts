import { isMap, isScalar } from "yaml";
import { plainPath, readMount } from "../../container/mount";
import type { Mount, Tmpfs } from "../../container/spec";
import { textOf } from "../../yaml/nodes";
import { Raw, type Value } from "../../yaml/write";
import type { ComposeFile } from "./file";
import { escapeDollars, interpolate } from "./interpolate";

/** The value of a scalar node with its variables evaluated. */
export function valueIn(file: ComposeFile, node: unknown): string | undefined {
  const text = textOf(file.resolve(node));
  return text === undefined ? undefined : interpolate(text, file.variables).text;
}

/** An item of `volumes` in short or long form: a mount, or a tmpfs in long form. */
export function readVolume(
  file: ComposeFile,
  node: unknown,
): { mount: Mount } | { tmpfs: Tmpfs } | undefined {
  const item = file.resolve(node);
  if (isScalar(item)) {
    const text = valueIn(file, item);
    return text === undefined ? undefined : { mount: readMount(text) };
  }
  if (!isMap(item)) return undefined;
  const field = (from: unknown, name: string) => valueIn(file, file.entries(from).get(name)?.pair.value);
  const type = field(item, "type");
  const target = field(item, "target");
  if (target === undefined) return undefined;
  if (type === "tmpfs") {
    const settings = file.entries(item).get("tmpfs")?.pair.value;
    const options = ["size", "mode"].flatMap((name) => {
      const value = field(settings, name);
      return value === undefined ? [] : [`${name}=${value}`];
    });
    return { tmpfs: { path: plainPath(target), options } };
  }
  if (type !== "bind" && type !== "volume") return undefined;
  const detail = (of: string, name: string) => field(file.entries(item).get(of)?.pair.value, name);
  const recursive = detail("bind", "recursive");
  const source = field(item, "source");
  const options = [
    detail("bind", "propagation"),
    detail("bind", "selinux"),
    readBoolean(detail("volume", "nocopy") ?? "") ? "nocopy" : undefined,
  ].filter((option) => option !== undefined);
  return {
    mount: {
      type,
      ...(source !== undefined && { source }),
      target: plainPath(target),
      readOnly: readBoolean(field(item, "read_only") ?? "") ?? false,
      ...(recursive !== undefined && { recursive }),
      ...(options.length > 0 && { options }),
    },
  };
}

export function writeMount(mount: Mount): Value {
  const { type, source, target, readOnly, recursive, options = [] } = mount;
  const short = [...(source === undefined ? [] : [source]), target];
  const access = type === "bind" ? [readOnly ? "ro" : "rw"] : readOnly ? ["ro"] : [];
  if (access.length + options.length > 0) short.push([...access, ...options].join(","));
  const text = short.join(":");
  if (recursive === undefined && JSON.stringify(readMount(text)) === JSON.stringify(mount))
    return escapeDollars(text);
  return {
    type,
    ...(source !== undefined && { source: escapeDollars(source) }),
    target: escapeDollars(target),
    ...(readOnly && { read_only: true }),
    ...longOptions(mount),
  };
}

/** The keys of the long form below `bind` and `volume`. */
function longOptions({ recursive, options = [] }: Mount): Record<string, Value> {
  const selinux = options.find((option) => /^z$/i.test(option));
  const propagation = options.find((option) => /^r?(private|shared|slave)$/.test(option));
  const bind = {
    ...(recursive !== undefined && { recursive: escapeDollars(recursive) }),
    ...(propagation !== undefined && { propagation }),
    ...(selinux !== undefined && { selinux }),
  };
  return {
    ...(Object.keys(bind).length > 0 && { bind }),
    ...(options.includes("nocopy") && { volume: { nocopy: true } }),
  };
}

/** An item of `tmpfs`: `PATH[:OPTION,…]`. */
export function readTmpfs(text: string): Tmpfs {
  const colon = text.indexOf(":");
  if (colon === -1) return { path: plainPath(text), options: [] };
  const options = text.slice(colon + 1).split(",");
  return { path: plainPath(text.slice(0, colon)), options: options.filter((option) => option !== "") };
}

export function writeTmpfs({ path, options }: Tmpfs): Value {
  return escapeDollars(options.length > 0 ? `${path}:${options.join(",")}` : path);
}

/** An item of `devices`; a long form is converted to the short one. */
export function readDevice(file: ComposeFile, node: unknown): string | undefined {
  const item = file.resolve(node);
  if (!isMap(item)) return valueIn(file, item);
  const parts = ["source", "target", "permissions"].map((name) =>
    valueIn(file, file.entries(item).get(name)?.pair.value),
  );
  return parts.filter((part) => part !== undefined).join(":") || undefined;
}

/** An item of `ports`; a long form is converted to the short one. */
export function readPort(file: ComposeFile, node: unknown): string | undefined {
  const item = file.resolve(node);
  if (!isMap(item)) return valueIn(file, item) || undefined;
  const field = (name: string) => valueIn(file, file.entries(item).get(name)?.pair.value);
  const target = field("target");
  if (target === undefined) return undefined;
  const address = field("host_ip");
  const published = field("published") ?? (address === undefined ? undefined : "");
  const protocol = field("protocol");
  const parts = [address, published, target].filter((part) => part !== undefined);
  return `${parts.join(":")}${protocol === undefined || protocol === "tcp" ? "" : `/${protocol}`}`;
}

/** Reads the words that compose accepts as booleans. */
export function readBoolean(text: string): boolean | undefined {
  if (/^(true|yes|y|on)$/i.test(text)) return true;
  return /^(false|no|n|off)$/i.test(text) ? false : undefined;
}

export function writeDuration(seconds: number): Raw {
  if (Number.isInteger(seconds)) return new Raw(`${seconds}s`);
  const milliseconds = Math.round(seconds * 1000);
  return new Raw(milliseconds / 1000 === seconds ? `${milliseconds}ms` : `${seconds}s`);
}
