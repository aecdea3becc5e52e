import type { Circumstances } from "./row";

/** Adds facts from the log to the given ones: the version of systemd, Podman or LXC. */
export function withEvidence(
  lines: readonly string[],
  { facts, image, ...rest }: Circumstances,
): Circumstances {
  const systemdVersion = image?.systemdVersion ?? versionIn(lines);
  const isOn = (detected: RegExp) => facts === undefined && lines.some((line) => detected.test(line));
  return {
    ...rest,
    facts: isOn(/Detected virtualization podman\b/) ? { engine: "podman" } : facts,
    isLxc: isOn(/Detected virtualization lxc\b/),
    image: image && { ...image, systemdVersion },
    systemdVersion,
  };
}

/** The version in the first line that systemd writes: `systemd 252.39-1~deb12u1 running in system mode`. */
function versionIn(lines: readonly string[]): number | undefined {
  for (const line of lines) {
    const version = /\bsystemd v?(\d{3})\S{0,100} running in system mode/.exec(line)?.[1];
    if (version) return Number(version);
  }
  return undefined;
}
