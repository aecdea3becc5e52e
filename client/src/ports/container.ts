/** A container with this extension's label, or of a service that this extension started with Compose. */
export interface Container {
  readonly id: string;
  readonly name: string;
  /** The file that it was built or started from. */
  readonly uri?: string;
  /** The service, if Compose started the container. */
  readonly service?: string;
  readonly running: boolean;
  /** The state in the engine's terms: `running`, `paused`, `created`, `exited` … */
  readonly state?: string;
  /** The published TCP ports, if there are any. */
  readonly ports?: readonly { readonly inside: number; readonly port: number }[];
  /** The name of the image at the time when the container was created. */
  readonly image?: string;
  /** The engine's status text if the container is not running: `Exited (0) 2 minutes ago`. */
  readonly status?: string;
}

/** A change in a container that is being followed. */
export interface ContainerChange {
  readonly id: string;
  /** Whether it is starting, in which case the details of its previous boot are outdated. */
  readonly starts: boolean;
}

/** How a boot ended, and the state of the container. */
export interface BootReport extends ConsoleLog {
  /**
   * `maintenance`: rescue.target or emergency.target was reached. `starting`: systemd did not finish before the
   * timeout. `exited` and `frozen` are failed boots.
   */
  readonly state: "running" | "degraded" | "maintenance" | "starting" | "exited" | "frozen";
  /** Seconds from the start to this state; absent if the boot was not watched. */
  readonly seconds?: number;
  readonly exitCode?: number;
  /** The first line of `systemctl --version`. */
  readonly systemd?: string;
  /** The command line of PID 1. */
  readonly pid1?: string;
  /** The control group of PID 1, as seen inside the container. */
  readonly cgroup?: string;
  /** The type of container that systemd detects: `docker`, `podman`, `none` … */
  readonly virtualization?: string;
  readonly targets: readonly string[];
  readonly failed: readonly FailedUnit[];
  readonly mounts: readonly Mount[];
}

/** The console output of a container. */
export interface ConsoleLog {
  readonly log: string;
  /** If the output is too long, the offset at which its middle was cut out, and the number of characters removed. */
  readonly omitted?: { readonly at: number; readonly characters: number };
}

export interface FailedUnit {
  readonly unit: string;
  readonly ended?: UnitResult;
  readonly journal: readonly string[];
}

/** How a unit ended, from `systemctl show`. */
export interface UnitResult {
  /** The property `Result`: `exit-code`, `signal`, `timeout` … */
  readonly result: string;
  /** How the main process ended: 1 exited, 2 killed by a signal, 3 killed with a core dump. */
  readonly code?: number;
  /** The exit code or signal number. */
  readonly status?: number;
}

export interface Mount {
  readonly path: string;
  readonly type: string;
  readonly options: string;
}
