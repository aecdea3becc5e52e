import { message } from "../../base/message";
import { argv, words } from "../../container/flags";
import { type Argv, bareSpec, type ContainerSpec } from "../../container/spec";
import { isRoot } from "../../container/user";
import { writeText } from "../../surfaces/kubernetes/references";
import { pairLines, quotedList, Raw, type Value } from "../../yaml/write";
import { podVolumes } from "./pod-volumes";
import { type Rendered, unsaidOf } from "./rendered";

/** How long systemd itself waits for a service to stop (DefaultTimeoutStopSec=), in seconds. */
const systemdWaits = 90;

/** A name that Kubernetes accepts for a pod, a container, a host or a volume (RFC 1123). */
const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

const notBooted = message(
  "render.kubernetes.sourced",
  "This manifest follows the documentation of Kubernetes and its runtimes. It has not been tested in a cluster.",
);
const runtimeClass = message(
  "render.kubernetes.runtime",
  "systemd needs a writable cgroup tree. On containerd (2.1 or later), set runtimeClassName to a class whose handler has cgroup_writable = true. CRI-O does not need this.",
);

/**
 * A Pod with the given container, in a separate user namespace and never privileged. Reading it returns the same
 * spec, except for what `unsaid` lists. A tmpfs becomes an `emptyDir` in memory, which has no mount options. Unless
 * the container sets a stop timeout, the Pod gets the one that systemd uses for services.
 */
export function renderKubernetes(run: ContainerSpec, reference: string, name: string): Rendered {
  const said = sayable(run);
  const { volumes, mounts, tmpfs, volumeMounts } = podVolumes(run);
  const pod = nameOf(said.name ?? name);
  const spec: Record<string, Value> = {
    hostUsers: new Raw("false"),
    ...(said.runtime !== undefined && { runtimeClassName: said.runtime }),
    ...(said.hostname !== undefined && { hostname: said.hostname }),
    terminationGracePeriodSeconds: said.stopGrace ?? systemdWaits,
    containers: [
      { name: pod, image: reference, ...containerOf(said), ...listed("volumeMounts", volumeMounts) },
    ],
    ...listed("volumes", volumes),
  };
  const lines = [
    ...["apiVersion: v1", "kind: Pod"],
    ...pairLines("metadata", { name: pod }, 0, indent),
    ...pairLines("spec", spec, 0, indent),
  ];
  return {
    text: `${lines.join("\n")}\n`,
    unsaid: unsaidOf(run, { ...said, mounts, tmpfs }),
    notes: [notBooted, ...(said.runtime === undefined ? [runtimeClass] : [])],
  };
}

const indent = { keys: 2, dashes: 2 };

/**
 * The settings of a container, other than mounts, that a manifest can express. The host's namespaces are left out
 * because they cannot be combined with a separate user namespace.
 */
function sayable(run: ContainerSpec): ContainerSpec {
  const { name, hostname, runtime, user, stopGrace, tty, readOnly, entrypoint, command } = run;
  const isSaid = (value: string | undefined) => value !== undefined && label.test(value);
  const environment = Object.entries(run.environment).filter(([, value]) => value !== undefined);
  // Kubernetes treats an empty list as unset. Without an empty entrypoint, the command would mean something else, so
  // it is left out too.
  const isProgram = entrypoint === undefined || argv(entrypoint).length > 0;
  return {
    ...bareSpec,
    ...(isSaid(name) && { name }),
    ...(isSaid(hostname) && { hostname }),
    ...(isSaid(runtime) && { runtime }),
    ...(user !== undefined && (isRoot(user) || /^\d+$/.test(user)) && { user }),
    ...(Number.isInteger(stopGrace) && { stopGrace }),
    ...(tty !== undefined && { tty }),
    ...(readOnly !== undefined && { readOnly }),
    ...(isProgram && entrypoint && { entrypoint }),
    ...(isProgram && command && words({ ...bareSpec, command }).length > 0 && { command }),
    environment: Object.fromEntries(environment),
    capabilities: run.capabilities,
  };
}

function containerOf({ entrypoint, command, environment, ...run }: ContainerSpec): Record<string, Value> {
  const { user, readOnly, capabilities, tty } = run;
  const security: Record<string, Value> = {
    ...(user !== undefined && { runAsUser: isRoot(user) ? 0 : new Raw(user) }),
    ...(readOnly !== undefined && { readOnlyRootFilesystem: readOnly }),
    ...(capabilities.length > 0 && { capabilities: { add: capabilities } }),
  };
  const env = Object.entries(environment).map(([name, value = ""]) => ({ name, value: writeText(value) }));
  return {
    ...(entrypoint && { command: listOf(entrypoint) }),
    ...(command && { args: listOf(command) }),
    ...listed("env", env),
    ...(tty !== undefined && { tty }),
    ...(Object.keys(security).length > 0 && { securityContext: security }),
  };
}

function listOf(program: Argv): Raw {
  return quotedList(argv(program).map(writeText));
}

function listed(key: string, items: readonly Value[]): Record<string, Value> {
  return items.length > 0 ? { [key]: items } : {};
}

/** A valid pod name that resembles the name of the container. */
function nameOf(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 63)
    .replace(/^-|-$/g, "");
  return label.test(name) ? name : plain || "app";
}
