/** The request of the verification of units, in addition to those of `protocol.ts`. */

import type { EngineFacts } from "./core/engine";
import type { VerifiedUnit } from "./core/logs/verified";
import type { ServiceBuild } from "./least-protocol";
import type { PlaceMessage } from "./protocol";

/**
 * Request client → server: which units a file adds to an image or a container, and what the output of
 * `systemd-analyze verify` about them means. The server remembers nothing: what is known so far is part of the request.
 */
export const verifyMethod = "systemdContainers/verify";
export interface VerifyParams {
  /** The Dockerfile or run file; absent for an image that no file describes, whose own units are verified. */
  readonly uri?: string;
  /** The stage of the Dockerfile, or the service of the run file. */
  readonly name?: string;
  readonly facts: EngineFacts;
  /** The unit files in the image that are not from packages, as absolute paths; empty until it is inspected. */
  readonly present: readonly string[];
  /** What systemd-analyze printed, once it ran. */
  readonly verified?: VerifiedUnits;
}
/** The answer, or why there is none. */
export type VerifyStep = VerifyAnswer | { readonly refused: string };
export interface VerifyAnswer {
  /** The image that a service names. */
  readonly image?: string;
  /** What a service's image is built from; URIs. */
  readonly build?: ServiceBuild;
  /** The units to verify, as absolute paths in the container. */
  readonly paths: readonly string[];
  /** Files that are not in the image but that the container would mount. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
  /** The output of a systemd-analyze that could not check any unit. */
  readonly broken?: string;
  readonly faults: readonly FaultMessage[];
}
/** A fault that the image's systemd found in a unit. */
export interface FaultMessage {
  readonly unit: string;
  /** The original message of systemd: `Unknown key 'Foo' in section [Service], ignoring.` */
  readonly says: string;
  /** The location in the container, if systemd names it. Line numbers start at 1. */
  readonly path?: string;
  readonly line?: number;
  /** The location in the project. */
  readonly place?: PlaceMessage;
  /** Whether the fault is about the unit as a whole, so that a change anywhere in it can be the remedy. */
  readonly ofWholeUnit?: boolean;
}

/** The output of `systemd-analyze verify`. */
export interface VerifiedUnits {
  /** The output for each path, without control characters. */
  readonly units: readonly VerifiedUnit[];
  /** Executable programs that got "Permission denied" only because systemd-analyze lacked capabilities. */
  readonly executable: readonly string[];
}
