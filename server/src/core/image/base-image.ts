/** Determines the paths and the install command; `none` means a distribution without systemd. */
type Family = "debian" | "ubuntu" | "rpm" | "suse" | "arch" | "none";

/**
 * Facts about a base image. Those of public images are in the table in this directory, and those of other images can
 * come from inspecting them on the engine. Facts about any other image are undefined, never guessed.
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
  /**
   * The first words that its entry script accepts besides options. The script does not start systemd with any others.
   */
  readonly subcommands?: readonly string[];
  /** The path of init once systemd is installed. */
  readonly initPath: string;
  /** One shell command that installs systemd and whatever else an init needs; undefined if there is none. */
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
  /** Facts that are found only by inspecting an image on the engine; absent for images from the table. */
  readonly seen?: SeenFacts;
}

/** Whether the program of an image boots systemd with arguments that begin with this word. */
export function bootsWith({ subcommands }: BaseImage, first: string): boolean {
  return !subcommands || first.startsWith("-") || subcommands.includes(first);
}

/** What inspecting an image shows in addition to what the table contains. */
export interface SeenFacts {
  /** The image and its ID, for messages: `base:1 (sha256:0123456789ab)`. */
  readonly image: string;
  /** The user that the image's program runs as, if that is not root. */
  readonly user?: string;
  /** The contents, by path, of the script that is the image's program and of the scripts that the program starts. */
  readonly scripts: Readonly<Record<string, string>>;
  /** `PRETTY_NAME` of os-release. */
  readonly releaseName?: string;
  /** The target that the image boots into: `multi-user.target`. */
  readonly defaultTarget?: string;
  /** The names of all its unit files, and of those that are masked or enabled. */
  readonly units: readonly string[];
  readonly masked: readonly string[];
  readonly enabled: readonly string[];
  /** Whether tmp.mount starts at boot; undefined without systemd. */
  readonly tmpMount?: boolean;
}
