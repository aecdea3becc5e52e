import type { Argv, Mount, Run, Tmpfs } from "../run/run";
import { canonicalPath, cgroupPath, lockPath, runPath, tmpPath } from "./paths";

/** The `docker run` command line of a run, one word an item; `reference` is the image. */
export function dockerArguments(run: Run, reference: string): string[] {
  return ["docker", "run", "-d", ...flags(run), reference, ...words(run)];
}

/** The `podman run` command line of a run, without what Podman sets up for systemd by itself. */
export function podmanArguments(run: Run, reference: string): string[] {
  const own = podmanRun(run);
  return ["podman", "run", "-d", ...flags(own), reference, ...words(own)];
}

/** What Podman mounts in systemd mode (libpod/container_internal_linux.go). */
const podmanMounts = new Set([runPath, lockPath, tmpPath, "/var/log/journal"]);

/**
 * What has to be said of a run to Podman: in systemd mode it makes the cgroup tree writable in a private namespace, mounts the tmpfs, sets
 * `container=podman`, and refuses `writable-cgroups`.
 */
export function podmanRun(run: Run): Run {
  const { container, ...environment } = run.environment;
  return {
    ...run,
    cgroupNamespace: undefined,
    securityOptions: run.securityOptions.filter((option) => !option.startsWith("writable-cgroups")),
    mounts: run.mounts.filter(({ target }) => canonicalPath(target) !== cgroupPath),
    tmpfs: run.tmpfs.filter(({ path }) => !podmanMounts.has(canonicalPath(path))),
    environment: container === undefined || container === "docker" ? environment : run.environment,
    ...(run.others && { others: { ...run.others, ...podmanNetworks(run.others.network) } }),
  };
}

/** Docker's `name=NET,alias=A` is `NET:alias=A` to Podman. */
function podmanNetworks(networks: readonly string[] | undefined): { network?: readonly string[] } {
  return networks ? { network: networks.map((value) => value.replace(/^name=([^,]*),/, "$1:")) } : {};
}

/** The flags of a run as `docker run` and `podman run` share them, in a fixed order. */
export function flags(run: Run): string[] {
  return flagGroups(run).flat();
}

/** The same, each flag with its value. */
export function flagGroups(run: Run): string[][] {
  const values: readonly (readonly [string, string | undefined])[] = [
    ["--name", run.name],
    ["--hostname", run.hostname],
    ["--memory", run.memory],
    ["--systemd", run.systemd],
    ["--stop-signal", run.stopSignal],
    ["--stop-timeout", run.stopGrace === undefined ? undefined : String(run.stopGrace)],
    ["--cgroupns", run.cgroupNamespace],
    ["--pid", run.pid],
    ["--network", run.network],
    ["--restart", run.restart],
    ["--user", run.user],
    ["--userns", run.usernsMode],
    ["--runtime", run.runtime],
    ["--entrypoint", run.entrypoint && (argv(run.entrypoint)[0] ?? "")],
  ];
  return [
    ...(run.tty === true ? [["-t"]] : flag("--tty", run.tty)),
    ...flag("--init", run.init),
    ...flag("--privileged", run.privileged),
    ...flag("--read-only", run.readOnly),
    ...values.flatMap(([name, value]) => (value === undefined ? [] : [[`${name}=${value}`]])),
    ...each("--security-opt", run.securityOptions),
    ...each("--cap-add", run.capabilities),
    ...each("--device", run.devices),
    ...each("--publish", run.ports),
    ...each("--env", Object.entries(run.environment).map(variable)),
    ...each("--tmpfs", run.tmpfs.map(tmpfsValue)),
    ...run.mounts.map(mountFlag),
    ...Object.entries(run.others ?? {}).flatMap(([name, values]) =>
      values.length === 0 ? [[`--${name}`]] : each(`--${name}`, values),
    ),
  ];
}

/** What follows the image: the rest of the entrypoint, since the flag takes one word, and the command. */
export function words({ entrypoint, command }: Run): string[] {
  return [...(entrypoint ? argv(entrypoint).slice(1) : []), ...(command ? argv(command) : [])];
}

/** The words that a container gets; a string that its surface hands to a shell is a shell's script. */
export function argv({ words, shell }: Argv): readonly string[] {
  return shell === undefined ? words : ["/bin/sh", "-c", shell];
}

function flag(name: string, value: boolean | undefined): string[][] {
  if (value === undefined) return [];
  return [[value ? name : `${name}=false`]];
}

function each(name: string, values: readonly string[]): string[][] {
  return values.map((value) => [name, value]);
}

function variable([name, value]: [string, string | undefined]): string {
  return value === undefined ? name : `${name}=${value}`;
}

function tmpfsValue({ path, options }: Tmpfs): string {
  return options.length === 0 ? path : `${path}:${options.join(",")}`;
}

function mountFlag(mount: Mount): string[] {
  const { type, source, target, readOnly, recursive, options = [] } = mount;
  const modes = [...(readOnly ? ["ro"] : []), ...options];
  const short =
    recursive === undefined &&
    !`${source?.replace(/^[a-z]:(?=[\\/])/i, "")}${target}`.includes(":") &&
    (source !== undefined || modes.length === 0);
  if (short) {
    const parts = [source, target, modes.length > 0 ? modes.join(",") : undefined];
    return ["-v", parts.filter((part) => part !== undefined).join(":")];
  }
  const fields = [
    `type=${type}`,
    source === undefined ? undefined : `source=${source}`,
    `target=${target}`,
    readOnly ? "readonly" : undefined,
    recursive === undefined ? undefined : `bind-recursive=${recursive}`,
  ];
  return [
    "--mount",
    fields
      .filter((field) => field !== undefined)
      .map(csvField)
      .join(","),
  ];
}

/** `--mount` is a line of CSV. */
function csvField(field: string): string {
  return /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
