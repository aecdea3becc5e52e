/** Determines the paths and the install command; `none` means a distribution without systemd. */
type Family = "debian" | "ubuntu" | "rpm" | "suse" | "arch" | "none";

/**
 * Facts about a base image. The table of public ones is in this directory, and an image that it does not know may have
 * been seen on the engine; others are undefined, never guessed.
 */
export interface BaseImage {
  readonly family: Family;
  /** Distribution and release according to the reference, for messages: `debian:11`. */
  readonly name: string;
  /** The major version of systemd in the distribution; undefined if the release is rolling or unknown. */
  readonly systemdVersion?: number;
  /** Whether the plain image contains systemd as an init; `unknown` if that has changed over time. */
  readonly hasSystemd: "yes" | "no" | "unknown";
  /** The image's own CMD boots systemd (`ubi9-init`, `kindest/node` …). */
  readonly bootsSystemd: boolean;
  /**
   * A description of its `/sbin/init` if that is not systemd for a container: OpenRC, Upstart, or the init of a
   * bootable image.
   */
  readonly otherInit?: string;
  /** ENTRYPOINT and CMD of an image that boots systemd, if they are known. */
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  /** The path of init once systemd is installed. */
  readonly initPath: string;
  /** One shell command that installs systemd and what an init needs; undefined if there is none. */
  readonly install?: string;
  /** Metadata that the base image is known to set. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stopSignal?: string;
  readonly volumes?: readonly string[];
  /** Its build deleted the links in multi-user.target.wants, so systemd-user-sessions never runs. */
  readonly deletedWants?: boolean;
  /** A script that precedes /usr/bin/systemctl in the PATH and does nothing until systemd runs. */
  readonly systemctlStub?: string;
  /** The `/bin/sh` of the image: bash execs its last command, but dash does not. */
  readonly sh: "dash" | "bash" | "busybox" | "unknown";
  /** What only an image that was seen on the engine shows; absent for an image of the table. */
  readonly seen?: SeenFacts;
}

/** What was seen in an image beside the facts that the table has of others. */
export interface SeenFacts {
  /** The image and its id, for messages: `base:1 (sha256:0123456789ab)`. */
  readonly image: string;
  /** The user that it starts its program as, if that is not root. */
  readonly user?: string;
  /** The texts of scripts that its program is or starts, by path. */
  readonly scripts: Readonly<Record<string, string>>;
  /** The target that it boots into: `multi-user.target`. */
  readonly defaultTarget?: string;
  /** Its unit files by name, and those of them that are masked or enabled. */
  readonly units: readonly string[];
  readonly masked: readonly string[];
  readonly enabled: readonly string[];
  /** tmp.mount starts at boot; undefined without systemd. */
  readonly tmpMount?: boolean;
}
