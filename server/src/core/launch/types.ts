import type { EngineFacts } from "../facts";
import type { Message } from "../message";
import type { Run, RunStep } from "../run/run";

/** What the launch plan needs to know of the image. Everything may be unknown. */
export interface ImageFacts {
  /** The reference to run, or a placeholder name. */
  readonly reference: string;
  readonly systemd?: number;
  readonly family?: "debian" | "ubuntu" | "rpm" | "suse" | "arch" | "none";
  /** The argv systemd is started with, when the image does not start it by itself. */
  readonly command?: readonly string[];
  readonly containerEnv?: string;
  readonly stopSignal?: string;
  readonly volumes: readonly string[];
  /** The image puts content that run time needs below these paths, so a tmpfs would hide it. */
  readonly contentBelow: readonly string[];
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
  | "workload";

/** One thing a systemd container must be started with, and why. */
export interface Requirement {
  readonly id: RequirementId;
  /** What makes it true, applied to any run. */
  readonly steps: readonly RunStep[];
  readonly reason: Message;
  /** What it costs in isolation; absent when it costs nothing. */
  readonly cost?: Message;
}

/** The least-privilege way to start this image on this engine. */
export interface LaunchPlan {
  readonly image: ImageFacts;
  readonly facts: EngineFacts;
  /** True when nobody stated the engine, so that Docker 28 on cgroup 2 was assumed. */
  readonly assumed: boolean;
  readonly requirements: readonly Requirement[];
  /** All requirements applied to a bare run. */
  readonly run: Run;
  /** Another way to the same end, for engines that the first does not fit (older Docker). */
  readonly alternative?: LaunchPlan;
}

/** No flags make this image boot on this engine. */
export interface Refusal {
  readonly refused: Message;
}
