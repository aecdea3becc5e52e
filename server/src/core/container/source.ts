import type { Edit, Span } from "../base/text";
import type { EngineFacts } from "../engine";
import type { ContainerSpec, SpecChange } from "./spec";

/** What to look up in a file: a scalar or an entire list by its key, one item of a list, or a variable. */
export type SpecPlace =
  | { readonly key: Exclude<keyof ContainerSpec, "environment">; readonly item?: unknown }
  | { readonly variable: string };

/**
 * A container as a surface read it from a file: the values, their positions, and how to change them in the style of
 * the file. Rules use this record and never the surface behind it.
 */
export interface ContainerSource {
  /** The service, platform or container, as its file names it. */
  readonly name: string;
  /** The file that names it, if that is not the file being read but one that is merged with it. */
  readonly uri?: string;
  readonly spec: ContainerSpec;
  /** The range where the container itself is named, which is used for findings about absent settings. */
  readonly nameSpan: Span;
  /**
   * The range of a value, or undefined if it is absent or comes from another file. An item is looked up by equality
   * with the record in `spec`.
   */
  at(place: SpecPlace): Span | undefined;
  /**
   * The ways to apply the steps to this file in its own style: first the one that changes only this container, then
   * the one that changes settings it shares with others. Empty if the file cannot express the steps or a value is in
   * another file.
   */
  changes(steps: readonly SpecChange[]): readonly SourceChange[];
  /** The container as the surface's own tool would start it. This requires that the file was read with `started`. */
  start(): OwnStart;
  /** How this surface writes a step, for titles: `stop_signal: SIGRTMIN+3`, `--init`. */
  toDisplay(step: SpecChange): string;
  /** The tool of the surface starts it only on request: its compose profile is not active. */
  readonly inactive?: boolean;
  /**
   * What the tool starts in place of the image's own program, since the file does not name a program. It is the
   * command in `spec`.
   */
  readonly standIn?: StandIn;
  /** Options of the engine that are written after the image. `spec` contains them as they were intended. */
  readonly behindImage?: BehindImage;
  /** It is only an example for readers and is never started, so findings are information at most. */
  readonly shown?: boolean;
  /** The file also shows the output of the command, so only a reader can decide whether the command may change. */
  readonly recorded?: boolean;
  /** It appears in a comment, in abbreviated form, so how long it runs and where its output goes are unknown. */
  readonly inComment?: boolean;
  /** Most containers of this kind start other programs, so a name or settings do not prove that systemd boots. */
  readonly needsProof?: boolean;
  /**
   * Its command is of interest only as the arguments of the image's ENTRYPOINT. Otherwise, a user starts a custom
   * program in the image.
   */
  readonly needsEntrypoint?: boolean;
  /** What is written out of the name of its image, if the name contains variables. */
  readonly partOfImage?: string;
  /** Some of its options come from elsewhere and are unknown, so no option can be assumed to be absent. */
  readonly incomplete?: boolean;
  /** If its tool opens shells in it and runs commands in it: how it does that. */
  readonly worker?: Worker;
  /** Whether its tool starts it for a test and removes it without stopping it. */
  readonly forTest?: boolean;
  /** The pod that it belongs to. A kubelet starts it, so much of what applies to docker and podman does not apply. */
  readonly pod?: Pod;
  /** The engine that the file is written for, if the file states one. */
  readonly engine?: EngineFacts["engine"];
  /** The engine that its tool or command calls, whichever engine is configured. */
  readonly runsOn?: EngineFacts["engine"];
  /** The Dockerfile of the workspace that the surface builds. */
  readonly build?: BuildLink;
  /** The template from which the tool makes the Dockerfile that it builds. Nothing else can build it. */
  readonly template?: BuildLink;
  /** The tool installs more in the image that the file names before it starts it, so nothing is known to be absent. */
  readonly isExtended?: boolean;
  /**
   * Where the file has settings that only a cluster uses (placement, rolling updates), which means that it is meant
   * for one.
   */
  readonly cluster?: Span;
  /** It is in the UTS namespace of the host, so its host name is that of the host. */
  readonly sharesHostName?: boolean;
  /** Variables under a key that its tool does not read. */
  readonly misnamed?: MisnamedVariables;
  /** Files from which it takes variables, in the order in which they are read. */
  readonly variableFiles?: readonly VariableFile[];
  /** The host service that its tool generates from it. */
  readonly service?: HostService;
  /** How many containers the file starts from it, if the file sets a number other than one. */
  readonly replicas?: { readonly count: number; readonly span: Span };
}

/** How a tool works in a container that it has started. */
export interface Worker {
  /** The user that the tool specifies, if any. */
  readonly user: string | undefined;
  /** The names of the variables that the tool or the container's options set. */
  readonly variables: readonly string[];
  /** What the tool runs once the container has started, in that order. */
  readonly commands: readonly WorkCommand[];
}

