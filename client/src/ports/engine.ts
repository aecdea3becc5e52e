import type { CreateRequest, EngineDetails, EngineFacts } from "../../../server/src/protocol";
import type { BootReport, ConsoleLog, Container, ContainerChange } from "./container";
import type { PlaceSource, SilentReason } from "./fault";
import type { Inside } from "./inside";
import type { Job } from "./job";
import type { Launching } from "./launching";

/** Loads the engine code and looks for engines. */
export interface EngineAccess {
  /**
   * Tries all places where an engine may be. If none responds, rejects with a fault whose `tried` contains the
   * reasons. If the settings or the environment name an engine, that is the only place, regardless of the options.
   */
  find(signal: AbortSignal, where?: Where): Promise<EngineSearch>;
}

export interface Where {
  /** The address from the settings. If given, it is the only place that is tried. */
  readonly host?: string;
  /** Whether the address comes from a command-line option instead of the settings. */
  readonly byOption?: boolean;
  /** Try only the engine at this address. */
  readonly url?: string;
  /** Also try the other Docker contexts and Podman's connections, which may lead to other hosts. */
  readonly everywhere?: boolean;
}

export interface EngineSearch {
  /** Where the engine is named: in the setting or in the environment. Absent if it is not named. */
  readonly namedBy?: PlaceSource;
  /** The likeliest place first. If two addresses lead to the same engine, it is listed once. */
  readonly places: readonly EnginePlace[];
}

/** A place where an engine may be. It has either the engine that responded or the reason why none did. */
export interface EnginePlace {
  readonly url: string;
  readonly source: PlaceSource;
  readonly engine?: Engine;
  readonly reason?: SilentReason;
}

/** A container engine. Its methods reject with a `Fault`, or with an AbortError if the signal is aborted. */
export interface Engine extends Inside, Launching {
  /** The name to display: `Docker 28.5.2`. */
  readonly name: string;
  /** Its address in the format of DOCKER_HOST. */
  readonly url: string;
  /** The same for all addresses of this engine; undefined if the engine reports too little. */
  readonly identity?: string;
  readonly facts: EngineFacts;
  /** What the engine reports in addition to the facts. */
  readonly details: EngineDetails;
  /**
   * Boots an existing image or one built from a base image, stops the container, and removes everything afterwards.
   * Resolves with the report of the boot and how the container stopped.
   */
  prove(request: ProofRequest, job: BuildJob & Pick<Job, "report">): Promise<Proof>;
  build(request: BuildRequest, job: BuildJob): Promise<void>;
  /**
   * Records which image a name refers to. The returned function restores that state and removes any image built since
   * then.
   */
  rememberImage(reference: string): Promise<() => Promise<void>>;
  /**
   * Creates and starts a container with this extension's label. If that fails or is canceled, the container is
   * removed.
   */
  start(request: StartRequest, signal: AbortSignal): Promise<Container>;
  /** Waits until systemd has booted or failed, or `seconds` have passed. */
  boot(container: Container, seconds: number, job: BootJob): Promise<BootReport>;
  /** The current state of a container. */
  report(container: Container): Promise<BootReport>;
  /** The containers with this extension's label, running or not. */
  containers(): Promise<readonly Container[]>;
  /** The newest container that Compose created for a service. */
  composed(service: ComposeService): Promise<Container | undefined>;
  /** Resolves when a container is no longer running. */
  ended(container: Container): Promise<void>;
  /**
   * Follows changes to the containers of this extension and of Compose. `heard` is called once with no argument when
   * the subscription is active, and then for each change. Resolves when the engine ends the subscription; rejects if
   * the engine does not provide events.
   */
  follow(heard: (change?: ContainerChange) => void, signal: AbortSignal): Promise<void>;
  /** Sends the stop signal to a container and waits until it has stopped. */
  stop(container: Container): Promise<{ readonly exitCode: number }>;
  /** Starts a stopped container, keeping the changes made in it. */
  startAgain(container: Container): Promise<void>;
  remove(container: Container): Promise<void>;
  /** Everything that has this label with any value, including stopped containers. */
  labelled(label: string): Promise<readonly Labelled[]>;
  /**
   * Removes an item of that list; a container is removed with its anonymous volumes. If it is already gone, does
   * nothing.
   */
  removeLabelled(item: Labelled): Promise<void>;
  /** Creates a named volume with labels. If it already exists, it stays as it is. */
  createVolume(name: string, labels: Labels): Promise<void>;
  /** Removes a named volume. If it is already gone, does nothing. */
  removeVolume(name: string): Promise<void>;
  /** The image that a container was created from. */
  imageOf(container: Container): Promise<ImageNames>;
  /** Creates an image from the current state of a container, running or not. */
  commit(container: Container, reference: string, signal: AbortSignal): Promise<void>;
  /** Gives an image an additional name. */
  tag(image: string, reference: string): Promise<void>;
  /** Pushes an image to the registry that is part of its name, with the login from docker's configuration. */
  push(reference: string, job: Pick<Job, "report" | "signal">): Promise<void>;
}

