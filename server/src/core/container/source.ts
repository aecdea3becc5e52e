import type { Edit, Span } from "../base/text";
import type { EngineFacts } from "../engine";
import type { ContainerSpec, SpecChange } from "./spec";

/** What is looked up in a file: a scalar or list key as a whole, one item of a list, a variable. */
export type SpecPlace =
  | { readonly key: Exclude<keyof ContainerSpec, "environment">; readonly item?: unknown }
  | { readonly variable: string };

/**
 * A run as a surface reads it from a file: the values, where they stand, and how to change them in the
 * file's own style. Rules see this record and never the surface behind it.
 */
export interface ContainerSource {
  /** The service, platform or container that this run starts, as its file names it. */
  readonly name: string;
  /** The file that names it, where that is not the file that is read but one that is merged with it. */
  readonly uri?: string;
  readonly spec: ContainerSpec;
  /** Where the run itself is named: findings about what is absent stand here. */
  readonly nameSpan: Span;
  /**
   * Where a value stands, or undefined when it is absent or comes from another file. An item is looked up by
   * equality with the record in `run`.
   */
  at(place: SpecPlace): Span | undefined;
  /**
   * The ways to make the steps true in this file, in its own style: first the one that changes this run
   * alone, then the one that changes what it shares with others. None when the file cannot say them or a
   * value stands elsewhere.
   */
  changes(steps: readonly SpecChange[]): readonly SourceChange[];
  /** The container as the surface's own tool would start it; the file is read as `started` for that. */
  start(): OwnStart;
  /** How this surface spells a step, for titles: `stop_signal: SIGRTMIN+3`, `--init`. */
  toDisplay(step: SpecChange): string;
  /** The surface's tool starts it only where it is named: a profile of compose is not active. */
  readonly inactive?: boolean;
  /** What its tool starts in place of the image's own program, as the file names none. It is the command of `spec`. */
  readonly standIn?: StandIn;
  /** Options of the engine that are written behind the image. `spec` has them, as they are meant. */
  readonly behindImage?: BehindImage;
  /** It is shown to readers and started by nothing: findings are information at most. */
  readonly shown?: boolean;
  /** A comment shows it, in short: how long it lasts, and where its output goes, is not known. */
  readonly inComment?: boolean;
  /** Most containers of its kind start other programs: a name or settings do not show that systemd boots in it. */
  readonly needsProof?: boolean;
  /** Options of it come from elsewhere and are not known, so nothing is known to be absent. */
  readonly incomplete?: boolean;
  /** Who works in it, where its tool opens shells there: the user that it names for that, if any. */
  readonly worker?: { readonly user: string | undefined };
  /** Its tool starts it for a test and removes it without stopping it. */
  readonly forTest?: boolean;
  /** The pod that it is in: a kubelet starts it, for which much of what is true of docker and podman does not hold. */
  readonly pod?: Pod;
  /** The engine that the file states it is written for. */
  readonly engine?: EngineFacts["engine"];
  /** The engine that its tool or command calls, whatever engine is set. */
  readonly runsOn?: EngineFacts["engine"];
  /** What the surface builds: a Dockerfile of the workspace. */
  readonly build?: BuildLink;
  /** Where the file asks for what only a cluster does (placement, rolling updates): it is meant for one. */
  readonly cluster?: Span;
  /** It is in the host's UTS namespace: its host name is the host's. */
  readonly sharesHostName?: boolean;
  /** Files that it takes variables from, in the order in which they are read. */
  readonly variableFiles?: readonly VariableFile[];
  /** The service of the host that its tool makes of it. */
  readonly service?: HostService;
  /** How many containers the file starts of it, where it sets a number; nothing where that is one. */
  readonly replicas?: { readonly count: number; readonly span: Span };
}

