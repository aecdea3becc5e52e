/**
 * Requests between the client and the language server beside LSP's own. Types and method names only:
 * the client contains no core code, so it asks the server for every plan, verdict and explanation.
 */

import type { EngineDetails } from "./core/doctor/engine";
import type { EngineFacts } from "./core/engine";
import type { FailedUnit } from "./core/logs/unit";
import type { InspectedImage } from "./core/plan/inspected";
import type { CreateRequest } from "./core/plan/render/create";
import type { FormatName } from "./core/plan/render/formats";
import type { LaunchOptions } from "./core/plan/types";
import type { BuildArgument } from "./core/project/plans";

export type { CreateRequest, EngineDetails, EngineFacts, FormatName, InspectedImage, LaunchOptions };

/** Request client → server: what an engine means for containers that boot systemd. */
export const doctorMethod = "systemdContainers/doctor";
export interface DoctorParams {
  readonly engine: EngineDetails;
  /** The image that would prove it. */
  readonly reference: string;
}
export interface DoctorResult {
  /** `unsure`: not measured, or the engine reports too little; `costs`: it boots, at the price of isolation. */
  readonly verdict: "boots" | "unsure" | "costs" | "fails";
  readonly summary: string;
  readonly checks: readonly {
    readonly what: string;
    readonly value: string;
    readonly meaning: string;
    readonly level: "good" | "note" | "cost" | "bad";
  }[];
  /** The command that starts systemd there, and the reason of each part; empty where nothing makes it boot. */
  readonly command: string;
  readonly explain: readonly PartMessage[];
  /** What starts the image; absent where nothing makes it boot. */
  readonly start?: CreateRequest;
}

/** `initializationOptions` of `initialize`. Other clients can omit each of them. */
export interface ClientOptions {
  /** The client has the commands `fixAll`, `ignoreOrDisable`, `showRule` and `copyRunCommand`. */
  readonly commands?: boolean;
  /** Its commands reach a container engine: the client has `buildAndBoot` and `bootComposeService`. */
  readonly engine?: boolean;
  /** Settings, from a client that does not answer requests for them. */
  readonly settings?: unknown;
  /** False: the user does not trust the workspace, so nothing outside its directories is read. */
  readonly trusted?: boolean;
  /** The client wants `lintingMethod`. */
  readonly linting?: boolean;
  /** Files that a server did not come back from linting, as URIs. They are not linted until they change. */
  readonly stalled?: readonly string[];
  /**
   * A text that cannot be guessed. The client renders messages in the user's language: where a text contains one, its
   * template and arguments stand as JSON between two of these (`lsp/say.ts`). Others get English.
   */
  readonly marker?: string;
}

/** Notification client → server: the user trusts the workspace from now on. */
export const trustMethod = "systemdContainers/trust";

/** Request client → server: answered at once by a server that is not busy. */
export const pingMethod = "systemdContainers/ping";

/** Notification server → client: the file that is linted from now on, as a URI; null when it is not one. */
export const lintingMethod = "systemdContainers/linting";

/** Notification client → server, after every connection: what the engine reports; null when there is not one. */
export const engineFactsMethod = "systemdContainers/engineFacts";

/** Request client → server: how to start the image of a Dockerfile, a service of a compose file, or an inspected image. */
export const planMethod = "systemdContainers/plan";
export interface PlanParams {
  /** The file that describes what is started; not needed for an image that was inspected. */
  readonly uri?: string;
  readonly image?: InspectedImage;
  /** Stage of the Dockerfile, or service of the compose file. */
  readonly name?: string;
  /** The reference that will be run, unless a compose service names its own image. */
  readonly reference: string;
  readonly facts?: EngineFacts;
  readonly options?: LaunchOptions;
}
export interface PlanResult {
  /** Set when no flags make it boot; the other fields are then empty. */
  readonly refused?: string;
  /** What creates the container, or why the engine's API cannot, in words. */
  readonly create: CreateRequest | { readonly refused: string };
  readonly docker: readonly string[];
  readonly podman: readonly string[];
  readonly compose: string;
  /** Of each rendering every part: what, why, what it costs. What no part can change comes last, as a note. */
  readonly explain: {
    readonly docker: readonly PartMessage[];
    readonly podman: readonly PartMessage[];
    readonly compose: readonly PartMessage[];
  };
  /** Ports from EXPOSE. */
  readonly ports: readonly string[];
  /** Whether systemd is known to be PID 1; false: the user is asked first. */
  readonly boots: "certain" | "likely" | "no";
  /** Where systemd is not PID 1 of an image: the line that starts something else, or why systemd does not start, there. */
  readonly startsOther?: StartsOther;
  /** Stages of the Dockerfile, or services of the compose file: what `name` can be. */
  readonly stages: readonly string[];
  /** The build arguments of the Dockerfile, with the defaults that are written there. */
  readonly arguments: readonly BuildArgument[];
  /** What keeps the compose service from booting, in the words of its findings. */
  readonly errors: readonly string[];
}
/** A place of the file, and what changes it: the fixes there, the edits of `convertMethod`, or the person alone. */
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

