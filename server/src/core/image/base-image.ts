/** Decides paths and the install command; `none` are distributions without systemd. */
type Family = "debian" | "ubuntu" | "rpm" | "suse" | "arch" | "none";

/**
 * Facts about a base image. The table of public ones is in this directory, and an image that it does not know may have
 * been seen on the engine; others are undefined, never guessed.
 */
export interface BaseImage {
  readonly family: Family;
  /** Distribution and release as read from the reference, for messages: `debian:11`. */
  readonly name: string;
  /** systemd major version that the distribution installs; undefined for rolling or unknown. */
  readonly systemdVersion?: number;
  /** Whether the plain image contains systemd as an init. `unknown` if the facts differ over time. */
  readonly hasSystemd: "yes" | "no" | "unknown";
  /** It boots systemd by its own CMD (`ubi9-init`, `kindest/node` …). */
  readonly bootsSystemd: boolean;
  /**
   * Description of its `/sbin/init` if that is not systemd for a container: OpenRC, Upstart, a bootable
   * image's init.
   */
  readonly otherInit?: string;
  /** ENTRYPOINT and CMD of an image that boots systemd, if they are known. */
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  /** Where init is once systemd is installed. */
  readonly initPath: string;
  /** One shell command that installs systemd with what an init needs; undefined where none exists. */
  readonly install?: string;
  /** Metadata that the base image is known to set. */
  readonly env?: Readonly<Record<string, string>>;
  readonly stopSignal?: string;
  readonly volumes?: readonly string[];
  /** Its own build deleted the links of multi-user.target.wants: systemd-user-sessions never runs. */
  readonly deletedWants?: boolean;
  /** A script that is found before /usr/bin/systemctl, and does nothing until systemd runs. */
  readonly systemctlStub?: string;
  /** `/bin/sh` of the image: dash does not exec its last command, bash does. */
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
