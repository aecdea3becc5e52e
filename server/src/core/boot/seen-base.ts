import { isRoot } from "../container/user";
import type { BaseImage } from "../image/base-image";
import { baseImage } from "../image/base-images";
import { initPaths, isSystemdProgram } from "../image/seen-files";
import { type SeenImage, seenName } from "../image/seen-image";
import { detectInBase } from "./detect";

/** What `seenBase` returns, as JSON for snapshots. Undefined if `seenBase` returns undefined. */
export function seenText(image: SeenImage, reference: string): string | undefined {
  return JSON.stringify(seenBase(image, reference));
}

/**
 * The facts about a base image, taken from an inspected image. The table supplies what its distribution implies, but
 * what the image itself contains takes precedence. Undefined if the image has systemd but an unknown
 * distribution.
 */
export function seenBase(image: SeenImage, reference: string): BaseImage | undefined {
  const { programs, entrypoint, command, systemd, systemctl, user } = image;
  const [first = ""] = [...entrypoint, ...command];
  const inits = [first, ...initPaths];
  const init = inits.find((path) => isSystemdProgram(programs[path]));
  const known = distributionOf(image) ?? (init === undefined ? none(reference) : undefined);
  if (!known) return undefined;
  const base: BaseImage = {
    ...known,
    systemdVersion: systemd ?? known.systemdVersion,
    hasSystemd: init === undefined ? "no" : "yes",
    bootsSystemd: false,
    otherInit: init === undefined ? otherInit(image, known) : undefined,
    entrypoint: entrypoint.length === 0 ? undefined : entrypoint,
    cmd: command.length === 0 ? undefined : command,
    initPath: init ?? known.initPath,
    env: image.environment,
    stopSignal: image.stopSignal,
    volumes: image.volumes,
    deletedWants: image.deletedWants,
    systemctlStub: systemctl?.kind === "stub" && early.test(systemctl.path) ? systemctl.path : undefined,
    sh: shellOf(programs["/bin/sh"]),
    seen: {
      image: seenName(reference, image.id),
      user: user === undefined || isRoot(user) ? undefined : user,
      scripts: image.scripts,
      releaseName: image.releaseName,
      defaultTarget: image.defaultTarget,
      units: image.units,
      masked: image.masked,
      enabled: image.enabled,
      tmpMount: image.tmpMount,
    },
  };
  return { ...base, bootsSystemd: detectInBase(base).boots !== "no" };
}

/** Directories that a shell searches before the one with the real systemctl. */
const early = /^\/usr\/local\/s?bin\//;

/** The image names in the table, by the `ID` of os-release, for distributions where the two differ. */
const tableNames: Readonly<Record<string, string>> = {
  rocky: "rockylinux",
  ol: "oraclelinux",
  amzn: "amazonlinux",
  arch: "archlinux",
  sles: "bci/bci-base",
  suse: "opensuse/leap",
  "opensuse-leap": "opensuse/leap",
  "opensuse-tumbleweed": "opensuse/tumbleweed",
  kali: "kalilinux/kali-rolling",
};

/** The table's entry for the distribution, or else for the first in `ID_LIKE` that has one, whatever the release. */
export function distributionOf({
  distribution,
  release = "",
  releaseName = "",
}: Pick<SeenImage, "distribution" | "release" | "releaseName">): BaseImage | undefined {
  const [own, ...like] = distribution;
  if (own === undefined) return undefined;
  const [major] = release.split(".", 1);
  const tag = own === "centos" && /stream/i.test(releaseName) ? `stream${release}` : release;
  const nameOf = (id: string) => (id === "rhel" ? `ubi${major}` : (tableNames[id] ?? id));
  const name = nameOf(own);
  const references = [tag === "" ? name : `${name}:${tag}`, ...like.map(nameOf)];
  const rows = references.map(baseImage);
  return rows.find((row) => row !== undefined);
}

/** An image of an unknown distribution, without systemd. */
function none(name: string): BaseImage {
  return {
    family: "none",
    name,
    hasSystemd: "no",
    bootsSystemd: false,
    initPath: "/sbin/init",
    sh: "unknown",
  };
}

/** The init of an image without systemd. */
function otherInit({ programs, systemctl }: SeenImage, known: BaseImage): string | undefined {
  if (systemctl?.kind === "manager") return "a replacement for systemctl";
  return programs["/sbin/init"] ?? known.otherInit;
}

function shellOf(program: string | undefined): BaseImage["sh"] {
  const shells = ["dash", "bash", "busybox"] as const;
  return shells.find((name) => program?.endsWith(`/${name}`)) ?? "unknown";
}