/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/** A container, image or volume that has a certain label, and the value of that label. */
export interface Labelled {
  readonly kind: "container" | "image" | "volume";
  /** The name that the engine's command line accepts, or the id if it has none. */
  readonly name: string;
  readonly value: string;
}

/** A service, and the directory in which Compose was run. */
export interface ComposeService {
  readonly folder: string;
  readonly service: string;
}

export interface ImageNames {
  readonly id: string;
  /** `web:1`; empty if the image no longer has a name. */
  readonly names: readonly string[];
}

export interface ProofRequest {
  /** The image to boot, or the base image of the one to build. */
  readonly image: string;
  /** The Dockerfile to build if `image` is the base image. */
  readonly dockerfile?: string;
  readonly start: CreateRequest;
  readonly seconds: number;
}

export interface Proof {
  readonly report: BootReport;
  /** Absent if the container had already ended. */
  readonly stopped?: { readonly exitCode: number; readonly seconds: number };
}

export interface BuildRequest {
  readonly dockerfile: string;
  readonly context: string;
  readonly tag: string;
  readonly target?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
  /** `linux/arm64`. */
  readonly platform?: string;
  /** Whether to run all steps without the cache. */
  readonly noCache?: boolean;
  /** Labels of the image, in addition to those of every build. */
  readonly labels?: Labels;
}

/** The callbacks and the signal of a boot. */
export interface BootJob extends Pick<Job, "report" | "signal"> {
  /** Called each time the container writes to its console; `read` returns the output so far. */
  hear?(read: () => ConsoleLog): void;
}

/** The callback and the signal of a build. */
export interface BuildJob extends Pick<Job, "signal"> {
  /** Receives the builder's output as it arrives. */
  print(output: BuildOutput): void;
}

/** A step of a Dockerfile that has started, such as the second of three steps in the stage `base`. */
export interface BuildStep {
  readonly kind: "step";
  readonly number: number;
  readonly of: number;
  /** Absent if the builder reports none. */
  readonly stage?: string;
  /** The instruction. */
  readonly text: string;
}

/** An item of a builder's output. BuildKit runs steps in parallel, so they are numbered. */
export type BuildOutput =
  | BuildStep
  /** Text from the builder, including its line breaks. */
  | { readonly kind: "text"; readonly text: string }
  /** A line of a step's output, without its line break. */
  | { readonly kind: "line"; readonly step: number; readonly text: string }
  | { readonly kind: "cached"; readonly step: number }
  | { readonly kind: "done"; readonly step: number; readonly seconds: number }
  | { readonly kind: "failed"; readonly step: number; readonly text: string }
  | { readonly kind: "warning" | "error"; readonly text: string };

export interface StartRequest {
  readonly name: string;
  /** The file that the image was built from, which is stored in a label. */
  readonly uri?: string;
  /** The request from the server's plan. */
  readonly create: CreateRequest;
  /** The image to use instead of the one in `create`. */
  readonly image?: string;
  /** Labels in addition to those of every container of this extension. */
  readonly labels?: Labels;
}