/** Request client → server: the edits of a whole-file action, which the client makes. */
export const convertMethod = "systemdContainers/convert";
export interface ConvertParams {
  /** A Dockerfile; for `runAtBoot` also an entry script that one of the workspace starts; for `format` any file. */
  readonly uri: string;
  readonly to: "bootSystemd" | "addComposeService" | "createUnit" | "runAtBoot" | "forwardJournal" | "format";
  /** For `format`: the format in which the container at the position is written. */
  readonly format?: FormatName;
  /** For `runAtBoot` and `format`: the line that is meant. */
  readonly position?: PositionMessage;
  /** For `createUnit`: a program of the image, with its arguments. */
  readonly program?: string;
}
export interface ConvertResult {
  /** Why the files are left as they are; there are no edits then. */
  readonly refused?: string;
  readonly changed: readonly { readonly uri: string; readonly edits: readonly EditMessage[] }[];
  /** New files. */
  readonly created: readonly { readonly uri: string; readonly text: string }[];
  /** For `format`: the text of a new document. */
  readonly text?: string;
  /** What the person who reviews the edits has to check. */
  readonly doubt?: string;
}

/** Request client → server: whether what a file builds or starts is made from another file too. */
export const madeFromMethod = "systemdContainers/madeFrom";
export interface MadeFromParams {
  readonly uri: string;
  /** The service; all of them without it. */
  readonly name?: string;
  readonly other: string;
}

/** An edit of a text, as LSP has it. */
export interface EditMessage {
  readonly range: { readonly start: PositionMessage; readonly end: PositionMessage };
  readonly newText: string;
}

/** A place in a text, 0-based, in UTF-16. */
interface PositionMessage {
  readonly line: number;
  readonly character: number;
}

/** Request client → server: what a log of a container or a build means, and why its units failed. */
export const explainMethod = "systemdContainers/explain";
export interface ExplainParams {
  readonly log: string;
  readonly exitCode?: number;
  readonly facts?: EngineFacts;
  /** The file to blame lines of, if the container was started from one of the workspace. */
  readonly uri?: string;
  /** The stage of the Dockerfile or the service of the compose file that was started. */
  readonly name?: string;
  /** It was started by the plan of the file itself, so no other file had a part in it. */
  readonly planned?: boolean;
  /** PID 1's control group as the container sees it. */
  readonly group?: string;
  /** The units that failed, where systemd runs. */
  readonly failed?: readonly FailedUnit[];
}
export interface ExplainResult {
  /** First cause first; empty = unknown. What only one unit is about is with that unit. */
  readonly causes: readonly CauseMessage[];
  /** What is known of the units that failed, in their order. */
  readonly units: readonly UnitMessage[];
  /** What systemd wrote about lines of unit files, where the files of the project have them or their units. */
  readonly remarks: readonly RemarkMessage[];
  /** How much was read, and how many lines are known. */
  readonly looked: { readonly lines: number; readonly known: number };
}
export interface CauseMessage {
  /** The line that shows it; empty where only the exit code does. */
  readonly line: string;
  readonly cause: string;
  readonly fix: string;
  /** The rule that finds the same fault in a file, and the address of its page. */
  readonly rule?: string;
  /** Where the fix belongs, in whichever file of the project. */
  readonly place?: PlaceMessage;
}
export interface UnitMessage {
  readonly unit: string;
  /** Why it failed; empty = unknown. */
  readonly causes: readonly CauseMessage[];
  /** The most likely line, and what it contains. */
  readonly place?: PlaceMessage;
  readonly says?: string;
}
export interface RemarkMessage {
  /** As systemd wrote it: `Unknown key 'Foo' in section [Service], ignoring.` */
  readonly says: string;
  readonly place: PlaceMessage;
}
/** A stretch of a file, 0-based UTF-16. */
export interface PlaceMessage {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
  readonly endLine: number;
  readonly endCharacter: number;
}

/** Request client → server: applies every safe fix of a file, by `workspace/applyEdit`. */
export const fixAllMethod = "systemdContainers/fixAll";
export interface FixAllParams {
  readonly uri: string;
}
/** How many problems were fixed, and how many are left, or why nothing was done. */
export type FixAllResult = { readonly refused: string } | FixedAll;
export interface FixedAll {
  readonly fixed: number;
  /** Problems with fixes that are not safe; problems without one; hints, which are left alone. */
  readonly suggestions: number;
  readonly unfixable: number;
  readonly hints: number;
  /** The most severe of what is left. */
  readonly first?: { readonly place: PlaceMessage; readonly fixable: boolean };
}

/** A file that is there, but over the limit of what is read. */
export interface TooLarge {
  readonly tooLarge: true;
}

/**
 * Requests server → client of the web worker, which has no disk: the text of a file (`TooLarge`, or null when
 * there is none), and the files of a directory that can be linted or start containers.
 */
export const readFileMethod = "systemdContainers/readFile";
export const findFilesMethod = "systemdContainers/findFiles";
