import { isMap, isScalar, isSeq } from "yaml";
import { filePath } from "../../base/uri";
import { quoteWord } from "../../shell/quote";
import { type ComposeFile, uriIn } from "./file";
import { readBoolean, valueIn } from "./items";
import { type Layer, type Slot, slotsOf } from "./layers";
import { namedFiles } from "./variable-files";

/**
 * A flag of `docker run` and its value; undefined for a flag without a value. With `once`, only the last of several
 * flags with this name applies.
 */
type Flag = readonly [name: string, value?: string, times?: "once"];

/** Reads what one place of a Compose file sets for a key, as flags. */
type Reader = (slot: Slot) => readonly Flag[];

/**
 * The keys of a service that systemd does not depend on, as flags of `docker run`. The layers are merged as compose
 * merges them: lists are concatenated; in mappings, the last value for each name wins; for single values, the last one
 * wins.
 */
const readers: Readonly<Record<string, Reader>> = {
  working_dir: text("workdir"),
  domainname: text("domainname"),
  ipc: text("ipc"),
  uts: text("uts"),
  platform: text("platform"),
  mac_address: text("mac-address"),
  shm_size: text("shm-size"),
  cpus: text("cpus"),
  cpuset: text("cpuset-cpus"),
  cpu_shares: text("cpu-shares"),
  mem_reservation: text("memory-reservation"),
  memswap_limit: text("memory-swap"),
  mem_swappiness: text("memory-swappiness"),
  pids_limit: text("pids-limit"),
  oom_score_adj: text("oom-score-adj"),
  cgroup_parent: text("cgroup-parent"),
  gpus: text("gpus"),
  pull_policy: pull,
  stdin_open: truth("interactive"),
  oom_kill_disable: truth("oom-kill-disable"),
  cap_drop: list("cap-drop"),
  group_add: list("group-add"),
  expose: list("expose"),
  dns: list("dns"),
  dns_search: list("dns-search"),
  dns_opt: list("dns-option"),
  device_cgroup_rules: list("device-cgroup-rule"),
  sysctls: map("sysctl"),
  labels: map("label"),
  annotations: map("annotation"),
  storage_opt: map("storage-opt"),
  extra_hosts: hosts,
  ulimits: limits,
  env_file: environmentFiles,
  logging,
  healthcheck,
};

/** The flags that the layers of a service set, by name, and the keys that were read. */
export function readOthers(layers: readonly Layer[]): {
  readonly others: Readonly<Record<string, readonly string[]>>;
  readonly keys: ReadonlySet<string>;
} {
  const others: Record<string, readonly string[]> = {};
  const keys = new Set<string>();
  for (const [key, read] of Object.entries(readers)) {
    const slots = slotsOf(layers, key);
    if (slots.length > 0) keys.add(key);
    for (const [name, values] of mergedFlags(slots.map(read))) others[name] = values;
  }
  return { others, keys };
}

/**
 * Flags with the same name: for `NAME=VALUE`, the last value of each name applies; anything else forms a list without
 * duplicates.
 */
function mergedFlags(layers: readonly (readonly Flag[])[]): Map<string, string[]> {
  const found = new Map<string, Map<string, string>>();
  for (const flags of layers) {
    for (const [name, value, times] of flags) {
      const values = times ? new Map<string, string>() : (found.get(name) ?? new Map());
      if (value !== undefined) values.set(/^[^=]+(?==)/.exec(value)?.[0] ?? value, value);
      found.set(name, values);
    }
  }
  return new Map(Array.from(found, ([name, values]) => [name, [...values.values()]]));
}

function text(name: string): Reader {
  return ({ file, node }) => {
    const value = valueIn(file, node);
    return value === undefined || value === "" ? [] : [[name, value, "once"]];
  };
}

function truth(name: string): Reader {
  return ({ file, node }) => (readBoolean(valueIn(file, node) ?? "") ? [[name]] : []);
}

