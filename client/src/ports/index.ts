import type { LeastParams, LeastStep } from "../../../server/src/least-protocol";
import type {
  ConvertParams,
  ConvertResult,
  DoctorParams,
  DoctorResult,
  EngineFacts,
  ExplainParams,
  ExplainResult,
  FixAllResult,
  MadeFromParams,
  PlanParams,
  PlanResult,
} from "../../../server/src/protocol";
import type { SeenImageParams } from "../../../server/src/seen-protocol";
import type { VerifyParams, VerifyStep } from "../../../server/src/verify-protocol";
import type { ComposeService, EngineAccess } from "./engine";
import type { BuildChoice } from "./launching";
import type { BootRecord, GoingBoot, ReportPage } from "./report";
import type { Ui } from "./ui";
import type { UnitFilter, View } from "./view";

export type * from "./container";
export type * from "./engine";
export type * from "./fault";
export type * from "./inside";
export type * from "./inspection";
export type * from "./job";
export type * from "./launch-ui";
export type * from "./launching";
export type * from "./page";
export type * from "./report";
export type * from "./ui";
export type * from "./view";

/**
 * Everything that the commands need from outside, as plain objects: `ui` is the editor, `engine` gives access to
 * container engines, and `server` is the language server. Tests pass literals.
 */
export interface Dependencies {
  readonly ui: Ui;
  readonly engine: EngineAccess;
  readonly server: Server;
  readonly clock: Clock;
  /** What is remembered between commands. */
  readonly memory: Memory;
  readonly view: View;
}

export interface Memory {
  /** The engine that was selected for this workspace. It is kept when the window closes. */
  engine?: { readonly url: string; readonly name: string };
  /**
   * The engine addresses in this workspace's settings that the user allowed. They are kept when the window closes.
   */
  hosts?: readonly string[];
  /** How the Dockerfiles of this workspace are built, by URI. It is kept when the window closes. */
  builds?: Readonly<Record<string, BuildChoice>>;
  /** Build arguments that are likely secrets, by URI. They are never written to disk. */
  secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /**
   * The last boot that was watched: how long it took, and the stage or service that was booted, which engines do not
   * record.
   */
  lastBoot?: { readonly id: string; readonly seconds?: number; readonly service?: string };
  /** The files that have problems from a boot, by the id of the container. */
  blamed?: Map<string, string>;
  /**
   * The most recent boots that were watched, the newest first. Engines have no record of failed ones, whose
   * containers are removed.
   */
  boots?: readonly BootRecord[];
  /** The boots in progress, by the name of the container. */
  going?: Map<string, GoingBoot>;
  /** The report pages, by the name of the container. */
  reports?: Map<string, ReportPage>;
  /**
   * Command lines that were run in containers, the newest first. They may contain secrets, so they are not kept
   * after the window closes.
   */
  lines?: readonly string[];
  /**
   * Whether this workspace has containers, so that a new window looks for them. It is kept when the window closes.
   */
  hasContainers?: boolean;
  /** The file that boots on each save, and a function that turns this off. */
  bootOnSave?: { readonly uri: string; end(): void };
  /** The services that this extension started with Compose. Their containers do not have its label. */
  composed?: readonly Composed[];
  /** Which units the containers view shows. */
  unitFilter?: UnitFilter;
  /** The journals that are being followed, by title. */
  journals?: Map<string, FollowedJournal>;
}

/** A service of a Compose file that boots systemd and that this extension started with Compose. */
export interface Composed extends ComposeService {
  readonly uri: string;
}

/** A journal that is being followed in an output channel. */
export interface FollowedJournal {
  readonly title: string;
  paused(): boolean;
  toggle(): void;
  stop(): void;
}

export interface Clock {
  /** Monotonic time in milliseconds. */
  now(): number;
}

/** The language server. All plans and explanations come from it, none from the client. */
export interface Server {
  plan(params: PlanParams): Promise<PlanResult>;
  convert(params: ConvertParams): Promise<ConvertResult>;
  /** Whether the image or container that a file defines also depends on the file `other`. */
  madeFrom(params: MadeFromParams): Promise<boolean>;
  explain(params: ExplainParams): Promise<ExplainResult>;
  /** The next step of the search for the least privilege of a container. */
  least(params: LeastParams): Promise<LeastStep>;
  /** Which units a file adds to an image or container, and the faults in them once they are verified. */
  verify(params: VerifyParams): Promise<VerifyStep>;
  doctor(params: DoctorParams): Promise<DoctorResult>;
  /** Applies all safe fixes in a file without saving it. */
  fixAll(uri: string): Promise<FixAllResult>;
  engineFacts(facts: EngineFacts | null): Promise<void>;
  /** Reports to the server what was found in an image; null if the engine does not have it. */
  seenImage(params: SeenImageParams): Promise<void>;
  restart(): Promise<void>;
  showLog(): void;
}
