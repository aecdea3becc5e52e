import type Docker from "dockerode";
import type { EngineDetails, EngineFacts } from "../../../../server/src/protocol";
import { request } from "../docker";

/** The parts of the responses to `GET /version`, `GET /info` and `GET /networks` that matter here. */
export interface EngineAnswers {
  readonly version: {
    readonly Version?: string;
    readonly ApiVersion?: string;
    readonly Os?: string;
    readonly Components?: readonly { readonly Name?: string; readonly Version?: string }[] | null;
  };
  readonly info: {
    readonly ID?: string;
    /** The host's name. */
    readonly Name?: string;
    readonly DockerRootDir?: string;
    readonly CgroupVersion?: string;
    readonly CgroupDriver?: string;
    readonly InitBinary?: string;
    readonly OperatingSystem?: string;
    readonly KernelVersion?: string;
    readonly SecurityOptions?: readonly string[] | null;
    readonly OSType?: string;
  };
  /** From `GET /networks`. */
  readonly networks: readonly { readonly Name?: string }[];
}

export interface EngineSelf {
  /** The name to display: `Docker 28.5.2`. */
  readonly name: string;
  /**
   * An ID that is the same for every address of this engine, so that the engine is recognized; undefined if the
   * engine reports too little.
   */
  readonly identity?: string;
  readonly facts: EngineFacts;
  readonly details: EngineDetails;
  /** Whether the engine builds with BuildKit over its API. Podman builds with Buildah, which supports heredocs. */
  readonly buildKit: boolean;
  /** Whether the engine runs Windows containers, which cannot run systemd. */
  readonly windows: boolean;
  /**
   * Whether there is a default network. Docker started with `--bridge=none` has none and rejects requests for one.
   */
  readonly bridge: boolean;
}

export async function askEngine(docker: Docker, signal?: AbortSignal): Promise<EngineSelf> {
  const get = <T>(path: string) => request<T>(docker, { method: "GET", path, signal });
  const [version, info, networks] = await Promise.all([
    get<EngineAnswers["version"]>("/version"),
    get<EngineAnswers["info"]>("/info"),
    get<EngineAnswers["networks"]>("/networks"),
  ]);
  return engineSelf({ version, info, networks });
}

/**
 * Derives the facts about an engine. Podman lists itself as a component in the response to Docker's `GET /version`,
 * with its version.
 */
export function engineSelf({ version, info, networks }: EngineAnswers): EngineSelf {
  const podman = version.Components?.find(({ Name }) => /podman/i.test(Name ?? ""));
  const options = (info.SecurityOptions ?? []).map((option) => /name=([^,]+)/.exec(option)?.[1] ?? option);
  const has = (name: string) => options.includes(name);
  const cgroup = /[12]/.exec(info.CgroupVersion ?? "")?.[0];
  const facts: EngineFacts = {
    engine: podman ? "podman" : "docker",
    version: podman?.Version ?? version.Version,
    cgroupVersion: cgroup === undefined ? undefined : cgroup === "2" ? 2 : 1,
    rootless: has("rootless"),
    usernsRemap: has("userns"),
    appArmor: has("apparmor"),
    seLinux: has("selinux"),
  };
  const buildKit = !podman && apiAtLeast(version.ApiVersion, 1, 39);
  const details: EngineDetails = {
    ...facts,
    apiVersion: version.ApiVersion,
    cgroupDriver: info.CgroupDriver || undefined,
    // Docker lists it if it is the default (`cgroupNamespacesEnabled` in moby's daemon/info_unix.go).
    privateCgroups: podman || !info.SecurityOptions ? undefined : has("cgroupns"),
    seccomp: has("seccomp") ? (seccompProfile(info.SecurityOptions ?? []) ?? "builtin") : undefined,
    noNewPrivileges: has("no-new-privileges"),
    initBinary: info.InitBinary,
    builder: podman ? "buildah" : buildKit ? "buildkit" : "classic",
    operatingSystem: info.OperatingSystem,
    kernel: info.KernelVersion,
  };
  const windows = (info.OSType ?? version.Os) === "windows";
  // Podman reports a new ID each time. Its rootful and rootless engines have different data directories.
  const identity = [podman ? "podman" : info.ID, info.Name, info.DockerRootDir];
  return {
    identity: identity.includes(undefined) ? undefined : identity.join(" "),
    name: [podman ? "Podman" : "Docker", facts.version].filter(Boolean).join(" "),
    facts,
    details,
    buildKit: buildKit && !windows,
    windows,
    bridge: podman !== undefined || networks.some(({ Name }) => Name === "bridge"),
  };
}

/** Parses `name=seccomp,profile=builtin`; Docker 20.10 and Podman report `default`. */
function seccompProfile(options: readonly string[]): string | undefined {
  return options.map((option) => /^name=seccomp,profile=(.+)$/.exec(option)?.[1]).find(Boolean);
}

function apiAtLeast(api: string | undefined, major: number, minor: number): boolean {
  const [has = 0, hasMinor = 0] = (api ?? "").split(".").map(Number);
  return has > major || (has === major && hasMinor >= minor);
}
