import { argv } from "../../container/flags";
import { type PublishedPort, readBytes, readPorts } from "../../container/quantities";
import type { ContainerSpec, Mount } from "../../container/spec";
import { defined, entrypointField, filled, record } from "./fields";
import { otherOptions } from "./other-options";

/**
 * The body of the Engine API's `POST /containers/create` for a container, without its name and labels. `Init` is
 * always set, since a daemon's default can be true. Settings that the API does not support are left out: variables
 * that are passed on from a shell, and Podman's `--systemd`.
 */
export function createOptions(spec: ContainerSpec, reference: string): Record<string, unknown> {
  const environment = Object.entries(spec.environment).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  const ports = spec.ports.flatMap(readPorts);
  const others = otherOptions(spec);
  const networks = Object.keys(others.networks).length > 0 ? others.networks : undefined;
  return defined({
    Image: reference,
    Cmd: spec.command && argv(spec.command),
    Entrypoint: entrypointField(spec.entrypoint),
    Env: filled(environment),
    Tty: spec.tty,
    User: spec.user,
    Hostname: spec.hostname,
    StopSignal: spec.stopSignal,
    StopTimeout: spec.stopGrace,
    ...others.container,
    ExposedPorts: exposedPorts(ports, others.container.ExposedPorts),
    NetworkingConfig: networks && { EndpointsConfig: networks },
    HostConfig: defined({
      Init: spec.init ?? false,
      Privileged: spec.privileged,
      CgroupnsMode: spec.cgroupNamespace,
      SecurityOpt: filled(spec.securityOptions),
      CapAdd: filled(spec.capabilities),
      Devices: filled(spec.devices.map(device)),
      Tmpfs: record(spec.tmpfs.map(({ path, options }) => [path, options.join(",")])),
      Binds: filled(spec.mounts.filter(isBind).map(bindValue)),
      Mounts: filled(spec.mounts.filter((mount) => !isBind(mount)).map(mountValue)),
      PortBindings: portBindings(ports),
      Memory: spec.memory === undefined ? undefined : readBytes(spec.memory),
      PidMode: spec.pid,
      NetworkMode: spec.network,
      UsernsMode: spec.usernsMode,
      Runtime: spec.runtime,
      ReadonlyRootfs: spec.readOnly,
      RestartPolicy: spec.restart === undefined ? undefined : restartPolicy(spec.restart),
      ...others.host,
    }),
  });
}

function device(text: string) {
  const [host = "", inside = host, permissions = "rwm"] = text.split(":");
  return { PathOnHost: host, PathInContainer: inside, CgroupPermissions: permissions };
}

/** Whether a mount can be written as a bind, `source:target[:ro]`. Its paths must not contain a colon. */
function isBind({ source, target, recursive }: Mount): boolean {
  return source !== undefined && recursive === undefined && !`${source}${target}`.includes(":");
}

function bindValue({ source, target, readOnly, options = [] }: Mount): string {
  return `${source}:${target}:${[readOnly ? "ro" : "rw", ...options].join(",")}`;
}

/** The values of `bind-recursive` in the API (docker/cli, opts/mount.go). */
const recursions: ReadonlyMap<string | undefined, object> = new Map([
  ["disabled", { NonRecursive: true }],
  ["writable", { ReadOnlyNonRecursive: true }],
  ["readonly", { ReadOnlyForceRecursive: true }],
]);

function mountValue({ type, source, target, readOnly, recursive }: Mount) {
  return defined({
    Type: type,
    Source: source,
    Target: target,
    ReadOnly: readOnly,
    BindOptions: recursions.get(recursive),
  });
}

/** The published ports, and those that are only exposed. */
function exposedPorts(ports: readonly PublishedPort[], named: unknown): Record<string, unknown> | undefined {
  const published = record(ports.map(({ inside }) => [inside, {}]));
  return named === undefined ? published : { ...published, ...named };
}

function portBindings(ports: readonly PublishedPort[]): Record<string, unknown> | undefined {
  const bindingsOf = (inside: string) =>
    ports
      .filter((other) => other.inside === inside)
      .map(({ address, outside }) => ({ HostIp: address, HostPort: outside }));
  return record(ports.map(({ inside }) => [inside, bindingsOf(inside)]));
}

/** Parses `always`, `on-failure:3` … */
function restartPolicy(text: string) {
  const [Name, retries] = text.split(":");
  return retries === undefined ? { Name } : { Name, MaximumRetryCount: Number(retries) };
}