/** What a pod of Kubernetes sets for all its containers. */
export interface Pod {
  /** False gives it a separate user namespace. */
  readonly hostUsers?: boolean;
  /** The name of its runtime class. */
  readonly runtimeClass?: string;
  /** An annotation asks CRI-O for writable cgroups. */
  readonly writableCgroups: boolean;
  at(key: "hostUsers" | "runtimeClassName"): Span | undefined;
  /** The ways to give it a separate user namespace. */
  ownUsers(): readonly SourceChange[];
}

/** A service of systemd on the host, which a tool makes of the file of a container. */
export interface HostService {
  /** The keys that the tool knows for the container. */
  readonly keys: readonly string[];
  /** What the tool refuses: it makes no service then. */
  readonly refused: readonly RefusedSetting[];
  /** How long systemd waits for the command that stops the service, in seconds; absent where that is not known. */
  readonly stopLimit?: { readonly seconds: number; readonly span?: Span };
  /** The edits that set that time. */
  setStopLimit(seconds: number): readonly Edit[];
}

/** A setting that a tool refuses, and what can be in its place. */
export interface RefusedSetting {
  readonly key: string;
  readonly section: string;
  readonly span: Span;
  /** As `KEY=VALUE`. */
  readonly setting: string;
  /** Gives an unknown key another name. */
  rename?(key: string): Edit;
  /** What sets the same in a way that the tool knows; safe where it gives the container no more access. */
  readonly instead?: { readonly what: string; readonly edits: readonly Edit[]; readonly safe: boolean };
  /** Removes a value that the tool refuses. */
  readonly drop?: readonly Edit[];
}

/** A program by which a tool keeps a container alive. */
export interface StandIn {
  readonly tool: "molecule" | "dokken" | "kitchen-docker" | "devcontainer" | "github-actions";
  /** What makes the tool start it: findings about that stand here. */
  readonly span: Span;
  /** Nothing in the file makes the tool start the image's own program. */
  readonly isFixed?: true;
}

/** Options of a command that the engine does not read, because they stand behind the image. */
export interface BehindImage {
  /** The options without their values: `--tmpfs`. */
  readonly names: readonly string[];
  readonly span: Span;
  /** What the engine starts without them. */
  readonly without: ContainerSpec;
  /** Moves them before the image. */
  readonly change: SourceChange;
}

/** A file of variables, which the engine or its tool reads when it starts the container. */
export interface VariableFile {
  readonly uri: string;
  /** Where it is named; undefined where another file names it. */
  readonly span: Span | undefined;
  /** The variables that a text of it sets; none if it cannot be read. */
  namesIn(text: string): readonly string[];
}

/** One consistent set of edits, and the names of all runs of the file that it changes. */
export interface SourceChange {
  readonly edits: readonly Edit[];
  readonly runs: readonly string[];
}

/** What a surface's own tool starts, written so that it works in any directory. */
export interface OwnStart {
  /** The image that is started, by the name that the tool gives to one that it builds. */
  readonly image: string;
  readonly spec: ContainerSpec;
  /** The run as it may be shown where it has values of secret variables, and the names of these. */
  readonly hidden?: { readonly spec: ContainerSpec; readonly names: readonly string[] };
  /** What one container's command line cannot say, as the file names it. */
  readonly left: readonly string[];
}

/** A link from a run to the Dockerfile that makes its image. URIs are absolute. */
export interface BuildLink {
  readonly dockerfile?: string;
  /** Text of a Dockerfile that is in the run's own file (`dockerfile_inline`). */
  readonly inline?: string;
  readonly target?: string;
  readonly context?: string;
  /** Where the run's own file names the Dockerfile, or else the context. */
  readonly span?: Span;
  readonly args: Readonly<Record<string, string | undefined>>;
}

/** The result of reading a file. */
export interface ContainerFile {
  readonly containers: readonly ContainerSource[];
  /** URIs of other run files that belong to the same project (`include`). */
  readonly includes: readonly string[];
  /** The URI of the run file that this one is merged over: its runs are that file's too. */
  readonly overrides?: string;
}
