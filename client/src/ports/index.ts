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
import type { ComposeService, EngineAccess } from "./engine";
import type { BuildChoice } from "./launching";
import type { BootRecord, GoingBoot, ReportPage } from "./report";
import type { Ui } from "./ui";
import type { UnitFilter, View } from "./view";

export type * from "./container";
export type * from "./engine";
export type * from "./fault";
export type * from "./inside";
export type * from "./job";
export type * from "./launch-ui";
export type * from "./launching";
export type * from "./page";
export type * from "./report";
export type * from "./ui";
export type * from "./view";

/**
 * Everything the commands need of the outside world, as plain records: the editor behind `ui`, a
 * container engine behind `engine`, the language server behind `server`. Tests pass literals.
 */
export interface Dependencies {
  readonly ui: Ui;
  readonly engine: EngineAccess;
  readonly server: Server;
  readonly clock: Clock;
  /** What is kept between commands. */
  readonly memory: Memory;
  readonly view: View;
}

export interface Memory {
  /** The engine that was chosen for this workspace. It is kept when the window closes. */
  engine?: { readonly url: string; readonly name: string };
  /** The addresses of engines that settings of this workspace name and the person allowed. They are kept when the window closes. */
  hosts?: readonly string[];
  /** How the Dockerfiles of this workspace are built, by URI. It is kept when the window closes. */
  builds?: Readonly<Record<string, BuildChoice>>;
  /** Build arguments that look secret, by URI. They are never written to disk. */
  secrets?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The last boot that was watched: how long it took, and what of its file it was, which no engine knows. */
  lastBoot?: { readonly id: string; readonly seconds?: number; readonly service?: string };
  /** The files that have problems of a boot, by the id of its container. */
  blamed?: Map<string, string>;
  /** The last boots that were watched, the newest first. Containers of boots that failed are gone, so no engine knows them. */
  boots?: readonly BootRecord[];
  /** The boots that go on, by the name of the container. */
  going?: Map<string, GoingBoot>;
  /** The pages about boots, by the name of the container. */
  reports?: Map<string, ReportPage>;
  /** Command lines that were run in containers, the newest first; gone with the window, as they can contain secrets. */
  lines?: readonly string[];
  /** This workspace has containers, so that it is worth to look for them in a new window. It is kept when the window closes. */
  hasContainers?: boolean;
  /** The file that boots on each save, and what ends that. */
  bootOnSave?: { readonly uri: string; end(): void };
  /** The services that this extension had Compose start: their containers do not have its label. */
  composed?: readonly Composed[];
  /** Which units the view of containers shows. */
  unitFilter?: UnitFilter;
  /** The journals that are followed, by title. */
  journals?: Map<string, FollowedJournal>;
}

/** A service of a compose file that this extension had Compose start, in which systemd boots. */
export interface Composed extends ComposeService {
  readonly uri: string;
}

/** A journal that is followed in an output channel. */
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

/** The language server: plans and explanations come from there, never from the client. */
export interface Server {
  plan(params: PlanParams): Promise<PlanResult>;
  convert(params: ConvertParams): Promise<ConvertResult>;
  /** Whether what a file builds or starts is made from another file too. */
  madeFrom(params: MadeFromParams): Promise<boolean>;
  explain(params: ExplainParams): Promise<ExplainResult>;
  doctor(params: DoctorParams): Promise<DoctorResult>;
  /** Applies all safe fixes of a file, without saving it. */
  fixAll(uri: string): Promise<FixAllResult>;
  engineFacts(facts: EngineFacts | null): Promise<void>;
  restart(): Promise<void>;
  showLog(): void;
}
