import type { Message } from "../base/message";
import type { PortReplacement } from "../container/quantities";
import type { OwnStart } from "../container/source";
import type { ContainerSpec, SpecChange } from "../container/spec";
import type { EngineFacts } from "../engine";

/** The facts that the launch plan needs about the image. Any of them may be unknown. */
export interface ImageFacts {
  /** The reference to run; `unnamedImage` if there is none. */
  readonly reference: string;
  readonly systemdVersion?: number;
  readonly family?: "debian" | "ubuntu" | "rpm" | "suse" | "arch" | "none";
  /** The argv with which to start systemd, if the image does not start it by default. */
  readonly command?: readonly string[];
  /** The full argv of the container if it is known, from which Podman recognizes systemd. */
  readonly argv?: readonly string[];
  /** Whether the engine executes `argv` directly and it is systemd, not started by a shell or script. */
  readonly direct?: boolean;
  /** Whether the image sets an ENTRYPOINT, which would receive `command` as its arguments. */
  readonly hasEntrypoint?: boolean;
  /** The image's USER, if it is not root. */
  readonly user?: string;
  readonly containerEnv?: string;
  readonly stopSignal?: string;
  readonly volumes: readonly string[];
  /** Whether the distribution enables tmp.mount (Debian 13 and later, Fedora). */
  readonly tmpMount?: boolean;
  /** The needs of enabled services: capabilities, devices. */
  readonly needs: readonly Need[];
}

/** A capability or device that a workload needs, from the table of workload needs. */
export interface Need {
  readonly unit: string;
  readonly capabilities: readonly string[];
  readonly devices: readonly string[];
  /** Options that the capabilities require, such as `apparmor=unconfined` for mounting. */
  readonly securityOptions?: readonly string[];
  /**
   * It needs access to the entire host (`privileged`, the host's namespaces), which the plan reports but does not
   * grant.
   */
  readonly withheld?: boolean;
  /** For a withheld need: whether it works in a privileged container, and only there. */
  readonly privileged?: boolean;
  /** Where an engine in the container stores its data; must be a volume. */
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

/** What a user requests for a launch in addition to what systemd needs. */
export interface LaunchOptions {
  readonly name?: string;
  readonly hostname?: string;
  /** `512m`, `2g`. */
  readonly memory?: string;
  /**
   * `[[ADDRESS:]PORT:]PORT[/PROTOCOL]`, or `exposed`: every port of EXPOSE, on a free port of the host's loopback
   * address.
   */
  readonly ports?: readonly string[];
  /** Replacements for ports that are in use, including those of a service, applied one after the other. */
  readonly replacePorts?: readonly PortReplacement[];
  /** `SOURCE:TARGET[:ro]`, where the source is an absolute path or the name of a volume. */
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** systemd debug logging on the console. */
  readonly debug?: boolean;
}

/** One setting with which a systemd container must be started, and the reason. */
export interface Requirement {
  readonly id: RequirementId;
  /** The steps that satisfy it, applicable to any container. */
  readonly steps: readonly SpecChange[];
  readonly reason: Message;
  /** What it costs in isolation; absent if it costs nothing. */
  readonly cost?: Message;
  /** It is a convenience or a precaution: this image on this engine also boots and stops correctly without it. */
  readonly advice?: boolean;
  /** Those of `steps` that are the engine's default unless it is configured otherwise. */
  readonly defaults?: readonly SpecChange[];
  /** Other steps that achieve the same on this engine; each list is complete in itself. */
  readonly alternatives?: readonly (readonly SpecChange[])[];
  /** `privileged`, or a runtime that virtualizes the kernel's interfaces (Sysbox), also satisfies it. */
  readonly byPrivilege?: boolean;
}

/** The least-privilege way to start this image on this engine. */
export interface LaunchPlan {
  readonly image: ImageFacts;
  readonly facts: EngineFacts;
  readonly options: LaunchOptions;
  /** True if something that the cgroup recipe depends on was not specified, so Docker 28 on cgroup v2 is assumed. */
  readonly assumed: boolean;
  readonly requirements: readonly Requirement[];
  /** The container as a file defines it, if one does. `requirements` then contains only what it lacks. */
  readonly own?: OwnStart;
  /** The result of applying all requirements to `own`, or to an empty spec. */
  readonly spec: ContainerSpec;
  /** What no flag can change, and what the reader should know before the start. */
  readonly notes: readonly Message[];
  /** An alternative with the same result but a higher cost, if the first plan is not applicable (Docker below 28). */
  readonly alternative?: LaunchPlan;
}

/** No flags make this image boot on this engine. */
export interface Refusal {
  readonly refused: Message;
}
