/**
 * Requests between the client and the language server beside LSP's own. Types and method names only:
 * the client holds no core code, so it asks the server for every plan, verdict and explanation.
 */

/** What the engine says of itself; the client sends it after every connection, null when there is none. */
export interface EngineFactsMessage {
  readonly engine: "docker" | "podman";
  readonly version?: string;
  readonly cgroupVersion?: 1 | 2;
  readonly rootless?: boolean;
  readonly usernsRemap?: boolean;
  readonly appArmor?: boolean;
  readonly seLinux?: boolean;
}

/** What an engine tells of itself beside that. */
export interface EngineDetailsMessage extends EngineFactsMessage {
  readonly apiVersion?: string;
  readonly cgroupDriver?: string;
  /** Containers get a cgroup namespace of their own unless they ask otherwise. */
  readonly privateCgroups?: boolean;
  /** `builtin`, `unconfined`, a path; absent where seccomp is off. */
  readonly seccomp?: string;
  readonly noNewPrivileges?: boolean;
  readonly initBinary?: string;
  readonly builder?: "buildkit" | "classic" | "buildah";
  readonly operatingSystem?: string;
  readonly kernel?: string;
}

/** Request client → server: what an engine means for containers that boot systemd. */
export const doctorMethod = "systemdContainers/doctor";
export interface DoctorParams {
  readonly engine: EngineDetailsMessage;
  /** The image that would prove it. */
  readonly reference: string;
}
export interface DoctorResult {
  /** `unsure`: nobody has measured it, or the engine tells too little; `costs`: it boots, at the price of isolation. */
  readonly verdict: "boots" | "unsure" | "costs" | "fails";
  readonly summary: string;
  readonly checks: readonly {
    readonly what: string;
    readonly value: string;
    readonly meaning: string;
    readonly level: "good" | "note" | "cost" | "bad";
  }[];
  /** The command that starts systemd there, and the reason of each part; empty where nothing makes it boot. */
  readonly command: string;
  readonly explain: readonly PartMessage[];
  /** What starts the image; absent where nothing makes it boot. */
  readonly start?: CreateRequestMessage;
}

/** `initializationOptions` of `initialize`. Another client than ours may leave each of them out. */
export interface ClientOptions {
  /** The client has our commands `turnRuleOff` and `showRule`. */
  readonly commands?: boolean;
  /** Settings, from a client that cannot be asked for them. */
  readonly settings?: unknown;
  /** False: the user does not trust the workspace, so nothing outside its folders is read. */
  readonly trusted?: boolean;
  /** The client wants `lintingMethod`. */
  readonly linting?: boolean;
  /** Files that a server did not come back from linting, as URIs. They are not linted until they change. */
  readonly stalled?: readonly string[];
}

/** Notification client → server: the user trusts the workspace from now on. */
export const trustMethod = "systemdContainers/trust";

/** Request client → server: answered at once by a server that is not busy. */
export const pingMethod = "systemdContainers/ping";

/** Notification server → client: the file that is linted from now on, as a URI; null when it is none. */
export const lintingMethod = "systemdContainers/linting";

/** Notification client → server. */
export const engineFactsMethod = "systemdContainers/engineFacts";