/** A command that a tool runs in a container. */
export interface WorkCommand {
  /** The command as a line of a shell. */
  readonly text: string;
  readonly span: Span;
  /** The edit that puts shell text before it; absent if no shell runs it. */
  precede?(text: string): Edit;
}

/** What a Kubernetes pod sets for all its containers. */
export interface Pod {
  /** False if it has a separate user namespace. */
  readonly hostUsers?: boolean;
  /** The name of its runtime class. */
  readonly runtimeClass?: string;
  /** Whether an annotation makes CRI-O provide writable cgroups. */
  readonly writableCgroups: boolean;
  at(key: "hostUsers" | "runtimeClassName"): Span | undefined;
  /** The ways to give it a separate user namespace. */
  ownUsers(): readonly SourceChange[];
}

/** A systemd service on the host, which a tool generates from a container's file. */
export interface HostService {
  /** The keys that the tool supports for the container. */
  readonly keys: readonly string[];
  /** Settings that the tool rejects. If there are any, it generates no service. */
  readonly refused: readonly RefusedSetting[];
  /** How long systemd waits for the command that stops the service, in seconds; absent if unknown. */
  readonly stopLimit?: { readonly seconds: number; readonly span?: Span };
  /** The edits that set `stopLimit`. */
  setStopLimit(seconds: number): readonly Edit[];
}

/** A setting that a tool rejects, and a possible replacement. */
export interface RefusedSetting {
  readonly key: string;
  readonly section: string;
  readonly span: Span;
  /** The setting as `KEY=VALUE`. */
  readonly setting: string;
  /** Renames an unknown key. */
  rename?(key: string): Edit;
  /** An equivalent setting that the tool supports; safe if it gives the container no more access. */
  readonly instead?: { readonly what: string; readonly edits: readonly Edit[]; readonly safe: boolean };
  /** Removes a value that the tool rejects. */
  readonly drop?: readonly Edit[];
}

/** A program with which a tool keeps a container alive. */
export interface StandIn {
  readonly tool: "molecule" | "dokken" | "kitchen-docker" | "devcontainer" | "github-actions";
  /** The range of the setting that makes the tool start it, which is used for findings about it. */
  readonly span: Span;
  /** Whether nothing in the file can make the tool start the image's own program. */
  readonly isFixed?: true;
}

/** Options of a command that the engine does not read because they come after the image. */
export interface BehindImage {
  /** The names of the options, such as `--tmpfs`, without their values. */
  readonly names: readonly string[];
  readonly span: Span;
  /** What the engine starts if the options are ignored. */
  readonly without: ContainerSpec;
  /** Moves the options before the image. */
  readonly change: SourceChange;
}

/** Variables that a file sets under the wrong key. */
export interface MisnamedVariables {
  readonly names: readonly string[];
  readonly key: string;
  /** The key that the tool reads. */
  readonly right: string;
  readonly span: Span;
  /** Renames the key; absent if that is not enough. */
  readonly rename?: Edit;
}

/** A file of variables that the engine or its tool reads when it starts the container. */
export interface VariableFile {
  readonly uri: string;
  /** Where it is named; undefined if another file names it. */
  readonly span: Span | undefined;
  /** The variables that the file sets; none if it cannot be read. */
  namesIn(text: string): readonly string[];
}

/** One consistent set of edits, and the names of all containers in the file that they change. */
export interface SourceChange {
  readonly edits: readonly Edit[];
  readonly runs: readonly string[];
}

/** What a surface's own tool starts, written so that it works in any directory. */
export interface OwnStart {
  /** The image that is started, under the name that the tool gives to an image that it builds. */
  readonly image: string;
  readonly spec: ContainerSpec;
  /** The spec with the values of secret variables hidden, if it has any, and the names of these variables. */
  readonly hidden?: { readonly spec: ContainerSpec; readonly names: readonly string[] };
  /** Settings that a command line for one container cannot express, as the file names them. */
  readonly left: readonly string[];
}

/** A link from a container to the Dockerfile that builds its image. URIs are absolute. */
export interface BuildLink {
  readonly dockerfile?: string;
  /** The content of a Dockerfile that is part of the container's own file (`dockerfile_inline`). */
  readonly inline?: string;
  readonly target?: string;
  readonly context?: string;
  /** Where the container's own file names the Dockerfile or, failing that, the context. */
  readonly span?: Span;
  readonly args: Readonly<Record<string, string | undefined>>;
}

/** The link from a container to what its image is built from. */
export function linkOf({ build, template }: ContainerSource): BuildLink | undefined {
  return build ?? template;
}

/** The result of reading a file. */
export interface ContainerFile {
  readonly containers: readonly ContainerSource[];
  /** URIs of other run files that belong to the same project (`include`). */
  readonly includes: readonly string[];
  /** The URI of the run file that this one overrides. The containers of this file also belong to that one. */
  readonly overrides?: string;
}
