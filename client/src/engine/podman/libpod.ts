import { fault } from "../errors";
import { variable } from "../variable";
import { signalNumber } from "./signal";

/**
 * Podman's own API, for what its Docker-compatible one has no word for: `--systemd=always`. Podman 4 and
 * newer answer to this version of it.
 */
export const libpodCreatePath = "/v4.0.0/libpod/containers/create";

type Json = Readonly<Record<string, unknown>>;

/** What becomes of a key of Docker's body; undefined says nothing. */
type Reader = (value: never) => Json | undefined;

/**
 * The body of Podman's `POST /libpod/containers/create` that says what a body of Docker's
 * `POST /containers/create` says, and in which systemd mode. Field names: containers/podman
 * `pkg/specgen/specgen.go`. What has no translation is refused, so that nothing is lost without a word.
 */
export function specGenerator(name: string, systemd: string, body: Json): Json {
  const { HostConfig = {}, ...top } = body;
  const parts = [
    ...translate(top, containerKeys),
    ...translate(HostConfig as Json, hostKeys),
    { name, systemd },
  ];
  return parts.reduce(merged, {});
}

function translate(json: Json, readers: Readonly<Record<string, Reader>>): Json[] {
  return Object.entries(json)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]) => {
      const reader = Object.hasOwn(readers, key) ? readers[key] : undefined;
      if (!reader) {
        throw fault("refused", `This container needs Podman's systemd mode, where ${key} cannot be said.`);
      }
      return reader(value as never) ?? {};
    });
}

/** Lists of the same key are joined, records merged; anything else is replaced. */
function merged(all: Json, part: Json): Json {
  const result: Record<string, unknown> = { ...all };
  for (const [key, value] of Object.entries(part)) {
    const before = all[key];
    if (Array.isArray(before) && Array.isArray(value)) result[key] = [...before, ...value];
    else if (isRecord(before) && isRecord(value)) result[key] = { ...before, ...value };
    else result[key] = value;
  }
  return result;
}

