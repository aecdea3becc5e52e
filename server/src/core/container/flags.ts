import { bareOthers, letters, valueOthers } from "./flag-names";
import { isShortMount, readLongMount, readMount, writeLongMount, writeShortMount } from "./mount";
import { readCapability, readSecurityOption } from "./options";
import type { Argv, ContainerSpec, ListKey, ScalarKey, Tmpfs } from "./spec";

/**
 * One setting as a flag that `docker run` and `podman run` share. `write` returns the words for each occurrence of
 * the flag; `read` returns the spec with one value of the flag added.
 */
interface Flag {
  /** The spelling to write, followed by other spellings that are also read. */
  readonly names: readonly [string, ...string[]];
  /** The flag takes no value, or takes one only after an equals sign. */
  readonly bare?: boolean;
  write(spec: ContainerSpec): readonly (readonly string[])[];
  read(spec: ContainerSpec, value: string): ContainerSpec;
}

/** The table for writing a spec as flags, in this order, and for reading it from them. */
const table: readonly Flag[] = [
  {
    ...truth("tty", "--tty", "-t"),
    write: ({ tty }) => (tty === true ? [["-t"]] : tty === false ? [["--tty=false"]] : []),
  },
  truth("init", "--init"),
  truth("privileged", "--privileged"),
  truth("readOnly", "--read-only"),
  text("name", "--name"),
  text("hostname", "--hostname", "-h"),
  text("memory", "--memory", "-m"),
  text("systemd", "--systemd"),
  text("stopSignal", "--stop-signal"),
  {
    names: ["--stop-timeout"],
    write: ({ stopGrace }) => (stopGrace === undefined ? [] : [[`--stop-timeout=${stopGrace}`]]),
    read: (spec, value) => ({ ...spec, stopGrace: Number(value) }),
  },
  text("cgroupNamespace", "--cgroupns"),
  text("pid", "--pid"),
  {
    names: ["--network", "--net"],
    write: ({ network }) => (network === undefined ? [] : [[`--network=${network}`]]),
    // Several networks, and options for a network, are kept as they are written.
    read: (spec, value) =>
      spec.network === undefined && spec.others?.network === undefined && !value.startsWith("name=")
        ? { ...spec, network: value }
        : withOther(spec, "network", value),
  },
  text("restart", "--restart"),
  text("user", "--user", "-u"),
  text("usernsMode", "--userns"),
  text("runtime", "--runtime"),
  {
    names: ["--entrypoint"],
    write: ({ entrypoint }) => (entrypoint ? [[`--entrypoint=${argv(entrypoint)[0] ?? ""}`]] : []),
    read: (spec, value) => ({ ...spec, entrypoint: { words: value === "" ? [] : [value] } }),
  },
  list("securityOptions", (value) => value, readSecurityOption, "--security-opt"),
  list("capabilities", (value) => value, readCapability, "--cap-add"),
  list(
    "devices",
    (value) => value,
    (value) => value,
    "--device",
  ),
  list(
    "ports",
    (value) => value,
    (value) => value,
    "--publish",
    "-p",
  ),
  {
    names: ["--env", "-e"],
    write: ({ environment }) =>
      Object.entries(environment).map(([name, value]) => [
        "--env",
        value === undefined ? name : `${name}=${value}`,
      ]),
    read: (spec, value) => {
      const equals = value.indexOf("=");
      const [name, content] =
        equals === -1 ? [value, undefined] : [value.slice(0, equals), value.slice(equals + 1)];
      return { ...spec, environment: { ...spec.environment, [name]: content } };
    },
  },
  list("tmpfs", writeTmpfs, readTmpfs, "--tmpfs"),
  {
    names: ["-v", "--volume"],
    write: ({ mounts }) =>
      mounts.map((mount) =>
        isShortMount(mount) ? ["-v", writeShortMount(mount)] : ["--mount", writeLongMount(mount)],
      ),
    read: (spec, value) => ({ ...spec, mounts: [...spec.mounts, readMount(value)] }),
  },
  {
    names: ["--mount"],
    write: () => [],
    read: (spec, value) => {
      const read = readLongMount(value);
      return "path" in read
        ? { ...spec, tmpfs: [...spec.tmpfs, read] }
        : { ...spec, mounts: [...spec.mounts, read] };
    },
  },
];

const byName = new Map(table.flatMap((flag) => flag.names.map((name) => [name, flag] as const)));

/** The flags for a spec, in a fixed order, each grouped with its value. */
export function flagGroups(spec: ContainerSpec): string[][] {
  const others = Object.entries(spec.others ?? {}).flatMap(([name, values]) =>
    values.length === 0 ? [[`--${name}`]] : values.map((value) => [`--${name}`, value]),
  );
  return [...table.flatMap((flag) => flag.write(spec).map((words) => [...words])), ...others];
}

/** The flags for a spec, in a fixed order. */
export function flags(spec: ContainerSpec): string[] {
  return flagGroups(spec).flat();
}

/** The words after the image: the rest of the entrypoint, since the flag takes only one word, and the command. */
export function words({ entrypoint, command }: ContainerSpec): string[] {
  return [...(entrypoint ? argv(entrypoint).slice(1) : []), ...(command ? argv(command) : [])];
}

