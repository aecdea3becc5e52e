import type { Mount, Run } from "../run/run";
import { argv } from "./arguments";

/**
 * The body of the Engine API's `POST /containers/create` for a run, without name and labels. `Init` is
 * always said, since a daemon's default can be true. What the API has no word for is left out: variables
 * that are handed on from a shell, and Podman's `--systemd`.
 */
export function createOptions(run: Run, reference: string): Record<string, unknown> {
  const environment = Object.entries(run.environment).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${value}`],
  );
  const entrypoint = run.entrypoint && argv(run.entrypoint);
  return defined({
    Image: reference,
    Cmd: run.command && argv(run.command),
    // One empty word is the API's way to reset the image's entrypoint.
    Entrypoint: entrypoint?.length === 0 ? [""] : entrypoint,
    Env: filled(environment),
    Tty: run.tty,
    User: run.user,
    Hostname: run.hostname,
    ExposedPorts: record(run.ports.flatMap(bindings), ({ inside }) => [inside, {}]),
    StopSignal: run.stopSignal,
    StopTimeout: run.stopGrace,
    HostConfig: defined({
      Init: run.init ?? false,
      Privileged: run.privileged,
      CgroupnsMode: run.cgroupNamespace,
      SecurityOpt: filled(run.securityOptions),
      CapAdd: filled(run.capabilities),
      Devices: filled(run.devices.map(device)),
      Tmpfs:
        run.tmpfs.length === 0
          ? undefined
          : Object.fromEntries(run.tmpfs.map(({ path, options }) => [path, options.join(",")])),
      Binds: filled(run.mounts.filter(isBind).map(bindValue)),
      Mounts: filled(run.mounts.filter((mount) => !isBind(mount)).map(mountValue)),
      PortBindings: portBindings(run.ports),
      Memory: run.memory === undefined ? undefined : bytes(run.memory),
      PidMode: run.pid,
      NetworkMode: run.network,
      UsernsMode: run.usernsMode,
      Runtime: run.runtime,
      ReadonlyRootfs: run.readOnly,
      RestartPolicy: run.restart === undefined ? undefined : restartPolicy(run.restart),
    }),
  });
}

/** Without the keys that say nothing. */
function defined(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}

function filled<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

function device(text: string) {
  const [host = "", inside = host, permissions = "rwm"] = text.split(":");
  return { PathOnHost: host, PathInContainer: inside, CgroupPermissions: permissions };
}

/** A bind is `source:target[:ro]`, so its paths hold no colon. */
function isBind({ source, target, recursive }: Mount): boolean {
  return source !== undefined && recursive === undefined && !`${source}${target}`.includes(":");
}

function bindValue({ source, target, readOnly }: Mount): string {
  return `${source}:${target}:${readOnly ? "ro" : "rw"}`;
}

function mountValue({ type, source, target, readOnly, recursive }: Mount) {
  return defined({
    Type: type,
    Source: source,
    Target: target,
    ReadOnly: readOnly,
    BindOptions: recursive === "writable" ? { ReadOnlyNonRecursive: true } : undefined,
  });
}

/** A port of the container (`80/tcp`) and where it is published; an empty port is the engine's choice. */
interface Binding {
  readonly inside: string;
  readonly HostIp: string;
  readonly HostPort: string;
}

/** The single ports of `[[ADDRESS:]PORT:]PORT[/PROTOCOL]`, whose ports can be ranges; an IPv6 address has brackets. */
function bindings(text: string): Binding[] {
  const [, address = "", outside = "", inside = "", protocol = "tcp"] =
    /^(?:(?:(\[[^\]]*\]|[^:]*):)?([^:]*):)?([^:/]+)(?:\/(\w+))?$/.exec(text) ?? [];
  const ports = range(inside);
  const published = range(outside);
  return ports.map((port, index) => ({
    inside: `${port}/${protocol}`,
    HostIp: address.replace(/^\[|\]$/g, ""),
    // A range for one port is for the engine to choose from.
    HostPort: ports.length === 1 ? outside : String(published[index] ?? ""),
  }));
}

/** `80`, `8000-8010`; at most every port that there is. */
function range(text: string): readonly number[] {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  if (first === undefined) return [];
  const length = Math.min(Number(last) - Number(first) + 1, 65_536);
  return Array.from({ length: Math.max(length, 0) }, (_, index) => Number(first) + index);
}

function portBindings(ports: readonly string[]): Record<string, unknown> | undefined {
  const all = ports.flatMap(bindings);
  return record(all, ({ inside }) => [
    inside,
    all.filter((other) => other.inside === inside).map(({ HostIp, HostPort }) => ({ HostIp, HostPort })),
  ]);
}

function record<T>(items: readonly T[], entry: (item: T) => [string, unknown]) {
  return items.length === 0 ? undefined : Object.fromEntries(items.map(entry));
}

/** Bytes of `512m`: units are of 1024, in either case, with or without `b` and `ib`. */
function bytes(text: string): number | undefined {
  const [, count, unit = ""] = /^\s*(\d+(?:\.\d+)?)\s*([kmgtp]?)i?b?\s*$/i.exec(text) ?? [];
  if (count === undefined) return undefined;
  return Math.floor(Number(count) * 1024 ** " kmgtp".indexOf(unit.toLowerCase() || " "));
}

/** `always`, `on-failure:3` … */
function restartPolicy(text: string) {
  const [Name, retries] = text.split(":");
  return retries === undefined ? { Name } : { Name, MaximumRetryCount: Number(retries) };
}