function isRecord(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const as =
  (key: string): Reader =>
  (value) => ({ [key]: value });

const containerKeys: Readonly<Record<string, Reader>> = {
  Image: as("image"),
  Cmd: as("command"),
  Entrypoint: as("entrypoint"),
  Env: (variables: string[]) => ({ env: Object.fromEntries(variables.map(variable)) }),
  Tty: as("terminal"),
  OpenStdin: as("stdin"),
  User: as("user"),
  WorkingDir: as("work_dir"),
  Hostname: as("hostname"),
  Labels: as("labels"),
  StopSignal: (signal: string) => ({ stop_signal: signalNumber(signal) }),
  StopTimeout: as("stop_timeout"),
  ExposedPorts: (ports: Json) => ({ expose: Object.fromEntries(Object.keys(ports).map(exposed)) }),
};

const hostKeys: Readonly<Record<string, Reader>> = {
  Init: as("init"),
  Privileged: as("privileged"),
  CapAdd: as("cap_add"),
  CapDrop: as("cap_drop"),
  SecurityOpt: (options: string[]) => options.map(securityOption).reduce(merged, {}),
  // The words of `--device`, which Podman takes apart itself.
  Devices: (devices: Device[]) => ({
    devices: devices.map(({ PathOnHost: host, PathInContainer: inside, CgroupPermissions: rights }) => ({
      path: [host, inside, rights].filter(Boolean).join(":"),
    })),
  }),
  Tmpfs: (mounts: Readonly<Record<string, string>>) => ({
    mounts: Object.entries(mounts).map(([destination, options]) => ({
      ...{ destination, type: "tmpfs", source: "tmpfs" },
      options: options.split(",").filter((option) => option !== ""),
    })),
  }),
  Binds: (binds: string[]) => binds.map(bind).reduce(merged, {}),
  Mounts: (mounts: DockerMount[]) => mounts.map(mount).reduce(merged, {}),
  PortBindings: (bindings: Readonly<Record<string, Binding[]>>) => ({
    portmappings: Object.entries(bindings).flatMap(([port, hosts]) =>
      hosts.map((host) => mapping(port, host)),
    ),
  }),
  PublishAllPorts: as("publish_image_ports"),
  NetworkMode: network,
  PidMode: (mode: string) => (mode === "" ? undefined : { pidns: namespace(mode) }),
  CgroupnsMode: (mode: string) => (mode === "" ? undefined : { cgroupns: namespace(mode) }),
  UsernsMode: (mode: string) => (mode === "" ? undefined : { userns: namespace(mode) }),
  Memory: (limit: number) => (limit > 0 ? { resource_limits: { memory: { limit } } } : undefined),
  // A billionth of a CPU each, over the scheduler's usual period of 0.1 s.
  NanoCpus: (nano: number) => ({ resource_limits: { cpu: { period: 100_000, quota: nano / 10_000 } } }),
  ShmSize: as("shm_size"),
  ReadonlyRootfs: as("read_only_filesystem"),
  RestartPolicy: ({ Name, MaximumRetryCount }: { Name: string; MaximumRetryCount?: number }) => ({
    restart_policy: Name,
    ...(MaximumRetryCount !== undefined && { restart_tries: MaximumRetryCount }),
  }),
  Runtime: as("oci_runtime"),
  ExtraHosts: as("hostadd"),
};

interface Device {
  readonly PathOnHost: string;
  readonly PathInContainer?: string;
  readonly CgroupPermissions?: string;
}

interface DockerMount {
  readonly Type: string;
  readonly Source?: string;
  readonly Target: string;
  readonly ReadOnly?: boolean;
}

interface Binding {
  readonly HostIp?: string;
  readonly HostPort?: string;
}

function exposed(port: string): [string, string] {
  const [number = "", protocol = "tcp"] = port.split("/");
  return [number, protocol];
}

function mapping(port: string, { HostIp, HostPort }: Binding): Json {
  const [number, protocol = "tcp"] = port.split("/");
  return {
    container_port: Number(number),
    protocol,
    ...(HostPort && { host_port: Number(HostPort) }),
    ...(HostIp && { host_ip: HostIp }),
  };
}

function securityOption(option: string): Json {
  const [, name = option, value = "true"] = /^([^=:]+)[=:](.*)$/s.exec(option) ?? [];
  switch (name) {
    case "apparmor":
      return { apparmor_profile: value };
    case "seccomp":
      return { seccomp_profile_path: value };
    case "label":
      return { selinux_opts: [value] };
    case "unmask":
      return { unmask: value.split(":") };
    case "no-new-privileges":
      return { no_new_privileges: value === "true" };
  }
  throw fault("refused", `Podman does not know the security option ${option}.`);
}

/** `source:target[:options]`: an absolute source is a folder of the host, a name a volume. */
function bind(text: string): Json {
  const [source = "", target = "", options = "rw"] = text.split(":");
  return attached(source, target, options.split(","));
}

function mount({ Type, Source = "", Target, ReadOnly }: DockerMount): Json {
  if (Type === "tmpfs") return { mounts: [{ destination: Target, type: "tmpfs", source: "tmpfs" }] };
  return attached(Source, Target, [ReadOnly ? "ro" : "rw"]);
}

function attached(source: string, destination: string, options: readonly string[]): Json {
  if (!source.startsWith("/")) return { volumes: [{ Name: source, Dest: destination, Options: options }] };
  return { mounts: [{ destination, type: "bind", source, options: ["rbind", ...options] }] };
}

function network(mode: string): Json | undefined {
  if (mode === "" || mode === "default") return undefined;
  if (/^(host|none|bridge|private|slirp4netns|pasta|container:.*|ns:.*)$/.test(mode)) {
    return { netns: namespace(mode) };
  }
  return { netns: { nsmode: "bridge" }, Networks: { [mode]: {} } };
}

function namespace(mode: string): Json {
  const [nsmode, ...value] = mode.split(":");
  return value.length === 0 ? { nsmode } : { nsmode, value: value.join(":") };
}
