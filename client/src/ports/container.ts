/** A container with the label of this extension. */
export interface Container {
  readonly id: string;
  readonly name: string;
  /** The file that it was built from, or started from. */
  readonly uri?: string;
  /** Of a container that Compose started: its service. */
  readonly service?: string;
  readonly running: boolean;
  /** In one word of the engine: `running`, `paused`, `created`, `exited` … */
  readonly state?: string;
  /** The TCP ports that are published, if any. */
  readonly ports?: readonly { readonly inside: number; readonly port: number }[];
  /** The image as it was named when the container was created. */
  readonly image?: string;
  /** Of a container that does not run, in the engine's words: `Exited (0) 2 minutes ago`. */
  readonly status?: string;
}

/** Something happened to a container of this extension. */
export interface ContainerChange {
  readonly id: string;
  /** It starts, so what was known of its boot is past. */
  readonly starts: boolean;
}

/** How a boot ended and what the container is like. */
export interface BootReport extends ConsoleLog {
  /**
   * `maintenance`: rescue.target or emergency.target was booted. `starting`: the time was up before systemd had finished.
   * `exited` and `frozen` are failed boots.
   */
  readonly state: "running" | "degraded" | "maintenance" | "starting" | "exited" | "frozen";
  /** Time from the start to this state, absent when the boot was not watched. */
  readonly seconds?: number;
  readonly exitCode?: number;
  /** First line of `systemctl --version`. */
  readonly systemd?: string;
  /** Command line of PID 1. */
  readonly pid1?: string;
  /** The control group of PID 1, as it sees it. */
  readonly cgroup?: string;
  /** What systemd takes the container for: `docker`, `podman`, `none` … */
  readonly virtualization?: string;
  readonly targets: readonly string[];
  readonly failed: readonly FailedUnit[];
  readonly mounts: readonly Mount[];
}

/** What a container wrote to its console. */
export interface ConsoleLog {
  readonly log: string;
  /** Of a long one the middle is missing: at this place, this many characters. */
  readonly omitted?: { readonly at: number; readonly characters: number };
}

export interface FailedUnit {
  readonly unit: string;
  readonly ended?: UnitResult;
  readonly journal: readonly string[];
}

/** What `systemctl show` reports of how a unit ended. */
export interface UnitResult {
  /** `Result=`: `exit-code`, `signal`, `timeout` … */
  readonly result: string;
  /** How the main process ended: 1 exited, 2 killed by a signal, 3 killed with a core dump. */
  readonly code?: number;
  /** Exit code or number of the signal. */
  readonly status?: number;
}

export interface Mount {
  readonly path: string;
  readonly type: string;
  readonly options: string;
}
