import { readDuration } from "../../base/duration";
import { readBytes } from "../../container/quantities";
import type { ContainerSpec } from "../../container/spec";
import { assignments } from "./fields";

/** Fields of the body of `POST /containers/create`: for the container, its host configuration, and its networks. */
interface Body {
  readonly container: Record<string, unknown>;
  readonly host: Record<string, unknown>;
  readonly networks: Record<string, unknown>;
}

type Write = (values: readonly string[], body: Body) => void;

/** How the Engine API sets other flags of `docker run` (docs.docker.com/reference/api/engine, ContainerCreate). */
const writers: Readonly<Record<string, Write>> = {
  workdir: container("WorkingDir"),
  domainname: container("Domainname"),
  "mac-address": container("MacAddress"),
  interactive: (_, { container: fields }) => {
    fields.OpenStdin = true;
  },
  label: ([...values], { container: fields }) => {
    fields.Labels = assignments(values);
  },
  expose: ([...values], { container: fields }) => {
    const ports = values.map((port) => [port.includes("/") ? port : `${port}/tcp`, {}]);
    fields.ExposedPorts = { ...(fields.ExposedPorts as object | undefined), ...Object.fromEntries(ports) };
  },
  ipc: host("IpcMode"),
  uts: host("UTSMode"),
  "cpuset-cpus": host("CpusetCpus"),
  "cgroup-parent": host("CgroupParent"),
  "cpu-shares": host("CpuShares", Number),
  cpus: host("NanoCpus", (value) => Math.round(Number(value) * 1e9)),
  "pids-limit": host("PidsLimit", Number),
  "oom-score-adj": host("OomScoreAdj", Number),
  "memory-swappiness": host("MemorySwappiness", Number),
  "shm-size": host("ShmSize", readBytes),
  "memory-reservation": host("MemoryReservation", readBytes),
  "memory-swap": host("MemorySwap", (value) => (value === "-1" ? -1 : readBytes(value))),
  "oom-kill-disable": (_, { host: fields }) => {
    fields.OomKillDisable = true;
  },
  "cap-drop": hostList("CapDrop"),
  "group-add": hostList("GroupAdd"),
  dns: hostList("Dns"),
  "dns-search": hostList("DnsSearch"),
  "dns-option": hostList("DnsOptions"),
  "add-host": hostList("ExtraHosts"),
  "device-cgroup-rule": hostList("DeviceCgroupRules"),
  sysctl: hostRecord("Sysctls"),
  "storage-opt": hostRecord("StorageOpt"),
  annotation: hostRecord("Annotations"),
  ulimit: (values, { host: fields }) => {
    fields.Ulimits = values.map((value) => {
      const [, Name, soft, hard = soft] = /^([^=]+)=(-?\d+)(?::(-?\d+))?$/.exec(value) ?? [];
      return { Name, Soft: Number(soft), Hard: Number(hard) };
    });
  },
  "log-driver": ([driver], { host: fields }) => {
    fields.LogConfig = { ...(fields.LogConfig as object | undefined), Type: driver };
  },
  "log-opt": (values, { host: fields }) => {
    fields.LogConfig = { ...(fields.LogConfig as object | undefined), Config: assignments(values) };
  },
  "no-healthcheck": (_, { container: fields }) => {
    fields.Healthcheck = { Test: ["NONE"] };
  },
  "health-cmd": health("Test", (line) => ["CMD-SHELL", line]),
  "health-interval": health("Interval", nanoseconds),
  "health-timeout": health("Timeout", nanoseconds),
  "health-start-period": health("StartPeriod", nanoseconds),
  "health-start-interval": health("StartInterval", nanoseconds),
  "health-retries": health("Retries", Number),
  network: (values, { host: fields, networks }) => {
    for (const value of values) {
      const parts = value.split(",").map((part) => part.split("="));
      const named = (key: string) => parts.filter(([name]) => name === key).map(([, text = ""]) => text);
      const [name = value] = named("name");
      const [ip] = named("ip");
      fields.NetworkMode ??= name;
      networks[name] = { Aliases: named("alias"), ...(ip && { IPAMConfig: { IPv4Address: ip } }) };
    }
  },
};

/** The fields for the other flags of a container; `unsaid` are the flags for which the API has no field. */
export function otherOptions({ others = {} }: ContainerSpec): Body & { readonly unsaid: readonly string[] } {
  const body: Body = { container: {}, host: {}, networks: {} };
  const unsaid: string[] = [];
  for (const [name, values] of Object.entries(others)) {
    const write = writers[name];
    if (write) write(values, body);
    else unsaid.push(name);
  }
  return { ...body, unsaid };
}

function container(field: string): Write {
  return ([value], { container: fields }) => {
    fields[field] = value;
  };
}

function host(field: string, read: (value: string) => unknown = (value) => value): Write {
  return ([value = ""], { host: fields }) => {
    fields[field] = read(value);
  };
}

function hostList(field: string): Write {
  return (values, { host: fields }) => {
    fields[field] = values;
  };
}

function hostRecord(field: string): Write {
  return (values, { host: fields }) => {
    fields[field] = assignments(values);
  };
}

function health(field: string, read: (value: string) => unknown): Write {
  return ([value = ""], { container: fields }) => {
    fields.Healthcheck = { ...(fields.Healthcheck as object | undefined), [field]: read(value) };
  };
}

/** A duration such as `1m30s` in nanoseconds, which is the unit of the API. */
function nanoseconds(text: string): number {
  return Math.round((readDuration(text) ?? 0) * 1e9);
}
