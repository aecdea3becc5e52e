/**
 * What is known of the engine that will run the container. Absent means unknown; nothing is guessed
 * from the operating system. Read from `GET /info` and `GET /version`, or stated by the user.
 */
export interface EngineFacts {
  readonly engine: "docker" | "podman";
  /** Server version, for instance `28.5.2`. */
  readonly version?: string;
  /** cgroup version of the host; a hybrid host counts as 1, as `docker info` reports. */
  readonly cgroupVersion?: 1 | 2;
  /** False for cgroup 1 without the hierarchy name=systemd: WSL2 kernels, hosts that do not run systemd. */
  readonly namedHierarchy?: false;
  readonly rootless?: boolean;
  readonly usernsRemap?: boolean;
  /** AppArmor confines containers, so SYS_ADMIN makes sandboxed units fail. */
  readonly appArmor?: boolean;
  readonly seLinux?: boolean;
}

/**
 * The engine a file is judged for. `undefined` means that none is stated: rules then assume Docker 28 or
 * newer on cgroup 2, but offer what depends on it as a suggestion, never as a safe fix.
 */
export type Target = EngineFacts | undefined;

/** The major version, or undefined when unknown or unreadable. */
export function majorVersion(facts: EngineFacts): number | undefined {
  const major = Number.parseInt(facts.version ?? "", 10);
  return Number.isNaN(major) ? undefined : major;
}
