/**
 * What is known about the engine that will run the container. Absent means unknown; nothing is guessed from the
 * operating system. Read from `GET /info` and `GET /version`, or specified by the user.
 */
export interface EngineFacts {
  readonly engine: "docker" | "podman";
  /** Server version, such as `28.5.2`. */
  readonly version?: string;
  /** The cgroup version of the host; a hybrid host counts as 1, as in `docker info`. */
  readonly cgroupVersion?: 1 | 2;
  /** False for cgroup 1 without the hierarchy name=systemd: WSL2 kernels, and hosts that do not run systemd. */
  readonly namedHierarchy?: false;
  readonly rootless?: boolean;
  readonly usernsRemap?: boolean;
  /** AppArmor confines containers, so SYS_ADMIN makes sandboxed units fail. */
  readonly appArmor?: boolean;
  readonly seLinux?: boolean;
}

/**
 * The engine for which a file is checked. `undefined` means that none is specified: rules then assume Docker 28 or
 * newer on cgroup 2, but offer any fix that depends on it as a suggestion, never as a safe fix.
 */
export type Target = EngineFacts | undefined;

/** The major version; undefined if it is unknown or cannot be parsed. */
export function majorVersion(facts: EngineFacts): number | undefined {
  const major = Number.parseInt(facts.version ?? "", 10);
  return Number.isNaN(major) ? undefined : major;
}
