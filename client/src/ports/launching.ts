import type { Found, Purpose } from "../../../server/src/least-protocol";
import type { SeenImage } from "../../../server/src/protocol";
import type { VerifiedUnits } from "../../../server/src/verify-protocol";
import type { Container } from "./container";

export type { Found, Purpose, VerifiedUnits };

/** How a Dockerfile is built, apart from its content. */
export interface BuildChoice {
  /** The stage to build; if absent, the last one. */
  readonly stage?: string;
  readonly arguments: Readonly<Record<string, string>>;
  /** `linux/arm64`; if absent, the engine's platform. */
  readonly platform?: string;
}

/** An entry of the setting `systemdContainers.launch`. It has one of `dockerfile`, `image` and `compose`. */
export interface LaunchConfiguration {
  readonly name: string;
  readonly dockerfile?: string;
  readonly image?: string;
  readonly compose?: string;
  /** A service of the Compose file; if absent, all of them. */
  readonly service?: string;
  readonly stage?: string;
  readonly buildArguments?: Readonly<Record<string, string>>;
  readonly platform?: string;
  readonly containerName?: string;
  readonly hostname?: string;
  /** In the format of `docker run --publish`; `exposed` means all ports of EXPOSE. */
  readonly ports?: readonly string[];
  /** In the format of `docker run --volume`; a path may be relative to the workspace folder. */
  readonly volumes?: readonly string[];
  readonly memory?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: LoginSetting;
  /** The maximum duration of the boot in seconds. */
  readonly timeout?: number;
  readonly debug?: boolean;
}

export interface LoginSetting {
  readonly name: string;
  /** A public key, or the path of a file that contains one. */
  readonly key: string;
}

/** A user of a container, and the SSH key that lets them log in. */
export interface Login {
  readonly name: string;
  readonly key: string;
}

export interface LocalImage {
  readonly id: string;
  /** `web:1`; the id if the image has no name. */
  readonly reference: string;
  /** In bytes. */
  readonly size: number;
  /** In seconds since 1970. */
  readonly created: number;
}

/** What can be found out about an image without starting it. */
export interface ImageLook {
  readonly image: SeenImage;
  readonly architecture: string;
  /** Whether the engine's host runs programs of this architecture without emulation. */
  readonly native: boolean;
}

/** A program with its arguments, which are not interpreted by a shell. */
export interface Invocation {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A request to verify units with an image's own systemd. */
export interface VerifyRequest {
  readonly image: string;
  /** Absolute paths of the units. */
  readonly paths: readonly string[];
  /** Files that are not in the image but that the container would mount. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** Labels for the container in which the units are verified. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What an engine needs to launch images and Compose files, and to create users. */
export interface Launching {
  images(): Promise<readonly LocalImage[]>;
  /** The ID of the image that a name refers to: `sha256:…`; undefined if the engine has no such image. */
  imageId(reference: string, signal: AbortSignal): Promise<string | undefined>;
  /**
   * Calls `heard` each time an image is built, pulled, named or removed. Resolves when the engine ends the
   * subscription; rejects if the engine does not provide events.
   */
  followImages(heard: () => void, signal: AbortSignal): Promise<void>;
  /** Inspects an image with a container that is never started and is removed afterwards. */
  look(reference: string, signal: AbortSignal): Promise<ImageLook>;
  /**
   * Verifies unit files in a container created from an image, without network or privileges. The container is removed
   * afterwards. Returns undefined if the image has no systemd-analyze.
   */
  verifyUnits(request: VerifyRequest, signal: AbortSignal): Promise<VerifiedUnits | undefined>;
  /** Creates the user if it does not exist, and authorizes the key. */
  addLogin(container: Container, login: Login, signal: AbortSignal): Promise<void>;
  /** The Compose program for this engine; undefined if none is installed. */
  compose(signal: AbortSignal): Promise<Invocation | undefined>;
}
