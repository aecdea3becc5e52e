/**
 * How a container is started, whichever surface sets it: the vocabulary that rules, the launch plan and every surface
 * (compose, docker command line, dev containers …) share. These are plain values; their positions in a file are in
 * `ContainerSource`.
 */
export interface ContainerSpec {
  /** The image reference as written, if one is named. */
  readonly image?: string;
  /** The container's own name. */
  readonly name?: string;
  readonly hostname?: string;
  /** Words that replace the image's CMD; if absent, that of the image is used. */
  readonly command?: Argv;
  /** Words that replace the image's ENTRYPOINT; an empty list resets it. If absent, that of the image is used. */
  readonly entrypoint?: Argv;
  /** An undefined value means that the variable is passed on from the shell. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly tmpfs: readonly Tmpfs[];
  readonly mounts: readonly Mount[];
  readonly cgroupNamespace?: "host" | "private";
  /** In the syntax of the engine, such as `writable-cgroups=true` or `seccomp=unconfined`. */
  readonly securityOptions: readonly string[];
  /** In upper case, without the `CAP_` prefix. */
  readonly capabilities: readonly string[];
  readonly devices: readonly string[];
  /** `[[ADDRESS:]PORT:]PORT[/PROTOCOL]` with the container's port last; ranges have the form `8000-8010`. */
  readonly ports: readonly string[];
  /** The limit in the syntax of engines: bytes, or a number with a unit that is a power of 1024 (`512m`, `2g`). */
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
  /** The OCI runtime, such as `sysbox-runc`. */
  readonly runtime?: string;
  /** Podman's `--systemd`: true (its default), false, always. */
  readonly systemd?: string;
  /**
   * Settings that do not matter to systemd and are kept as they are: keyed by the name of the flag of `docker run`
   * and `podman run`, with one value per occurrence. A flag without a value has an empty list.
   */
  readonly others?: Readonly<Record<string, readonly string[]>>;
}

/** The words of a command. A string that a surface does not pass to a shell is split into words. */
export interface Argv {
  readonly words: readonly string[];
  /** The script as one string, if the surface runs it with `sh -c`. */
  readonly shell?: string;
}

/** A tmpfs: its absolute path, and the mount options as written (`exec`, `mode=1777` …). */
export interface Tmpfs {
  readonly path: string;
  readonly options: readonly string[];
}

/** A bind mount or a volume. `source` is absent for an anonymous volume. */
export interface Mount {
  readonly type: "bind" | "volume";
  readonly source?: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** The value of `bind-recursive`, such as `writable`: submounts keep their own state. */
  readonly recursive?: string;
  /** Other options of the short form, as written: `z`, `rslave`, `nocopy`. */
  readonly options?: readonly string[];
}

/** An empty spec, for a container that is started without flags. */
export const bareSpec: ContainerSpec = {
  environment: {},
  tmpfs: [],
  mounts: [],
  securityOptions: [],
  capabilities: [],
  devices: [],
  ports: [],
};

/** The keys of a spec that have a single value. */
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

/** The keys of a spec that have a list. */
export type ListKey = "tmpfs" | "mounts" | "securityOptions" | "capabilities" | "devices" | "ports";

/** The keys of a spec that have a list, as values. */
export const listKeys = Object.keys(bareSpec).filter((key) => key !== "environment") as readonly ListKey[];

/**
 * One step from one spec to another. `drop` removes the item that is equal to `value`; `setEnv` adds or replaces a
 * variable. The launch plan produces steps, and each surface can write them in its own style.
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
 * The spec after the steps are applied. Adding an item that is already there or dropping one that is not changes
 * nothing. A mount or tmpfs replaces another one at the same path, since an engine allows only one per path.
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

/** The key that is unique in a list of a spec: the path for a mount or tmpfs, the value for anything else. */
export function identity(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  return "target" in item ? String(item.target) : "path" in item ? String(item.path) : JSON.stringify(item);
}

/** Whether two items are equal. Items are flat records or strings, so comparing their JSON is enough. */
export function sameItem(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
