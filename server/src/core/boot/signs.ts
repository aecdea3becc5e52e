import { hasTmpfsOnRun } from "../container/settings";
import type { ContainerSpec } from "../container/spec";
import { isRoot } from "../container/user";
import type { Image } from "../image/image";
import { canonicalPath, isCgroupRoot, lockPath, runPath } from "../systemd/paths";
import { isRightSignal } from "../systemd/signal";

// Signs that an image or a container is made for systemd. They count only where nothing is known of the program
// itself: a base image that the table does not contain, and no CMD, ENTRYPOINT, command or entrypoint that could be
// read.

/** A name that indicates systemd, or settings that are made for it. */
export type Sign = "name" | "settings";

/** The sign of an image: its stop signal, a volume on the cgroup tree, or the name of its base. */
export function imageSign(image: Image): Sign | undefined {
  if (preparesImage(image)) return "settings";
  return isNamedForSystemd(image.baseReference) ? "name" : undefined;
}

/** The image asks for systemd's own stop signal, or makes a volume of the cgroup tree. */
export function preparesImage({ stopSignal, volumes }: Image): boolean {
  if (stopSignal && isRightSignal(stopSignal.value)) return true;
  return volumes.some(({ value }) => isCgroupRoot(value));
}

/** An instruction of the Dockerfile or an argument of the command names systemd, a unit, or what only systemd knows. */
export function speaksOfSystemd(image: Image, argv: readonly string[]): boolean {
  const written = image.text.replace(/^\uFEFF?[ \t]*#.*$/gm, "");
  return (
    preparesImage(image) ||
    image.env.has("container") ||
    [written, ...argv].some((text) => ofSystemd.test(text))
  );
}

const ofSystemd = /systemd|systemctl|\.(service|target)\b/i;

/**
 * The sign of a container: systemd's own stop signal, several settings that have other uses one by one, or the name
 * of its image. None where the container is set up for a program that looks at the host or runs containers.
 */
export function containerSign(spec: ContainerSpec, forTest = false): Sign | undefined {
  if (spec.stopSignal !== undefined && isRightSignal(spec.stopSignal)) return "settings";
  if (isForAnother(spec)) return undefined;
  if (preparesRun(spec, forTest)) return "settings";
  return isNamedForSystemd(spec.image) ? "name" : undefined;
}

/** The cgroup tree in its place with a fresh /run, or with privileges and one more mark, as that it is for a test. */
function preparesRun(spec: ContainerSpec, forTest: boolean): boolean {
  const { mounts, tmpfs, image = "", name = "", privileged, capabilities, environment } = spec;
  const cgroups = mounts.find(({ type, target }) => type === "bind" && isCgroupRoot(target));
  if (!cgroups) return false;
  const paths = [...tmpfs.map(({ path }) => path), ...mounts.map(({ target }) => target)].map(canonicalPath);
  if (hasTmpfsOnRun(spec)) return true;
  const raised = privileged === true || capabilities.includes("SYS_ADMIN");
  if (!raised || !isCgroupRoot(cgroups.source ?? "")) return false;
  return (
    forTest ||
    paths.some((path) => path === runPath || path === lockPath) ||
    environment.container !== undefined ||
    /ansible|molecule/i.test(`${image} ${name}`)
  );
}

/** What else is run with the cgroup tree or privileges: engines, and programs that look at the host. */
const others =
  /cadvisor|exporter|journal|resolved|replacement|agent|dind|docker-in-docker|k3[sd]|rke|nomad|mesos|slurm|judgehost|judge0|libvirt|nova|buildkit|kubelet/i;
const hostPath =
  /^(?:\/|\/proc|\/dev\/disk|\/run\/[\w./-]{1,64}\.sock|\/var\/lib\/(?:docker|kubelet|containerd|rancher))$/;

function isForAnother({ pid, init, user, mounts, image = "", name = "" }: ContainerSpec): boolean {
  if (pid === "host" || init === true || (user !== undefined && !isRoot(user))) return true;
  if (others.test(lastSegment(image)) || others.test(name)) return true;
  return mounts.some(
    ({ type, source = "", target }) =>
      /^\/(host|rootfs)(\/|$)/.test(target) || (type === "bind" && hostPath.test(canonicalPath(source))),
  );
}

/** `systemd`, `my-systemd`; and with the name of a distribution `systemd-debian`, `ubuntu-systemd-sshd`. */
const endsInSystemd = /(?:^|[-_])systemd$/;
const distribution =
  /alma|amazonlinux|arch|bci|centos|debian|fedora|opensuse|oraclelinux|rhel|rocky|stream|ubi|ubuntu/;
const namesSystemd = /(?:^|[-_\d])systemd(?:[-_]|$)/;
/** `rhel8-init`, `rocky-9-init`. */
const initOfRelease = /\d-init$/;

/** Whether the name of an image indicates that it boots systemd: not one that only has to do with it. */
function isNamedForSystemd(reference = ""): boolean {
  const [name = ""] = lastSegment(reference.toLowerCase()).split(":", 1);
  if (others.test(name)) return false;
  if (endsInSystemd.test(name)) return true;
  return distribution.test(name) && (namesSystemd.test(name) || initOfRelease.test(name));
}

/** The name and the tag of an image, without what stands before them and without the digest. */
function lastSegment(image: string): string {
  const [name = ""] = image.split("@", 1);
  return name.slice(name.lastIndexOf("/") + 1);
}
