/** The request of the search for the least privilege, in addition to those of `protocol.ts`. */

import type { EngineFacts } from "./core/engine";
import type { Observed } from "./core/least/failures";
import type { Found, Purpose } from "./core/least/search";
import type { CreateRequest } from "./core/plan/render/create";
import type { EditMessage, PlanParams } from "./protocol";

export type { Found, Observed, Purpose };

/**
 * Request client → server: the next step of the search for the least privilege of a container. The server remembers
 * nothing: it goes through the search again with all answers so far.
 */
export const leastMethod = "systemdContainers/least";
export interface LeastParams extends Pick<PlanParams, "uri" | "image" | "name" | "reference"> {
  readonly facts: EngineFacts;
  /** Whether the person named checks, which then replace the usual ones. */
  readonly ownChecks: boolean;
  /** How many boots are allowed. */
  readonly most: number;
  readonly answers: readonly LeastAnswer[];
}
/** What was seen of the requested boot, whether the person agrees, or that nothing more can be booted. */
export type LeastAnswer =
  | { readonly observed: Observed }
  | { readonly agreed: boolean }
  | { readonly over: true };
export type LeastStep =
  | { readonly step: "refused"; readonly refused: string }
  | {
      readonly step: "boot";
      readonly create: CreateRequest;
      readonly number: number;
      readonly purpose: Purpose;
      /** What a run file builds the image from; URIs. */
      readonly build?: ServiceBuild;
    }
  | {
      readonly step: "agreement";
      readonly grants: readonly string[];
      readonly because?: { readonly what: string; readonly line: string };
    }
  | LeastFound;
export interface ServiceBuild {
  readonly dockerfile?: string;
  readonly target?: string;
  readonly context?: string;
  readonly args: Readonly<Record<string, string | undefined>>;
}
/** The result of the search. */
export interface LeastFound {
  readonly step: "found";
  readonly found: Found;
  /** Whether the person named checks; otherwise it is only known that the container boots. */
  readonly ownChecks: boolean;
  /** The command that starts the container with the set; empty if there is none. */
  readonly command: readonly string[];
  /** The edits that write the set into the run file; absent if the file cannot express it or is already so. */
  readonly change?: { readonly uri: string; readonly edits: readonly EditMessage[] };
}
