/**
 * How a container is started, whatever surface sets it: the vocabulary that rules, the launch plan and
 * every surface (compose, docker command line, dev containers …) share. Plain values; their places
 * in a file are in `ContainerSource`.
 */
export interface ContainerSpec {
  /** Image reference as written, when one is named. */
  readonly image?: string;
  /** The container's own name. */
  readonly name?: string;
  readonly hostname?: string;
  /** Words that replace the image's CMD; absent keeps the image's. */
  readonly command?: Argv;
  /** Words that replace the image's ENTRYPOINT; an empty list resets it. Absent keeps the image's. */
  readonly entrypoint?: Argv;
  /** Values may be undefined: a name that is passed on from the shell. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly tmpfs: readonly Tmpfs[];
  readonly mounts: readonly Mount[];
  readonly cgroupNamespace?: "host" | "private";
  /** As the engine takes them, for instance `writable-cgroups=true`, `seccomp=unconfined`. */
  readonly securityOptions: readonly string[];
  /** Without the `CAP_` prefix, upper case. */
  readonly capabilities: readonly string[];
  readonly devices: readonly string[];
  /** `[[ADDRESS:]PORT:]PORT[/PROTOCOL]`, the container's port last; ranges as `8000-8010`. */
  readonly ports: readonly string[];
  /** The limit as engines take it: bytes, or with a unit of 1024 (`512m`, `2g`). */
  readonly memory?: string;
  readonly privileged?: boolean;
  readonly init?: boolean;
  readonly stopSignal?: string;
  /** Seconds between the stop signal and SIGKILL. */
  readonly stopGrace?: number;
  readonly tty?: boolean;
  readonly user?: string;
  /** `host`, or any other value. */
  readonly pid?: string;
  readonly network?: string;
  readonly restart?: string;
  readonly readOnly?: boolean;
  readonly usernsMode?: string;
  /** The OCI runtime, for instance `sysbox-runc`. */
  readonly runtime?: string;
  /** Podman's `--systemd`: true (its default), false, always. */
  readonly systemd?: string;
  /**
   * Settings that systemd does not depend on, which are carried over as they are: by the name of the flag of
   * `docker run` and `podman run`, with a value for each time it is given. A flag without a value has none.
   */
  readonly others?: Readonly<Record<string, readonly string[]>>;
}

/** Words of a command. A string that a surface passes to no shell is split; `shell` names the shell that would get it. */
export interface Argv {
  readonly words: readonly string[];
  /** Set when the surface runs it through `sh -c`: the script as one text. */
  readonly shell?: string;
}

/** A tmpfs: absolute path and the mount options as written (`exec`, `mode=1777` …). */
export interface Tmpfs {
  readonly path: string;
  readonly options: readonly string[];
}

/** A bind or volume. `source` is absent for an anonymous volume. */
export interface Mount {
  readonly type: "bind" | "volume";
  readonly source?: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** bind-recursive, for instance `writable`: sub-mounts keep their own state. */
  readonly recursive?: string;
  /** Other options of the short form, as written: `z`, `rslave`, `nocopy`. */
  readonly options?: readonly string[];
}

/** A run of nothing: what a container gets when no flag is given. */
export const bareSpec: ContainerSpec = {
  environment: {},
  tmpfs: [],
  mounts: [],
  securityOptions: [],
  capabilities: [],
  devices: [],
  ports: [],
};

/** The keys of a run with one value. */
export type ScalarKey =
  | "name"
  | "hostname"
  | "memory"
  | "privileged"
  | "init"
  | "stopSignal"
  | "stopGrace"
  | "tty"
  | "user"
  | "pid"
  | "network"
  | "restart"
  | "readOnly"
  | "cgroupNamespace"
  | "usernsMode"
  | "systemd"
  | "command"
  | "entrypoint";

/** The keys of a run with a list. */
export type ListKey = "tmpfs" | "mounts" | "securityOptions" | "capabilities" | "devices" | "ports";

/** The keys of a run with a list. */
export const listKeys = Object.keys(bareSpec).filter((key) => key !== "environment") as readonly ListKey[];

/**
 * One step from a run to another. `drop` removes the equal item; `setEnv` adds or replaces a variable.
 * Steps are what the launch plan asks for and what a surface knows how to write in its own style.
 */
export type SpecChange =
  | { readonly do: "set"; readonly key: ScalarKey; readonly value: ContainerSpec[ScalarKey] }
  | { readonly do: "unset"; readonly key: ScalarKey | ListKey }
  | {
      [K in ListKey]: {
        readonly do: "add" | "drop";
        readonly key: K;
        readonly value: ContainerSpec[K][number];
      };
    }[ListKey]
  | { readonly do: "setEnv"; readonly name: string; readonly value: string }
  | { readonly do: "unsetEnv"; readonly name: string };

/**
 * The run after the steps. Adding what is there, or dropping what is not, changes nothing; a mount or
 * tmpfs takes the place of another on its path, as an engine has one on each.
 */
export function applySteps(spec: ContainerSpec, steps: readonly SpecChange[]): ContainerSpec {
  return steps.reduce(applyStep, spec);
}

function applyStep(spec: ContainerSpec, step: SpecChange): ContainerSpec {
  switch (step.do) {
    case "set":
      return { ...spec, [step.key]: step.value };
    case "unset":
      return { ...spec, [step.key]: Array.isArray(bareSpec[step.key]) ? [] : undefined };
    case "setEnv":
      return { ...spec, environment: { ...spec.environment, [step.name]: step.value } };
    case "unsetEnv": {
      const { [step.name]: _, ...environment } = spec.environment;
      return { ...spec, environment };
    }
    case "add":
    case "drop": {
      const items = spec[step.key] as readonly unknown[];
      if (step.do === "drop")
        return { ...spec, [step.key]: items.filter((item) => !sameItem(item, step.value)) };
      if (items.some((item) => sameItem(item, step.value))) return spec;
      const others = items.filter((item) => identity(item) !== identity(step.value));
      return { ...spec, [step.key]: [...others, step.value] };
    }
  }
}

/** What a list of a run contains once: a mount or tmpfs by its path, anything else by its value. */
export function identity(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  return "target" in item ? String(item.target) : "path" in item ? String(item.path) : JSON.stringify(item);
}

/** Items are flat records or strings, so their JSON shows whether they are the same. */
export function sameItem(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
