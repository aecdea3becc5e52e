import type { SpecChange } from "../../container/spec";
import { unmetNeeds } from "../../plan/needs";
import { isPlan } from "../../plan/plan";
import type { ContainerSubject } from "../../project/subject";
import { canonicalPath } from "../../systemd/paths";

/** Packages that run containers, mount file systems or manage block devices. */
const packages =
  /^(docker(-ce|-engine|\.io)?|moby-engine|containerd(\.io)?|podman|buildah|cri-o|nerdctl|k3s|kubeadm|kubelet|lxc|lxd|incus|snapd|nfs-(common|utils|kernel-server)|cifs-utils|autofs|fuse3?|sshfs|rclone|s3fs|lvm2|cryptsetup|multipath-tools|device-mapper-multipath|open-iscsi|iscsi-initiator-utils|targetcli.*|btrfs-progs|zfs.*|xfsprogs|qemu(-kvm)?|libvirt.*|ceph.*|glusterfs.*)$/;

/** Images, services and volumes that are named after an engine, a cluster or a storage system. */
const names =
  /(^|[^a-z])(dind|docker-in-docker|k3s|k3d|k8s|kind|kindest|kubernetes|minikube|microk8s|rke2|ceph|gluster|lxd|incus|sysbox|nfs)([^a-z]|$)/;

/**
 * Directories in which an engine, a cluster or a storage system keeps its state, and the directories of the host's
 * devices.
 */
const directories =
  /^\/(dev|sys|var\/lib\/(docker|containerd|containers|rancher|kubelet|lxd|incus|libvirt|ceph))$/;

const devices = /^\/dev\/(fuse|loop.*|mapper.*|dm-.*|sd[a-z].*|nvme.*|kvm|disk.*|md\d.*|zfs)$/;

const fusePackages = /^(fuse3?|sshfs|rclone|s3fs|gcsfuse|bindfs)$/;

/** What a FUSE client needs to mount. AppArmor's default profile denies all mounts. */
export const fuseSteps = [
  { do: "add", key: "devices", value: "/dev/fuse" },
  { do: "add", key: "capabilities", value: "SYS_ADMIN" },
  { do: "add", key: "securityOptions", value: "apparmor=unconfined" },
] as const satisfies readonly SpecChange[];

/** Whether the image contains a FUSE client. */
export function hasFuseClient({ image }: ContainerSubject): boolean {
  return [...(image?.image.packages.keys() ?? [])].some((name) => fusePackages.test(name));
}

/** Whether FUSE is the only reason why the container seems to need more access than systemd does. */
export function seesOnlyFuse(subject: ContainerSubject): boolean {
  return (
    subject.source.spec.devices.some((device) => pathOf(device) === "/dev/fuse") && !seesNeed(subject, true)
  );
}

/** The path of a device on the host. */
const pathOf = (device: string) => device.split(":", 1)[0] ?? device;

/**
 * Whether the container or its image seems to run containers, mount file systems or use block devices. Such work
 * requires privileges close to root on the host.
 */
export function seesMountNeed(subject: ContainerSubject): boolean {
  return seesNeed(subject, false);
}

function seesNeed(subject: ContainerSubject, besidesFuse: boolean): boolean {
  const { source, image, plan } = subject;
  const { spec } = source;
  const needs = isPlan(plan) ? unmetNeeds(plan.image.needs, plan.facts) : [];
  return (
    needs.some(({ withheld, capabilities }) => withheld || capabilities.includes("SYS_ADMIN")) ||
    [...(image?.image.packages.keys() ?? [])].some(
      (name) => packages.test(name) && !(besidesFuse && fusePackages.test(name)),
    ) ||
    [
      source.name,
      spec.image ?? "",
      image?.image.baseReference ?? "",
      ...spec.mounts.map((mount) => mount.source ?? ""),
    ].some((name) => names.test(name.toLowerCase())) ||
    spec.mounts.some(({ target }) => directories.test(canonicalPath(target))) ||
    spec.devices.map(pathOf).some((path) => devices.test(path) && !(besidesFuse && path === "/dev/fuse"))
  );
}