/**
 * The words that a container receives. A string that its surface passes to a shell becomes a script for that shell.
 */
export function argv({ words, shell }: Argv): readonly string[] {
  return shell === undefined ? words : ["/bin/sh", "-c", shell];
}

/**
 * Reads the words after `docker run` or `podman run`: flags, the image, the command. A command does not show which
 * words after the image belong to the entrypoint, so all of them are assigned to the command.
 */
export function readFlags(all: readonly string[], bare: ContainerSpec): ContainerSpec {
  const { given, end } = flagsIn(all);
  const spec = given.reduce((spec, { name, value }) => readFlag(spec, name, value), bare);
  const [image, ...command] = all.slice(end);
  return {
    ...spec,
    ...(image !== undefined && { image }),
    ...(command.length > 0 && { command: { words: command } }),
  };
}

/** A flag as given: the words from `from` up to but excluding `to`. In `-it`, several flags share a word. */
export interface GivenFlag {
  readonly name: string;
  readonly value: string | undefined;
  readonly from: number;
  readonly to: number;
}

/** The flags at the start of a list of words; `end` is the index of the first word after them, the image. */
export function flagsIn(all: readonly string[]): {
  readonly given: readonly GivenFlag[];
  readonly end: number;
} {
  const given: GivenFlag[] = [];
  let at = 0;
  for (; at < all.length; at++) {
    const word = all[at] as string;
    if (!word.startsWith("-") || word === "-") break;
    const from = at;
    const [name, attached] = split(word);
    for (const each of spellings(name)) {
      const value = attached ?? (takesValue(each) ? all[++at] : undefined);
      given.push({ name: each, value, from, to: Math.min(at + 1, all.length) });
    }
  }
  return { given, end: Math.min(at, all.length) };
}

/** Splits `--name=value`, or a letter with its value attached (`-u0`). */
function split(word: string): [name: string, value: string | undefined] {
  const equals = word.startsWith("--") ? word.indexOf("=") : -1;
  if (equals !== -1) return [word.slice(0, equals), word.slice(equals + 1)];
  if (word.startsWith("--") || word.length === 2 || !takesValue(word.slice(0, 2))) return [word, undefined];
  return [word.slice(0, 2), word.slice(2)];
}

/** Splits `-it` into `-i -t`. */
function spellings(name: string): string[] {
  return name.startsWith("--") ? [name] : [...name.slice(1)].map((letter) => `-${letter}`);
}

function takesValue(name: string): boolean {
  const flag = byName.get(name);
  return flag ? !flag.bare : !bareOthers.has(otherName(name));
}

/** Whether a flag is recognized, and has a value if it needs one. */
export function isKnownFlag({ name, value }: GivenFlag): boolean {
  const isKnown = byName.has(name) || bareOthers.has(otherName(name)) || valueOthers.has(otherName(name));
  return isKnown && (value !== undefined || !takesValue(name));
}

function otherName(name: string): string {
  return name.startsWith("--") ? name.slice(2) : (letters[name.slice(1)] ?? name.slice(1));
}

/** A spec with one more flag added. */
export function readFlag(spec: ContainerSpec, name: string, value: string | undefined): ContainerSpec {
  const flag = byName.get(name);
  if (flag) return flag.read(spec, value ?? "true");
  const other = otherName(name);
  // How the command waits for the container is not a setting of the container.
  return other === "detach" ? spec : withOther(spec, other, value);
}

function withOther(spec: ContainerSpec, name: string, value: string | undefined): ContainerSpec {
  const known = spec.others?.[name] ?? [];
  return { ...spec, others: { ...spec.others, [name]: value === undefined ? known : [...known, value] } };
}

function truth(key: "tty" | "init" | "privileged" | "readOnly", ...names: [string, ...string[]]): Flag {
  return {
    names,
    bare: true,
    write: (spec) => (spec[key] === undefined ? [] : [[spec[key] ? names[0] : `${names[0]}=false`]]),
    read: (spec, value) => ({ ...spec, [key]: value !== "false" }),
  };
}

function text(key: ScalarKey | "runtime", ...names: [string, ...string[]]): Flag {
  return {
    names,
    write: (spec) => (spec[key] === undefined ? [] : [[`${names[0]}=${spec[key]}`]]),
    read: (spec, value) => ({ ...spec, [key]: value }),
  };
}

function list<K extends ListKey>(
  key: K,
  write: (item: ContainerSpec[K][number]) => string,
  read: (value: string) => ContainerSpec[K][number],
  ...names: [string, ...string[]]
): Flag {
  return {
    names,
    write: (spec) =>
      (spec[key] as readonly ContainerSpec[K][number][]).map((item) => [names[0], write(item)]),
    read: (spec, value) => ({ ...spec, [key]: [...spec[key], read(value)] }),
  };
}

function writeTmpfs({ path, options }: Tmpfs): string {
  return options.length === 0 ? path : `${path}:${options.join(",")}`;
}

function readTmpfs(value: string): Tmpfs {
  const [path = "", options = ""] = value.split(/:(.*)/s);
  return { path, options: options.split(",").filter((option) => option !== "") };
}
