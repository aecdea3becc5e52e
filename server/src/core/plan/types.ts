import type { Message } from "../base/message";
import type { PortReplacement } from "../container/quantities";
import type { OwnStart } from "../container/source";
import type { ContainerSpec, SpecChange } from "../container/spec";
import type { EngineFacts } from "../engine";

/** What the launch plan needs to know of the image. Everything may be unknown. */
export interface ImageFacts {
  /** The reference to run; `unnamedImage` where none is named. */
  readonly reference: string;
  readonly systemdVersion?: number;
  readonly family?: "debian" | "ubuntu" | "rpm" | "suse" | "arch" | "none";
  /** The argv systemd is started with, when the image does not start it by default. */
  readonly command?: readonly string[];
  /** The container's whole argv if known: Podman recognizes systemd by it. */
  readonly argv?: readonly string[];
  /** `argv` is what the engine executes, and it is systemd itself: no shell or script starts it. */
  readonly direct?: boolean;
  /** The image sets an ENTRYPOINT, which would take `command` as its arguments. */
  readonly hasEntrypoint?: boolean;
  /** The image's USER, where it is not root. */
  readonly user?: string;
  readonly containerEnv?: string;
  readonly stopSignal?: string;
  readonly volumes: readonly string[];
  /** tmp.mount is enabled by the distribution (Debian 13 and newer, Fedora). */
  readonly tmpMount?: boolean;
  /** Needs of enabled services: capabilities, devices. */
  readonly needs: readonly Need[];
}

/** A capability or device that a workload needs, from the table of workload needs. */
export interface Need {
  readonly unit: string;
  readonly capabilities: readonly string[];
  readonly devices: readonly string[];
  /** What the capabilities need beside them, for instance `apparmor=unconfined` to mount. */
  readonly securityOptions?: readonly string[];
  /** Needs the whole host (`privileged`, the host's namespaces): the plan reports it and does not grant it. */
  readonly withheld?: boolean;
  /** Of what is withheld: with a privileged container it works, with less it does not. */
  readonly privileged?: boolean;
  /** Where an engine in the container keeps its data, which must be a volume. */
  readonly directory?: string;
  readonly reason: Message;
}

export type RequirementId =
  | "cgroup-writable"
  | "tmpfs-run"
  | "tmpfs-run-lock"
  | "tmpfs-tmp"
  | "container-env"
  | "stop-signal"
  | "no-init"
  | "tty"
  | "command"
  | "debug"
  | "user"
  | "workload"
  | "option";

/** What a person asks of a launch beside what systemd needs. */
export interface LaunchOptions {
  readonly name?: string;
  readonly hostname?: string;
  /** `512m`, `2g`. */
  readonly memory?: string;
  /** `[[ADDRESS:]PORT:]PORT[/PROTOCOL]`, or `exposed`: every port of EXPOSE, on a free port of the host's loopback address. */
  readonly ports?: readonly string[];
  /** What is published in place of ports that are taken, a service's own among them; one after the other. */
  readonly replacePorts?: readonly PortReplacement[];
  /** `SOURCE:TARGET[:ro]`, an absolute path or the name of a volume first. */
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** systemd debug logging on the console. */
  readonly debug?: boolean;
}

/** One thing a systemd container must be started with, and why. */
export interface Requirement {
  readonly id: RequirementId;
  /** What makes it true, applied to any run. */
  readonly steps: readonly SpecChange[];
  readonly reason: Message;
  /** What it costs in isolation; absent when it costs nothing. */
  readonly cost?: Message;
  /** A comfort or a precaution: this image on this engine boots and stops as well without it. */
  readonly advice?: boolean;
  /** Those of `steps` that are an engine's default unless it is configured otherwise. */
  readonly defaults?: readonly SpecChange[];
  /** Other steps that reach the same end on this engine, each list complete in itself. */
  readonly alternatives?: readonly (readonly SpecChange[])[];
  /** `privileged`, or a runtime that virtualises the kernel's interfaces (Sysbox), makes it true as well. */
  readonly byPrivilege?: boolean;
}

/** The least-privilege way to start this image on this engine. */
export interface LaunchPlan {
  readonly image: ImageFacts;
  readonly facts: EngineFacts;
  readonly options: LaunchOptions;
  /** True when something that the cgroup recipe depends on was not stated: Docker 28 on cgroup v2 is assumed. */
  readonly assumed: boolean;
  readonly requirements: readonly Requirement[];
  /** What is started anyway, where a file defines how; the requirements are then what it lacks. */
  readonly own?: OwnStart;
  /** All requirements applied to that, or to a bare run. */
  readonly spec: ContainerSpec;
  /** What no flag can change, and what the reader should know before starting it. */
  readonly notes: readonly Message[];
  /** Another way to the same end, at a higher price, for where the first does not fit (Docker below 28). */
  readonly alternative?: LaunchPlan;
}

/** This image cannot boot on this engine with any flags. */
export interface Refusal {
  readonly refused: Message;
}
