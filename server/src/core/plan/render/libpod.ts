import { type Message, message } from "../../base/message";
import { argv } from "../../container/flags";
import { type PublishedPort, readBytes, readPorts } from "../../container/quantities";
import type { ContainerSpec, Mount } from "../../container/spec";
import { signalNumber } from "../../systemd/signal";
import type { Refusal } from "../types";
import { assignments, defined, entrypointField, filled, record } from "./fields";

type Json = Readonly<Record<string, unknown>>;

/**
 * The body of Podman's `POST /libpod/containers/create` for a container, without a name, and only with the labels in
 * its spec. Field names: containers/podman `pkg/specgen/specgen.go`. A setting that the API does not support results
 * in a refusal that names the setting, so nothing is lost silently; variables that are passed on from a shell are
 * left out.
 */
export function libpodSpec(run: ContainerSpec, reference: string): { readonly spec: Json } | Refusal {
  const refused = problemOf(run);
  if (refused) return { refused };
  const { others = {} } = run;
  const environment = Object.entries(run.environment).filter(([, value]) => value !== undefined);
  const spec = defined({
    image: reference,
    systemd: run.systemd,
    command: run.command && argv(run.command),
    entrypoint: entrypointField(run.entrypoint),
    env: record(environment),
    terminal: run.tty,
    user: run.user,
    hostname: run.hostname,
    stop_signal: run.stopSignal === undefined ? undefined : signalNumber(run.stopSignal),
    stop_timeout: run.stopGrace,
    init: run.init ?? false,
    privileged: run.privileged,
    cap_add: filled(run.capabilities),
    // Podman itself parses `HOST[:INSIDE[:RIGHTS]]` and the names of the Container Device Interface.
    devices: filled(run.devices.map((path) => ({ path }))),
    mounts: filled([...run.tmpfs.map(tmpfs), ...run.mounts.filter(isBind).map(bind)]),
    volumes: filled(run.mounts.filter((mount) => !isBind(mount)).map(volume)),
    expose: exposed([...run.ports, ...(others.expose ?? [])].flatMap(readPorts)),
    portmappings: filled(run.ports.flatMap(readPorts).map(mapping)),
    resource_limits: limits(run),
    pidns: namespace(run.pid),
    cgroupns: namespace(run.cgroupNamespace),
    userns: namespace(run.usernsMode),
    read_only_filesystem: run.readOnly,
    oci_runtime: run.runtime,
    ...network(run.network),
    ...restart(run.restart),
    ...security(run.securityOptions),
    ...otherFields(others),
  });
  return { spec };
}

/** For each other flag, the field of the spec that sets it, and how to read its value. */
const otherFlags: Readonly<
  Record<string, readonly [field: string, read: (values: readonly string[]) => unknown]>
> = {
  workdir: ["work_dir", ([path]) => path],
  interactive: ["stdin", () => true],
  label: ["labels", assignments],
  "cap-drop": ["cap_drop", (values) => values],
  "shm-size": ["shm_size", ([size = ""]) => readBytes(size)],
  "add-host": ["hostadd", (values) => values],
};

/** Flags that share their field with another setting. */
const sharedFlags: ReadonlySet<string> = new Set(["expose", "cpus"]);

function otherFields(others: NonNullable<ContainerSpec["others"]>): Json {
  const fields = Object.entries(otherFlags).flatMap(([flag, [field, read]]) => {
    const values = others[flag];
    return values === undefined ? [] : [[field, read(values)]];
  });
  return Object.fromEntries(fields);
}

/** The first setting of a container that Podman's spec cannot express, if there is one. */
function problemOf({ stopSignal, securityOptions, ports, others = {} }: ContainerSpec): Message | undefined {
  const option = securityOptions.find((each) => securityField(each) === undefined);
  if (option !== undefined) {
    const text = "Podman does not support the security option {option}.";
    return message("plan.libpod.security-option", text, { option });
  }
  if (stopSignal !== undefined && signalNumber(stopSignal) === undefined) {
    return message("plan.libpod.signal", "Unknown signal: {signal}.", { signal: stopSignal });
  }
  const flag = Object.keys(others).find((name) => !Object.hasOwn(otherFlags, name) && !sharedFlags.has(name));
  // Podman cannot pick one port from a range.
  const range = ports.find((port) => readPorts(port).some(({ outside }) => outside.includes("-")));
  const key = flag ?? (range && `publish ${range}`);
  if (key === undefined) return undefined;
  const text = "This container needs Podman's systemd mode, which cannot be combined with {key}.";
  return message("plan.libpod.unsaid", text, { key });
}

