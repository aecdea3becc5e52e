import type { BaseImage } from "../../image/base-image";
import { baseImage } from "../../image/base-images";
import { bootsOnCgroup } from "../../systemd/cgroup-version";

/** For each distribution, a release whose systemd boots on both cgroup versions. */
const releases: Readonly<Record<string, string>> = {
  debian: "13",
  ubuntu: "24.04",
  amazonlinux: "2023",
  oraclelinux: "9",
  fedora: "42",
};

/** Distributions that have no such release, and Red Hat's, whose newer image has another name. */
const ended: readonly { readonly names: RegExp; readonly image: string; readonly init: string }[] = [
  { names: /^(centos|sl):7/, image: "almalinux:9", init: "almalinux/9-init" },
  {
    names: /^(ubi|rhel)7/,
    image: "registry.access.redhat.com/ubi9/ubi",
    init: "registry.access.redhat.com/ubi9/ubi-init",
  },
];

/** Distributions in the names of published images, each with the one that replaces it. */
const published: readonly (readonly [from: string, to: string])[] = [
  ["centos7", "rockylinux9"],
  ["centos-7", "almalinux-9"],
];

/**
 * The reference of an image that has the same packages and whose systemd boots on hosts with cgroup v1 and v2. The
 * new image boots systemd by default only if the old one does. Undefined if the image is determined by a variable or
 * a digest.
 */
export function newerBase(reference: string, base: BaseImage): string | undefined {
  if (/[$@]/.test(reference)) return undefined;
  return candidates(reference, base).find(
    (candidate) => candidate !== reference && isBetter(candidate, base),
  );
}

function isBetter(candidate: string, { bootsSystemd }: BaseImage): boolean {
  const found = baseImage(candidate);
  const version = found?.systemdVersion;
  if (!found || version === undefined || found.bootsSystemd !== bootsSystemd) return false;
  return bootsOnCgroup(version, 1) && bootsOnCgroup(version, 2);
}

function candidates(reference: string, { name, bootsSystemd }: BaseImage): string[] {
  const [distribution = "", old = ""] = name.split(":");
  const release = releases[distribution];
  const [, image = "", tag] = /^(.*?)(?::([^/:]*))?$/.exec(reference) ?? [];
  const tagged = release !== undefined && tag !== undefined ? [`${image}:${release}`] : [];
  const renamed = release === undefined ? [] : [inName(reference, old, release)];
  const next = published.map(([from, to]) => reference.replace(from, to));
  const others = ended
    .filter(({ names }) => names.test(name))
    .map(({ image: plain, init }) => (bootsSystemd ? init : plain));
  return [...tagged, ...renamed, ...next, ...others];
}

/**
 * The reference with a newer release, if the release is part of the name: `docker-ubuntu1604-ansible`,
 * `dokken/ubuntu-16.04`.
 */
function inName(reference: string, old: string, release: string): string {
  const forms = new Map([
    [old, release],
    [old.replace(".", ""), release.replace(".", "")],
  ]);
  return reference
    .split(/(\d[\d.]*)/)
    .map((part) => forms.get(part) ?? part)
    .join("");
}
