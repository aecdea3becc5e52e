import { hasTmpfsOnRun } from "../container/settings";
import type { ContainerSource } from "../container/source";
import type { ContainerSpec } from "../container/spec";
import { isRoot } from "../container/user";
import type { Image } from "../image/image";
import { canonicalPath, isCgroupRoot, lockPath, runPath } from "../systemd/paths";
import { isRightSignal } from "../systemd/signal";

// Signs that an image or a container is made for systemd. They count only if nothing is known about the program: the
// base image is not in the table, and there is no CMD, ENTRYPOINT, command or entrypoint that could be read.

/** What indicates systemd: a name, or settings made for it. */
export type Sign = "name" | "settings";

/** The sign of an image: its stop signal, a volume on the cgroup tree, or the name of its base. */
export function imageSign(image: Image): Sign | undefined {
  if (preparesImage(image)) return "settings";
  return isNamedForSystemd(image.baseReference) ? "name" : undefined;
}

/** Whether the image sets the stop signal of systemd, or declares a volume on the cgroup tree. */
export function preparesImage({ stopSignal, volumes }: Image): boolean {
  if (stopSignal && isRightSignal(stopSignal.value)) return true;
  return volumes.some(({ value }) => isCgroupRoot(value));
}

/**
 * Whether an instruction of the Dockerfile or an argument of the command refers to systemd, a unit, or a systemd
 * feature.
 */
export function speaksOfSystemd(image: Image, argv: readonly string[]): boolean {
  const written = image.text.replace(/^\uFEFF?[ \t]*#.*$/gm, "");
  return (
    preparesImage(image) ||
    image.env.has("container") ||
    [written, ...argv].some((text) => ofSystemd.test(text))
  );
}

const ofSystemd = /systemd|systemctl|\.(service|target)\b/i;

/** A container with the facts about it that count as signs. */
export type Run = Pick<ContainerSource, "spec" | "partOfImage" | "forTest" | "pod">;

/**
 * The sign of a container: the stop signal of systemd, several settings that individually have other uses, or the
 * name of its image. Undefined if the container is set up for a program that inspects the host or runs containers.
 */
export function containerSign(run: Run): Sign | undefined {
  const { partOfImage } = run;
  const spec = partOfImage === undefined ? run.spec : { ...run.spec, image: partOfImage };
  if (spec.stopSignal !== undefined && isRightSignal(spec.stopSignal)) return "settings";
  if (isForAnother(spec)) return undefined;
  if (preparesRun(spec, run) || liftsAll(spec)) return "settings";
  return isNamedForSystemd(spec.image) ? "name" : undefined;
}

/**
 * Whether the cgroup tree is mounted along with a fresh /run, or with privileges and one more sign, such as use in a
 * test or a chosen cgroup namespace.
 */
function preparesRun(spec: ContainerSpec, { forTest, pod }: Run): boolean {
  const { mounts, tmpfs, image = "", name = "", privileged, capabilities, environment } = spec;
  const cgroups = mounts.find(({ type, target }) => type === "bind" && isCgroupRoot(target));
  if (!cgroups) return false;
  const paths = [...tmpfs.map(({ path }) => path), ...mounts.map(({ target }) => target)].map(canonicalPath);
  if (hasTmpfsOnRun(spec)) return true;
  const raised = privileged === true || capabilities.includes("SYS_ADMIN");
  if (!raised || !isCgroupRoot(cgroups.source ?? "")) return false;
  return (
    forTest ||
    (pod !== undefined && mountsNothingElse(spec)) ||
    spec.cgroupNamespace !== undefined ||
    paths.some((path) => path === runPath || path === lockPath) ||
    environment.container !== undefined ||
    /ansible|molecule|(?:^|[^a-z])tests?(?:[^a-z]|$)/i.test(`${image} ${name}`)
  );
}

/**
 * Whether a writable mount of the node's cgroup tree is the only part of the node that a container of a pod uses.
 * Agents that inspect the node mount more of it, or mount the tree elsewhere.
 */
function mountsNothingElse({ mounts, entrypoint, command, network }: ContainerSpec): boolean {
  const binds = mounts.filter(({ type }) => type === "bind");
  return binds.length === 1 && binds[0]?.readOnly === false && !entrypoint && !command && network !== "host";
}

/** Whether a cgroup namespace is chosen, and every restriction that an engine sets by default is lifted one by one. */
function liftsAll({ cgroupNamespace, capabilities, securityOptions }: ContainerSpec): boolean {
  const lifts = (profile: string) =>
    securityOptions.some(
      (option) => option === `${profile}=unconfined` || option === `${profile}:unconfined`,
    );
  return (
    cgroupNamespace !== undefined &&
    capabilities.includes("ALL") &&
    ["seccomp", "apparmor", "systempaths"].every(lifts)
  );
}

/** Other programs that run with the cgroup tree or privileges: engines, and programs that inspect the host. */
const others =
  /cadvisor|exporter|journal|resolved|replacement|agent|dind|docker-in-docker|k3[sd]|rke|nomad|mesos|slurm|judgehost|judge0|libvirt|nova|buildkit|kubelet/i;
const hostPath = /^(?:\/|\/proc|\/dev\/disk|\/var\/lib\/(?:docker|kubelet|containerd|rancher))$/;
const hostSocket = /^\/run\/[\w./-]{1,64}\.sock$/;

function isForAnother(spec: ContainerSpec): boolean {
  const { pid, init, user, mounts, image = "", name = "" } = spec;
  if (pid === "host" || init === true || (user !== undefined && !isRoot(user))) return true;
  if (others.test(lastSegment(image)) || others.test(name)) return true;
  // Programs that use the socket of an engine need no fresh /run.
  const usesSocket = (path: string) => hostSocket.test(path) && !hasTmpfsOnRun(spec);
  return mounts.some(({ type, source = "", target }) => {
    const path = type === "bind" ? canonicalPath(source) : "";
    return /^\/(host|rootfs)(\/|$)/.test(target) || hostPath.test(path) || usesSocket(path);
  });
}

/** `systemd`, `my-systemd`; and together with the name of a distribution, `systemd-debian`, `ubuntu-systemd-sshd`. */
const endsInSystemd = /(?:^|[-_])systemd$/;
const distribution =
  /alma|amazonlinux|arch|bci|centos|debian|fedora|opensuse|oraclelinux|rhel|rocky|stream|ubi|ubuntu/;
const namesSystemd = /(?:^|[-_\d])systemd(?:[-_]|$)/;
/** `rhel8-init`, `rocky-9-init`. */
const initOfRelease = /\d-init$/;

/** Whether the name of an image indicates that it boots systemd, rather than that it is merely related to systemd. */
function isNamedForSystemd(reference = ""): boolean {
  const [name = ""] = lastSegment(reference.toLowerCase()).split(":", 1);
  if (others.test(name)) return false;
  if (endsInSystemd.test(name)) return true;
  return distribution.test(name) && (namesSystemd.test(name) || initOfRelease.test(name));
}

/** The name and the tag of an image, without the path before them and the digest. */
function lastSegment(image: string): string {
  const [name = ""] = image.split("@", 1);
  return name.slice(name.lastIndexOf("/") + 1);
}
