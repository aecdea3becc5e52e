import type { Image, Program } from "../../image/image";
import { otherInit } from "../../image/init";
import type { ImageSubject } from "../../project/subject";
import { isShellAlone } from "../../shell/interpreter";
import { systemdInstalls } from "./systemd-packages";

/** The instruction that determines PID 1 in the image's own Dockerfile; undefined if there is none. */
export function lastProgram({ entrypoint, cmd }: Image): Program | undefined {
  return entrypoint && entrypoint.words.length > 0 ? entrypoint : cmd;
}

/** A shell without a script, or a command that only keeps a container alive. */
export function isIdle({ words }: Program): boolean {
  return isIdleList(words.map(({ value }) => value));
}

export function isIdleList(list: readonly string[]): boolean {
  return isShellAlone(list) || idleCommand(list) !== undefined;
}

/**
 * The part of a command that shows that its only purpose is to keep a container alive: `tail -f`, `sleep infinity`.
 */
export function idleCommand(words: readonly (string | undefined)[]): string | undefined {
  return /^(\S*\/)?(tail -[fF]\b|sleep (infinity|inf|\d{4,}))/.exec(words.join(" "))?.[0];
}

/** Whether systemd is installed in this image or its base image, or a step has called systemctl. */
export function hasSystemd(image: Image): boolean {
  const { base, baseReference, units } = image;
  if (base) {
    if (base.bootsSystemd || otherInit(image, base.initPath) !== undefined) return false;
    if (base.hasSystemd === "yes") return true;
  } else if (baseReference === undefined || /systemd|init/i.test(baseReference)) return false;
  if (systemdInstalls(image).length > 0) return true;
  // Packages of these distributions pull in systemd; on others the base image may boot it.
  return base?.family === "rpm" && units.some(({ verb }) => verb === "enable");
}

/**
 * Images that are not meant to be booted by a container engine: for virtual machines, for WSL, or for tools that add
 * their own init.
 */
export function isOtherKind(image: Image, readBeside: ImageSubject["readBeside"]): boolean {
  const { packages, instructions, copies } = image;
  const machine = /^(linux-(image|generic|virtual|kvm)|kernel(-core|-default)?$|grub|dracut$|cloud-init$)/;
  return (
    [...packages.keys()].some((name) => machine.test(name)) ||
    copies.some(({ destination }) => /\/etc\/(wsl\.conf|fstab)$/.test(destination)) ||
    instructions.some(
      ({ keyword, arguments: words }) =>
        (keyword === "LABEL" && /containers\.(toolbox|bootc)|distrobox/.test(words)) ||
        (keyword === "RUN" && /\/etc\/wsl\.conf|\bbootc\b|\bmkosi\b/.test(words)),
    ) ||
    readBeside("mkosi.conf") !== undefined
  );
}
