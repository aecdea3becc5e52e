import { isScalar, isSeq } from "yaml";
import { readDuration } from "../../base/duration";
import { readCapability, readSecurityOption } from "../../container/options";
import { type Argv, type ContainerSpec, identity, type ListKey } from "../../container/spec";
import { isNull } from "../../yaml/nodes";
import { quotedList, Raw, type Value } from "../../yaml/write";
import type { Dialect, Field, Item, ItemReader, SingleKey } from "./dialect";
import type { ComposeFile } from "./file";
import { escapeDollars, interpolate } from "./interpolate";
import * as item from "./items";
import { splitWords } from "./words";

type ComposeKey = Exclude<SingleKey, "systemd">;

/** Single-valued keys. Podman's `--systemd` has no key in compose. */
export const singles: { readonly [K in ComposeKey]: Field<NonNullable<ContainerSpec[K]>> } = {
  image: text("image"),
  name: text("container_name"),
  hostname: text("hostname"),
  memory: text("mem_limit"),
  entrypoint: argv("entrypoint"),
  command: argv("command"),
  privileged: boolean("privileged"),
  init: boolean("init"),
  tty: boolean("tty"),
  user: text("user"),
  stopSignal: text("stop_signal"),
  stopGrace: {
    name: "stop_grace_period",
    read: (file, node) => readDuration(item.valueIn(file, node) ?? ""),
    write: item.writeDuration,
  },
  cgroupNamespace: {
    name: "cgroup",
    read: (file, node) => {
      const value = item.valueIn(file, node);
      return value === "host" || value === "private" ? value : undefined;
    },
    write: (value) => value,
  },
  pid: text("pid"),
  network: text("network_mode"),
  usernsMode: text("userns_mode"),
  runtime: text("runtime"),
  readOnly: boolean("read_only"),
  restart: text("restart"),
};

/** Keys with lists. A tmpfs is also read from `volumes`, but always written to `tmpfs`. */
export const lists: {
  readonly [K in ListKey]: { readonly name: string; write(value: ContainerSpec[K][number]): Value };
} = {
  tmpfs: { name: "tmpfs", write: item.writeTmpfs },
  mounts: { name: "volumes", write: item.writeMount },
  securityOptions: { name: "security_opt", write: escapeDollars },
  capabilities: { name: "cap_add", write: escapeDollars },
  devices: { name: "devices", write: escapeDollars },
  ports: { name: "ports", write: escapeDollars },
};

/** Readers for the items of compose lists, by the name of the list. */
export const itemReaders = {
  tmpfs: fromText((value) => ({ key: "tmpfs", value: item.readTmpfs(value) })),
  volumes: (file, node) => {
    const volume = item.readVolume(file, node);
    if (!volume) return undefined;
    return "tmpfs" in volume ? { key: "tmpfs", value: volume.tmpfs } : { key: "mounts", value: volume.mount };
  },
  security_opt: fromText((value) => ({ key: "securityOptions", value: readSecurityOption(value) })),
  cap_add: fromText((value) => ({ key: "capabilities", value: readCapability(value) })),
  devices: (file, node) => {
    const value = item.readDevice(file, node);
    return value === undefined ? undefined : { key: "devices", value };
  },
  ports: (file, node) => {
    const value = item.readPort(file, node);
    return value === undefined ? undefined : { key: "ports", value };
  },
} satisfies Readonly<Record<string, ItemReader>>;

/** How compose spells a service. */
export const compose: Dialect = {
  singles,
  lists,
  items: itemReaders,
  environment: "environment",
  escape: escapeDollars,
};

/** What an item is about. An item that replaces another one with the same subject takes its place in the file. */
export function subject(of: Item): string {
  return of.key === "securityOptions" ? of.value.replace(/=.*/s, "") : identity(of.value);
}

/** A key with a string value. */
export function text(name: string): Field<string> {
  return { name, read: item.valueIn, write: escapeDollars };
}

/** A key with a boolean value. */
export function boolean(name: string): Field<boolean> {
  return {
    name,
    read: (file, node) => item.readBoolean(item.valueIn(file, node) ?? ""),
    write: (value) => new Raw(String(value)),
  };
}

/** A key with a command line. */
export function argv(name: string): Field<Argv> {
  return { name, read: readArgv, write: writeArgv };
}

/**
 * A list of words, or a string that compose splits into words. An empty one resets the command or entrypoint of the
 * image.
 */
function readArgv(file: ComposeFile, node: unknown): Argv | undefined {
  const value = file.resolve(node);
  if (isSeq(value)) return { words: value.items.map((word) => item.valueIn(file, word) ?? "") };
  if (!isScalar(value) || isNull(value)) return undefined;
  return { words: splitWords(interpolate(String(value.value), file.variables).text) };
}

/** Compose does not run commands through a shell, so a script needs an explicit shell. */
function writeArgv({ words, shell }: Argv): Value {
  return quotedList((shell === undefined ? words : ["/bin/sh", "-c", shell]).map(escapeDollars));
}

/** Reads an item that is a string. */
function fromText(read: (text: string) => Item): ItemReader {
  return (file, node) => {
    const value = item.valueIn(file, node);
    return value === undefined || value === "" ? undefined : read(value);
  };
}