function tmpfs({ path, options }: ContainerSpec["tmpfs"][number]): Json {
  return { destination: path, type: "tmpfs", source: "tmpfs", options };
}

function isBind({ type }: Mount): boolean {
  return type === "bind";
}

/** A read-only bind mount does not change the mounts below it, as with Podman's `ro`, unless it is `rro`. */
function bind({ source, target, readOnly, recursive, options = [] }: Mount): Json {
  const access = !readOnly ? "rw" : recursive === "readonly" ? "rro" : "ro";
  const all = [recursive === "disabled" ? "bind" : "rbind", access, ...options];
  return { destination: target, type: "bind", source, options: all };
}

function volume({ source = "", target, readOnly, options = [] }: Mount): Json {
  return { Name: source, Dest: target, Options: [readOnly ? "ro" : "rw", ...options] };
}

/** In the format `80: "tcp"`, where several protocols of a port are separated by commas. */
function exposed(ports: readonly PublishedPort[]): Json | undefined {
  const found = new Map<string, Set<string>>();
  for (const { inside } of ports) {
    const [number = "", protocol = "tcp"] = inside.split("/");
    found.set(number, (found.get(number) ?? new Set()).add(protocol));
  }
  return record(Array.from(found, ([number, protocols]) => [number, [...protocols].join(",")]));
}

function mapping({ inside, outside, address }: PublishedPort): Json {
  const [number, protocol] = inside.split("/");
  return {
    container_port: Number(number),
    protocol,
    ...(outside && { host_port: Number(outside) }),
    ...(address && { host_ip: address }),
  };
}

/** CPU quota for the scheduler's default period of 0.1 s, in microseconds, and memory in bytes. */
function limits({ memory, others }: ContainerSpec): Json | undefined {
  const limit = memory === undefined ? undefined : readBytes(memory);
  const cpus = others?.cpus?.[0];
  const all = defined({
    memory: limit ? { limit } : undefined,
    cpu: cpus === undefined ? undefined : { period: 100_000, quota: Math.round(Number(cpus) * 100_000) },
  });
  return Object.keys(all).length === 0 ? undefined : all;
}

/**
 * The fields of all security options. SELinux labels and paths to unmask are lists; for anything else, the last value
 * applies.
 */
function security(options: readonly string[]): Json {
  const all: Record<string, unknown> = {};
  for (const [field, value] of options.map(securityField).filter((each) => each !== undefined)) {
    all[field] = Array.isArray(value) ? [...((all[field] as unknown[]) ?? []), ...value] : value;
  }
  return all;
}

/** The field of a security option and its value; undefined if Podman has none. */
function securityField(option: string): readonly [field: string, value: unknown] | undefined {
  const [, name = option, value = "true"] = /^([^=:]+)[=:](.*)$/s.exec(option) ?? [];
  switch (name) {
    case "apparmor":
      return ["apparmor_profile", value];
    case "seccomp":
      return ["seccomp_profile_path", value];
    case "label":
      return ["selinux_opts", [value]];
    case "unmask":
      return ["unmask", value.split(":")];
    case "no-new-privileges":
      return ["no_new_privileges", value === "true"];
  }
  return undefined;
}

/** Parses `always`, `on-failure:3` … */
function restart(text: string | undefined): Json {
  if (text === undefined) return {};
  const [policy, retries] = text.split(":");
  return { restart_policy: policy, ...(retries !== undefined && { restart_tries: Number(retries) }) };
}

/** The fields for a network mode or the name of a network. */
function network(mode: string | undefined): Json {
  if (mode === undefined || mode === "" || mode === "default") return {};
  if (/^(host|none|bridge|private|slirp4netns|pasta|container:.*|ns:.*)$/.test(mode)) {
    return { netns: namespace(mode) };
  }
  return { netns: { nsmode: "bridge" }, Networks: { [mode]: {} } };
}

function namespace(mode: string | undefined): Json | undefined {
  if (mode === undefined || mode === "") return undefined;
  const [nsmode, ...value] = mode.split(":");
  return value.length === 0 ? { nsmode } : { nsmode, value: value.join(":") };
}