function list(name: string): Reader {
  return ({ file, node }) => wordsIn(file, node).map((word) => [name, word]);
}

/** A sequence of strings, or a single string in its place. */
function wordsIn(file: ComposeFile, node: unknown): string[] {
  const items = isSeq(node) ? node.items : isScalar(node) ? [node] : [];
  return items.flatMap((item) => valueIn(file, item) ?? []);
}

function map(name: string): Reader {
  return ({ file, node }) =>
    isMap(node)
      ? pairsIn(file, node).map(([key, value]) => [name, `${key}=${value}`])
      : list(name)({ file, node } as Slot);
}

function pairsIn(file: ComposeFile, node: unknown): [string, string][] {
  return [...file.entries(node)].map(([key, { pair }]) => [key, valueIn(file, pair.value) ?? ""]);
}

/** `NAME:ADDRESS` or `NAME=ADDRESS`, or a mapping from names to one or several addresses. */
function hosts({ file, node }: Slot): Flag[] {
  if (!isMap(node)) return wordsIn(file, node).map((word) => ["add-host", word.replace("=", ":")]);
  return [...file.entries(node)].flatMap(([name, { pair }]) =>
    wordsIn(file, file.resolve(pair.value)).map((address): Flag => ["add-host", `${name}:${address}`]),
  );
}

function limits({ file, node }: Slot): Flag[] {
  return [...file.entries(node)].flatMap(([name, { pair }]): Flag[] => {
    const whole = valueIn(file, pair.value);
    if (whole !== undefined) return [["ulimit", `${name}=${whole}`]];
    const part = (key: string) => valueIn(file, file.entries(pair.value).get(key)?.pair.value);
    const [soft, hard] = [part("soft"), part("hard")];
    return soft === undefined ? [] : [["ulimit", `${name}=${hard === undefined ? soft : `${soft}:${hard}`}`]];
  });
}

function environmentFiles(slot: Slot): Flag[] {
  return namedFiles(slot).map(({ file, path }): Flag => {
    const uri = uriIn(file, path);
    return ["env-file", uri === undefined ? path : (filePath(uri) ?? path)];
  });
}

/** The command line accepts three of the values that compose accepts; the others concern the build. */
function pull({ file, node }: Slot): Flag[] {
  const policy = valueIn(file, node);
  return policy && ["always", "missing", "never"].includes(policy) ? [["pull", policy, "once"]] : [];
}

function logging({ file, node }: Slot): Flag[] {
  const part = (key: string) => file.entries(node).get(key)?.pair.value;
  const driver = valueIn(file, part("driver"));
  const options = pairsIn(file, part("options")).map(([key, value]): Flag => ["log-opt", `${key}=${value}`]);
  return driver === undefined ? options : [["log-driver", driver, "once"], ...options];
}

function healthcheck({ file, node }: Slot): Flag[] {
  const part = (key: string) => file.entries(node).get(key)?.pair.value;
  const test = healthTest(file, part("test"));
  if (test === "none" || readBoolean(valueIn(file, part("disable")) ?? "")) return [["no-healthcheck"]];
  const times = ["interval", "timeout", "start_period", "start_interval", "retries"].flatMap(
    (key): Flag[] => {
      const value = valueIn(file, part(key));
      return value === undefined ? [] : [[`health-${key.replace("_", "-")}`, value, "once"]];
    },
  );
  return test === undefined ? times : [["health-cmd", test, "once"], ...times];
}

/** The flag takes a shell command line, so the words of `CMD` are quoted for it. */
function healthTest(file: ComposeFile, node: unknown): string | undefined {
  const value = file.resolve(node);
  if (!isSeq(value)) return valueIn(file, value);
  const [kind, ...words] = wordsIn(file, value);
  if (kind === "NONE") return "none";
  if (kind === "CMD-SHELL") return words.join(" ");
  return words.map(quoteWord).join(" ");
}
