import { Raw, type Value } from "../../yaml/write";
import { escapeDollars } from "./interpolate";

/** How a service expresses a flag of `docker run`. */
interface Row {
  /** A key of the service, or a key and one below it. */
  readonly path: readonly [key: string, below?: string];
  /** If set, only the last value counts; otherwise, only the last value of each name in `NAME=VALUE` counts. */
  readonly once?: true;
  /** Returns undefined for values that the key does not accept. */
  write(values: readonly string[]): Value | undefined;
}

/** The flags that `others.ts` reads from a service, and how to write them. */
const rows: Readonly<Record<string, Row>> = {
  workdir: text("working_dir"),
  domainname: text("domainname"),
  ipc: text("ipc"),
  uts: text("uts"),
  platform: text("platform"),
  "mac-address": text("mac_address"),
  "shm-size": text("shm_size"),
  cpus: text("cpus"),
  "cpuset-cpus": text("cpuset"),
  "cpu-shares": text("cpu_shares"),
  "memory-reservation": text("mem_reservation"),
  "memory-swap": text("memswap_limit"),
  "memory-swappiness": text("mem_swappiness"),
  "pids-limit": text("pids_limit"),
  "oom-score-adj": text("oom_score_adj"),
  "cgroup-parent": text("cgroup_parent"),
  gpus: text("gpus"),
  pull: {
    ...text("pull_policy"),
    write: ([value = ""]) => (["always", "missing", "never"].includes(value) ? value : undefined),
  },
  interactive: truth("stdin_open"),
  "oom-kill-disable": truth("oom_kill_disable"),
  "no-healthcheck": truth("healthcheck", "disable"),
  "cap-drop": list("cap_drop"),
  "group-add": list("group_add"),
  expose: list("expose"),
  dns: list("dns"),
  "dns-search": list("dns_search"),
  "dns-option": list("dns_opt"),
  "device-cgroup-rule": list("device_cgroup_rules"),
  "add-host": list("extra_hosts"),
  "env-file": list("env_file"),
  sysctl: pairs("sysctls"),
  label: pairs("labels"),
  annotation: pairs("annotations"),
  "storage-opt": pairs("storage_opt"),
  ulimit: { path: ["ulimits"], write: writeLimits },
  "log-driver": text("logging", "driver"),
  "log-opt": pairs("logging", "options"),
  "health-cmd": text("healthcheck", "test"),
  "health-interval": text("healthcheck", "interval"),
  "health-timeout": text("healthcheck", "timeout"),
  "health-start-period": text("healthcheck", "start_period"),
  "health-start-interval": text("healthcheck", "start_interval"),
  "health-retries": text("healthcheck", "retries"),
};

type Others = Readonly<Record<string, readonly string[]>>;

/** The keys of a service for the other flags of a container, and the flags that these keys express. */
export function writeOthers(others: Others = {}): {
  readonly keys: Readonly<Record<string, Value>>;
  readonly said: Others;
} {
  const keys: Record<string, Value> = {};
  const said: Record<string, readonly string[]> = {};
  const isOff = "no-healthcheck" in others;
  for (const [flag, given] of Object.entries(others)) {
    const row = Object.hasOwn(rows, flag) && !(isOff && flag.startsWith("health-")) ? rows[flag] : undefined;
    const values = row?.once ? given.slice(-1) : lastOfEach(given);
    const value = row?.write(values);
    if (!row || value === undefined) continue;
    const [key, below] = row.path;
    keys[key] = below === undefined ? value : { ...(keys[key] as object | undefined), [below]: value };
    said[flag] = values;
  }
  return { keys, said };
}

/** The last value of each name, in the position of the name's first value, as compose merges them. */
function lastOfEach(values: readonly string[]): readonly string[] {
  return [...new Map(values.map((value) => [/^[^=]+(?==)/.exec(value)?.[0] ?? value, value])).values()];
}

function text(...path: Row["path"]): Row {
  return { path, once: true, write: ([value = ""]) => (value === "" ? undefined : scalarOf(value)) };
}

function truth(...path: Row["path"]): Row {
  return { path, write: (values) => (values.length === 0 ? true : undefined) };
}

function list(...path: Row["path"]): Row {
  return { path, write: (values) => values.map(escapeDollars) };
}

/** Writes values as a mapping; undefined if a value is not a `NAME=VALUE` pair. */
function pairs(...path: Row["path"]): Row {
  return {
    path,
    write: (values) =>
      values.every((value) => /^[^=]+=/.test(value))
        ? Object.fromEntries(values.map((value) => pairOf(value, escapeDollars)))
        : undefined,
  };
}

function writeLimits(values: readonly string[]): Value | undefined {
  if (!values.every((value) => /^\w+=-?\d+(:-?\d+)?$/.test(value))) return undefined;
  return Object.fromEntries(values.map((value) => pairOf(value, limitOf)));
}

function limitOf(value: string): Value {
  const [soft = "", hard] = value.split(":");
  return hard === undefined ? scalarOf(soft) : { soft: scalarOf(soft), hard: scalarOf(hard) };
}

function pairOf(text: string, write: (value: string) => Value): [string, Value] {
  const equals = text.indexOf("=");
  return [text.slice(0, equals), write(text.slice(equals + 1))];
}

/** A number remains a number, because not every key accepts it as a string. */
function scalarOf(value: string): Value {
  return /^-?\d/.test(value) && String(Number(value)) === value ? new Raw(value) : escapeDollars(value);
}
