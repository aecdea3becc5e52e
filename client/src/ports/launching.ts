import type { InspectedImage } from "../../../server/src/protocol";
import type { Container } from "./container";

/** How a Dockerfile is built, besides its own content. */
export interface BuildChoice {
  /** Absent: the last stage. */
  readonly stage?: string;
  readonly arguments: Readonly<Record<string, string>>;
  /** `linux/arm64`; absent: the engine's own. */
  readonly platform?: string;
}

/** An entry of the setting `systemdContainers.launch`. It names one of `dockerfile`, `image` and `compose`. */
export interface LaunchConfiguration {
  readonly name: string;
  readonly dockerfile?: string;
  readonly image?: string;
  readonly compose?: string;
  /** Of the compose file; without it all of them. */
  readonly service?: string;
  readonly stage?: string;
  readonly buildArguments?: Readonly<Record<string, string>>;
  readonly platform?: string;
  readonly containerName?: string;
  readonly hostname?: string;
  /** As `docker run --publish` takes them; `exposed` stands for every port of EXPOSE. */
  readonly ports?: readonly string[];
  /** As `docker run --volume` takes them; a path may be relative to the workspace folder. */
  readonly volumes?: readonly string[];
  readonly memory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: LoginSetting;
  /** Seconds that the boot may take. */
  readonly timeout?: number;
  readonly debug?: boolean;
}

export interface LoginSetting {
  readonly name: string;
  /** A public key, or the path of a file that contains one. */
  readonly key: string;
}

/** A user of a container and the SSH key that lets a person in. */
export interface Login {
  readonly name: string;
  readonly key: string;
}

export interface LocalImage {
  readonly id: string;
  /** `web:1`; the id where it has no name. */
  readonly reference: string;
  /** Bytes. */
  readonly size: number;
  /** Seconds since 1970. */
  readonly created: number;
}

/** What is known of an image without starting anything. */
export interface ImageLook {
  readonly image: InspectedImage;
  readonly architecture: string;
  /** The engine's host runs programs of this architecture without emulation. */
  readonly native: boolean;
  /** Absolute paths of the files where administrators put units: units, drop-ins, and whatever else is there. */
  readonly units: readonly string[];
}

/** A program with its arguments, which no shell reads. */
export interface Invocation {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** What of an image its own systemd is to judge. */
export interface VerifyRequest {
  readonly image: string;
  /** Absolute paths of units. */
  readonly paths: readonly string[];
  /** Files that the image lacks: what a run mounts. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Labels of the container. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What `systemd-analyze verify` wrote. */
export interface VerifiedUnits {
  /** Of each path what it wrote, without control characters. */
  readonly units: readonly { readonly path: string; readonly output: string }[];
  /** The programs that may be executed although it wrote "Permission denied": it lacked the capability to see them. */
  readonly executable: readonly string[];
}

/** What an engine does to launch more than a Dockerfile. */
export interface Launching {
  images(): Promise<readonly LocalImage[]>;
  /** Looks into an image by a container that is never started and is gone afterwards. */
  look(reference: string, signal: AbortSignal): Promise<ImageLook>;
  /**
   * Judges unit files of an image, by a container without network and privileges, which is gone afterwards. Undefined where
   * the image has no systemd-analyze.
   */
  verifyUnits(request: VerifyRequest, signal: AbortSignal): Promise<VerifiedUnits | undefined>;
  /** Makes the user where there is none of the name, and lets the key in. */
  addLogin(container: Container, login: Login, signal: AbortSignal): Promise<void>;
  /** Compose for this engine; undefined where none is installed. */
  compose(signal: AbortSignal): Promise<Invocation | undefined>;
}