/** Request client → server: how to start the image of a Dockerfile, a service of a compose file, or an inspected image. */
export const planMethod = "systemdContainers/plan";
export interface PlanParams {
  /** The file that says what is started; not needed for an image that was inspected. */
  readonly uri?: string;
  readonly image?: InspectedImageMessage;
  /** Stage of the Dockerfile, or service of the compose file. */
  readonly name?: string;
  /** The reference that will be run, unless a compose service names its own image. */
  readonly reference: string;
  readonly facts?: EngineFactsMessage;
  readonly options?: LaunchOptionsMessage;
}
/** What a person asks of a launch beside what systemd needs. */
export interface LaunchOptionsMessage {
  readonly name?: string;
  readonly hostname?: string;
  /** `512m`, `2g`. */
  readonly memory?: string;
  /** `[[ADDRESS:]PORT:]PORT[/PROTOCOL]`, or `exposed`: every port of EXPOSE, on a free port of the engine's machine alone. */
  readonly ports?: readonly string[];
  /** What is published in place of ports that are taken, a service's own among them; one after the other. */
  readonly replacePorts?: readonly { readonly taken: number; readonly free: number }[];
  /** `SOURCE:TARGET[:ro]`, with an absolute path or the name of a volume as source. */
  readonly volumes?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** systemd tells on the console all that it does. */
  readonly debug?: boolean;
}
/** What an engine tells of an image, and what was found in it without starting anything. */
export interface InspectedImageMessage {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
  readonly user?: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly string[];
  readonly stopSignal?: string;
  /** `80/tcp`. */
  readonly exposed: readonly string[];
  /** The programs that were looked for and are there, and where links lead in the end. */
  readonly programs: Readonly<Record<string, string>>;
  /** Major version of the systemd that is there. */
  readonly systemd?: number;
  /** `ID` and `ID_LIKE` of os-release. */
  readonly distribution: readonly string[];
  /** tmp.mount starts at boot. */
  readonly tmpMount?: boolean;
}
export interface PlanResult {
  /** Set when no flags make it boot; the other fields are then empty. */
  readonly refused?: string;
  /** What creates the container, or why the engine's API cannot, in words. */
  readonly create: CreateRequestMessage | { readonly refused: string };
  readonly docker: readonly string[];
  readonly podman: readonly string[];
  readonly compose: string;
  /** Of each rendering every part: what, why, what it costs. What no part can change comes last, as a note. */
  readonly explain: {
    readonly docker: readonly PartMessage[];
    readonly podman: readonly PartMessage[];
    readonly compose: readonly PartMessage[];
  };
  /** Ports from EXPOSE. */
  readonly ports: readonly string[];
  /** Whether systemd is known to be PID 1; false: the user is asked first. */
  readonly boots: "certain" | "likely" | "no";
  /** Stages of the Dockerfile, or services of the compose file: what `name` can be. */
  readonly stages: readonly string[];
  /** The build arguments of the Dockerfile, with the defaults that are written there. */
  readonly arguments: readonly { readonly name: string; readonly value?: string }[];
  /** What keeps the compose service from booting, in the words of its findings. */
  readonly errors: readonly string[];
}
/** What an engine creates a container by: one of its APIs, and the body that it takes, without a name. */
export interface CreateRequestMessage {
  /** Docker's `POST /containers/create`, or Podman's `POST /libpod/containers/create`. */
  readonly api: "docker" | "libpod";
  readonly body: Readonly<Record<string, unknown>>;
}
export interface PartMessage {
  readonly what: string;
  readonly why: string;
  readonly cost?: string;
}

/** Request client → server: what a log of a container or a build means, and why its units failed. */
export const explainMethod = "systemdContainers/explain";
export interface ExplainParams {
  readonly log: string;
  readonly exitCode?: number;
  readonly facts?: EngineFactsMessage;
  /** The file to blame lines of, if the container was started from one of the workspace. */
  readonly uri?: string;
  /** The stage of the Dockerfile or the service of the compose file that was started. */
  readonly name?: string;
  /** PID 1's control group as the container sees it. */
  readonly group?: string;
  /** The units that failed, where systemd runs. */
  readonly failed?: readonly FailedUnitMessage[];
}
export interface FailedUnitMessage {
  readonly unit: string;
  /** `Result=` of systemctl show: `exit-code`, `timeout` … */
  readonly result?: string;
  /** How the main process ended, in systemd's words: `203/EXEC`, `1/FAILURE`. */
  readonly status?: string;
  /** Its lines of the journal, the oldest first. */
  readonly journal: readonly string[];
}
export interface ExplainResult {
  /** First cause first; empty = unknown. What only one unit is about is with that unit. */
  readonly causes: readonly CauseMessage[];
  /** What is known of the units that failed, in their order. */
  readonly units: readonly UnitMessage[];
  /** How much was read, and how many lines are known. */
  readonly looked: { readonly lines: number; readonly known: number };
}
export interface CauseMessage {
  /** The line that tells it; empty where only the exit code does. */
  readonly line: string;
  readonly cause: string;
  readonly fix: string;
  /** The rule that finds the same fault in a file, and the address of its page. */
  readonly rule?: string;
  readonly docs?: string;
  /** Where the fix belongs, in whichever file of the project. */
  readonly place?: PlaceMessage;
}
export interface UnitMessage {
  readonly unit: string;
  /** Why it failed; empty = unknown. */
  readonly causes: readonly CauseMessage[];
  /** The likeliest line, and what stands there. */
  readonly place?: PlaceMessage;
  readonly says?: string;
}
/** A stretch of a file, 0-based UTF-16. */
export interface PlaceMessage {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
  readonly endLine: number;
  readonly endCharacter: number;
}

/** A file that is there, but over the limit of what is read. */
export interface TooLarge {
  readonly tooLarge: true;
}

/**
 * Requests server → client of the web worker, which has no disk: the text of a file (`TooLarge`, or null when
 * there is none), and the files of a folder that can be judged or start containers.
 */
export const readFileMethod = "systemdContainers/readFile";
export const findFilesMethod = "systemdContainers/findFiles";
