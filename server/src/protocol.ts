/**
 * Requests between the client and the language server in addition to those of LSP. Types and method names only: the
 * client contains no core code, so it requests every plan, verdict and explanation from the server.
 */

import type { EngineDetails } from "./core/doctor/engine";
import type { EngineFacts } from "./core/engine";
import type { SeenFiles } from "./core/image/seen-files";
import type { InspectedImage, SeenImage } from "./core/image/seen-image";
import type { FailedUnit } from "./core/logs/unit";
import type { CreateRequest } from "./core/plan/render/create";
import type { FormatName } from "./core/plan/render/formats";
import type { LaunchOptions } from "./core/plan/types";
import type { BuildArgument } from "./core/project/plans";

export type {
  CreateRequest,
  EngineDetails,
  EngineFacts,
  FormatName,
  InspectedImage,
  LaunchOptions,
  SeenFiles,
  SeenImage,
};

/** Request client → server: whether an engine can run containers that boot systemd, and how. */
export const doctorMethod = "systemdContainers/doctor";
export interface DoctorParams {
  readonly engine: EngineDetails;
  /** The image that is started to prove the verdict. */
  readonly reference: string;
}
export interface DoctorResult {
  /** `unsure`: not measured, or the engine reports too little; `costs`: it boots, but with less isolation. */
  readonly verdict: "boots" | "unsure" | "costs" | "fails";
  readonly summary: string;
  readonly checks: readonly {
    readonly what: string;
    readonly value: string;
    readonly meaning: string;
    readonly level: "good" | "note" | "cost" | "bad";
  }[];
  /** The command that starts systemd there, and the reason for each part; empty if nothing makes it boot. */
  readonly command: string;
  readonly explain: readonly PartMessage[];
  /** The request that starts the image; absent if nothing makes it boot. */
  readonly start?: CreateRequest;
}

/** The `initializationOptions` of `initialize`. Other clients can omit any of them. */
export interface ClientOptions {
  /** Whether the client has the commands `fixAll`, `ignoreOrDisable`, `showRule` and `copyRunCommand`. */
  readonly commands?: boolean;
  /** Whether its commands can reach a container engine: the client has `buildAndBoot` and `bootComposeService`. */
  readonly engine?: boolean;
  /** Settings from a client that does not answer requests for them. */
  readonly settings?: unknown;
  /** False if the user does not trust the workspace, so nothing outside its directories is read. */
  readonly trusted?: boolean;
  /** Whether the client receives `lintingMethod`. */
  readonly linting?: boolean;
  /** Whether the client receives `unseenImageMethod`, because it can inspect the images of an engine. */
  readonly inspects?: boolean;
  /** Files at which an earlier server process hung, as URIs. They are not linted until they change. */
  readonly stalled?: readonly string[];
  /**
   * A text that cannot be guessed. The client renders messages in the user's language: if a text contains a message,
   * its template and arguments are embedded as JSON between two of these markers (`lsp/say.ts`). Other clients get
   * English.
   */
  readonly marker?: string;
}

/** Notification client → server: the user now trusts the workspace. */
export const trustMethod = "systemdContainers/trust";

/** Request client → server: answered immediately by a server that is not busy. */
export const pingMethod = "systemdContainers/ping";

/** Notification server → client: the file that is now being linted, as a URI; null if there is none. */
export const lintingMethod = "systemdContainers/linting";

/**
 * Notification client → server, after every connection: the facts that the engine reports; null if there is no
 * engine.
 */
export const engineFactsMethod = "systemdContainers/engineFacts";

/** Request client → server: how to start the image of a Dockerfile, a service of a compose file, or an inspected image. */
export const planMethod = "systemdContainers/plan";
export interface PlanParams {
  /** The file that defines what to start; not needed for an inspected image. */
  readonly uri?: string;
  readonly image?: InspectedImage;
  /** The stage of the Dockerfile, or the service of the compose file. */
  readonly name?: string;
  /** The reference to run, unless a compose service names its own image. */
  readonly reference: string;
  readonly facts?: EngineFacts;
  readonly options?: LaunchOptions;
}
export interface PlanResult {
  /** Set if no flags make it boot; the other fields are then empty. */
  readonly refused?: string;
  /** The request that creates the container, or the reason, in words, why the engine's API cannot create it. */
  readonly create: CreateRequest | { readonly refused: string };
  readonly docker: readonly string[];
  readonly podman: readonly string[];
  readonly compose: string;
  /**
   * For each output format, every part with its purpose and its disadvantages. Notes about what no part can change
   * come last.
   */
  readonly explain: {
    readonly docker: readonly PartMessage[];
    readonly podman: readonly PartMessage[];
    readonly compose: readonly PartMessage[];
  };
  /** The ports from EXPOSE. */
  readonly ports: readonly string[];
  /** Whether systemd is known to be PID 1; if `no`, the user has to confirm first. */
  readonly boots: "certain" | "likely" | "no";
  /**
   * If systemd is not PID 1 of an image: the line that starts something else, or why systemd does not start there.
   */
  readonly startsOther?: StartsOther;
  /** The possible values of `name`: the stages of the Dockerfile, or the services of the compose file. */
  readonly stages: readonly string[];
  /** The build arguments of the Dockerfile, with their defaults. */
  readonly arguments: readonly BuildArgument[];
  /** The messages of the findings that prevent the compose service from booting. */
  readonly errors: readonly string[];
}
/**
 * A place in the file, and the way to change it: the fixes there, the edits of `convertMethod`, or none, if it can
 * only be changed by hand.
 */
