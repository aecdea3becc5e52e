import type { CreateRequest, EngineDetails, EngineFacts } from "../../../server/src/protocol";
import type { BootReport, ConsoleLog, Container, ContainerChange } from "./container";
import type { PlaceSource, SilentReason } from "./fault";
import type { Inside } from "./inside";
import type { Job } from "./job";
import type { Launching } from "./launching";

/** Loads the engine code and looks for engines. */
export interface EngineAccess {
  /**
   * Asks at every place where an engine may be. Rejects with a fault when none answers, with `tried` saying
   * what came back. What the settings or the environment name is the only place, whatever is requested.
   */
  find(signal: AbortSignal, where?: Where): Promise<EngineSearch>;
}

export interface Where {
  /** The address that the settings name: the only place, whatever else is requested. */
  readonly host?: string;
  /** An option of the command line names that address, and not the settings. */
  readonly byOption?: boolean;
  /** Only the engine of this address. */
  readonly url?: string;
  /** Also the other docker contexts and Podman's connections, which may lead to other hosts. */
  readonly everywhere?: boolean;
}

export interface EngineSearch {
  /** Who named the engine: the setting or the environment. */
  readonly namedBy?: PlaceSource;
  /** The likeliest first; two ways to one engine are one place. */
  readonly places: readonly EnginePlace[];
}

/** A place where an engine may be: either one answered there, or there is a reason why not. */
export interface EnginePlace {
  readonly url: string;
  readonly source: PlaceSource;
  readonly engine?: Engine;
  readonly reason?: SilentReason;
}

/** One container engine. Its methods reject with a `Fault`, or with an AbortError once the signal is aborted. */
export interface Engine extends Inside, Launching {
  /** For people: `Docker 28.5.2`. */
  readonly name: string;
  /** Its address, as DOCKER_HOST has it. */
  readonly url: string;
  /** Two ways to one engine have it in common; undefined where the engine reports too little. */
  readonly identity?: string;
  readonly facts: EngineFacts;
  /** What it reports besides the facts. */
  readonly details: EngineDetails;
  /**
   * Boots an image that is there, or one that is built of a base image, stops it and removes all of it again.
   * Resolves with the report of the boot and how it stopped.
   */
  prove(request: ProofRequest, job: BuildJob & Pick<Job, "report">): Promise<Proof>;
  build(request: BuildRequest, job: BuildJob): Promise<void>;
  /** Remembers what a name stands for; what it resolves with makes it stand for that again, and removes what was built. */
  rememberImage(reference: string): Promise<() => Promise<void>>;
  /** Creates and starts a container with the label of this extension; nothing is left when it fails or is cancelled. */
  start(request: StartRequest, signal: AbortSignal): Promise<Container>;
  /** Waits until systemd has booted, failed or `seconds` have passed. */
  boot(container: Container, seconds: number, job: BootJob): Promise<BootReport>;
  /** The state of a container as it is now. */
  report(container: Container): Promise<BootReport>;
  /** The containers with the label of this extension, running or not. */
  containers(): Promise<readonly Container[]>;
  /** The container that Compose runs a service in: of several the newest. */
  composed(service: ComposeService): Promise<Container | undefined>;
  /** Resolves when a container does not run any more. */
  ended(container: Container): Promise<void>;
  /**
   * Follows what happens to these containers: `heard` is called without a change once the engine is listened to, then
   * for each change. Resolves when the engine ends that; rejects where it has no events.
   */
  follow(heard: (change?: ContainerChange) => void, signal: AbortSignal): Promise<void>;
  /** Sends the container its stop signal and waits for the end. */
  stop(container: Container): Promise<{ readonly exitCode: number }>;
  /** Starts a container that has stopped, with what was changed in it. */
  startAgain(container: Container): Promise<void>;
  remove(container: Container): Promise<void>;
  /** Everything that has this label, whatever its value: stopped containers too. */
  labelled(label: string): Promise<readonly Labelled[]>;
  /** Makes a named volume with labels; one of the name that is there stays as it is. */
  createVolume(name: string, labels: Labels): Promise<void>;
  /** Removes a named volume; one that is gone already is fine. */
  removeVolume(name: string): Promise<void>;
  /** The image that a container was created from. */
  imageOf(container: Container): Promise<ImageNames>;
  /** Makes an image of a container as it is, running or not. */
  commit(container: Container, reference: string, signal: AbortSignal): Promise<void>;
  /** Gives an image another name. */
  tag(image: string, reference: string): Promise<void>;
  /** Pushes an image to the registry in its name, with the login of docker's configuration. */
  push(reference: string, job: Pick<Job, "report" | "signal">): Promise<void>;
}

/** Labels by name. */
export type Labels = Readonly<Record<string, string>>;

/** Something that an engine keeps, and the value of the label that it was looked for by. */
export interface Labelled {
  readonly kind: "container" | "image" | "volume";
  /** What the engine's programs take for it: a name, or an id where it has none. */
  readonly name: string;
  readonly value: string;
}

/** A service, and the directory that Compose was run in. */
export interface ComposeService {
  readonly folder: string;
  readonly service: string;
}

export interface ImageNames {
  readonly id: string;
  /** `web:1`; an image may have no name any more. */
  readonly names: readonly string[];
}

export interface ProofRequest {
  /** The image to boot, or the base of one that is built for it. */
  readonly image: string;
  /** What the image is built by, where `image` is its base. */
  readonly dockerfile?: string;
  readonly start: CreateRequest;
  readonly seconds: number;
}

export interface Proof {
  readonly report: BootReport;
  /** Absent where nothing ran that could be stopped. */
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
  /** Runs every step again. */
  readonly noCache?: boolean;
  /** Labels of the image, beside those of every build. */
  readonly labels?: Labels;
}

/** What a boot is given. */
export interface BootJob extends Pick<Job, "report" | "signal"> {
  /** Called each time that the container writes to its console; `read` gives all of it. */
  hear?(read: () => ConsoleLog): void;
}

/** What a build is given beside its request. */
export interface BuildJob extends Pick<Job, "signal"> {
  /** Takes what the builder reports as it comes. */
  print(output: BuildOutput): void;
}

/** A step of a Dockerfile begins: the second of three of the stage `base`. */
export interface BuildStep {
  readonly kind: "step";
  readonly number: number;
  readonly of: number;
  /** Absent where the builder names none. */
  readonly stage?: string;
  /** The instruction. */
  readonly text: string;
}

/** What a builder reports. BuildKit's steps run side by side, so they have numbers. */
export type BuildOutput =
  | BuildStep
  /** As the builder writes it, with its line breaks. */
  | { readonly kind: "text"; readonly text: string }
  /** A line of a step, without its line break. */
  | { readonly kind: "line"; readonly step: number; readonly text: string }
  | { readonly kind: "cached"; readonly step: number }
  | { readonly kind: "done"; readonly step: number; readonly seconds: number }
  | { readonly kind: "failed"; readonly step: number; readonly text: string }
  | { readonly kind: "warning" | "error"; readonly text: string };

export interface StartRequest {
  readonly name: string;
  /** The file it was built from, kept in a label. */
  readonly uri?: string;
  /** What the server's plan specifies of the container. */
  readonly create: CreateRequest;
  /** An image in place of that one. */
  readonly image?: string;
  /** Labels beside those that every container of this extension has. */
  readonly labels?: Labels;
}