export interface StartsOther {
  readonly place: PlaceMessage;
  readonly why?: string;
  readonly wayOut: "fixes" | "edits" | "none";
}

export interface PartMessage {
  readonly what: string;
  readonly why: string;
  readonly cost?: string;
}

/** Request client → server: the edits of a whole-file action, which the client applies. */
export const convertMethod = "systemdContainers/convert";
export interface ConvertParams {
  /**
   * A Dockerfile; for `runAtBoot`, also the entry script of a Dockerfile in the workspace; for `format`, any file.
   */
  readonly uri: string;
  readonly to: "bootSystemd" | "addComposeService" | "createUnit" | "runAtBoot" | "forwardJournal" | "format";
  /** For `format`: the format to which the container at the position is converted. */
  readonly format?: FormatName;
  /** For `runAtBoot` and `format`: a position in the line to convert. */
  readonly position?: PositionMessage;
  /** For `createUnit`: a program of the image with its arguments. */
  readonly program?: string;
}
export interface ConvertResult {
  /** Why the files are not changed. In that case, there are no edits. */
  readonly refused?: string;
  readonly changed: readonly { readonly uri: string; readonly edits: readonly EditMessage[] }[];
  /** Files to create. */
  readonly created: readonly { readonly uri: string; readonly text: string }[];
  /** For `format`: the text of a new document. */
  readonly text?: string;
  /** What to check when reviewing the edits. */
  readonly doubt?: string;
}

/** Request client → server: whether the image or container that a file defines also depends on the file `other`. */
export const madeFromMethod = "systemdContainers/madeFrom";
export interface MadeFromParams {
  readonly uri: string;
  /** The service; all services if absent. */
  readonly name?: string;
  readonly other: string;
}

/** An edit of a text, in the format of LSP. */
export interface EditMessage {
  readonly range: { readonly start: PositionMessage; readonly end: PositionMessage };
  readonly newText: string;
}

/** A position in a text, 0-based, in UTF-16 units. */
interface PositionMessage {
  readonly line: number;
  readonly character: number;
}

/** Request client → server: what the log of a container or a build means, and why its units failed. */
export const explainMethod = "systemdContainers/explain";
export interface ExplainParams {
  readonly log: string;
  readonly exitCode?: number;
  readonly facts?: EngineFacts;
  /** The file in which to look for the lines at fault, if the container was started from one in the workspace. */
  readonly uri?: string;
  /** The stage of the Dockerfile or the service of the compose file that was started. */
  readonly name?: string;
  /** Whether it was started by the plan of the file itself, so no other file was involved. */
  readonly planned?: boolean;
  /** The control group of PID 1 as visible in the container. */
  readonly group?: string;
  /** The units that failed, if systemd is running. */
  readonly failed?: readonly FailedUnit[];
}
export interface ExplainResult {
  /**
   * The earliest cause comes first; empty if unknown. A cause that concerns only one unit is listed with that unit.
   */
  readonly causes: readonly CauseMessage[];
  /** What is known about the units that failed, in the same order. */
  readonly units: readonly UnitMessage[];
  /** Messages of systemd about lines of unit files, if the project contains those files or their units. */
  readonly remarks: readonly RemarkMessage[];
  /** How many lines of the log were read, and how many patterns they were checked against. */
  readonly looked: { readonly lines: number; readonly known: number };
}
export interface CauseMessage {
  /** The line that shows the cause; empty if only the exit code does. */
  readonly line: string;
  readonly cause: string;
  readonly fix: string;
  /** The rule that finds the same problem in a file, and the address of its page. */
  readonly rule?: string;
  /** Where the fix belongs, in any file of the project. */
  readonly place?: PlaceMessage;
}
export interface UnitMessage {
  readonly unit: string;
  /** Why it failed; empty if unknown. */
  readonly causes: readonly CauseMessage[];
  /** The line that is most likely at fault, and its content. */
  readonly place?: PlaceMessage;
  readonly says?: string;
}
export interface RemarkMessage {
  /** The original message of systemd: `Unknown key 'Foo' in section [Service], ignoring.` */
  readonly says: string;
  readonly place: PlaceMessage;
}
/** A range in a file, 0-based, in UTF-16 units. */
export interface PlaceMessage {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
  readonly endLine: number;
  readonly endCharacter: number;
}

/** Request client → server: applies all safe fixes of a file through `workspace/applyEdit`. */
export const fixAllMethod = "systemdContainers/fixAll";
export interface FixAllParams {
  readonly uri: string;
}
/** How many problems were fixed and how many are left, or why nothing was done. */
export type FixAllResult = { readonly refused: string } | FixedAll;
export interface FixedAll {
  readonly fixed: number;
  /**
   * The remaining problems: those with fixes that are not safe, those without a fix, and hints, which are not
   * changed.
   */
  readonly suggestions: number;
  readonly unfixable: number;
  readonly hints: number;
  /** The most severe remaining problem. */
  readonly first?: { readonly place: PlaceMessage; readonly fixable: boolean };
}

/** A file that exists but exceeds the size limit. */
export interface TooLarge {
  readonly tooLarge: true;
}

/**
 * Requests server → client of the web worker, which has no disk: the text of a file (`TooLarge`, or null if there is
 * none), and the files in a directory that can be linted or start containers.
 */
export const readFileMethod = "systemdContainers/readFile";
export const findFilesMethod = "systemdContainers/findFiles";
