/** An entry in an archive of an image's files. */
export interface ArchivedFile {
  /** Absolute, without a trailing slash. */
  readonly path: string;
  readonly type: "file" | "directory" | "link";
  /** The target of a link, as written. */
  readonly target?: string;
  /** In bytes. */
  readonly size: number;
  /** The content, if it was read. */
  readonly text?: string;
}

/** The facts from an image's files that decide how systemd boots from it. Paths are absolute. */
export interface SeenFiles {
  /** The programs that were looked for and found, each with the path that its links resolve to. */
  readonly programs: Readonly<Record<string, string>>;
  /** Major version of the installed systemd. */
  readonly systemd?: number;
  /** `ID` and `ID_LIKE` of os-release. */
  readonly distribution: readonly string[];
  /** Whether tmp.mount starts at boot; undefined without systemd. */
  readonly tmpMount?: boolean;
  /** `VERSION_ID` of os-release, or its code name: `12`, `sid`. */
  readonly release?: string;
  /** `PRETTY_NAME` of os-release. */
  readonly releaseName?: string;
  /** The target that default.target links to: `multi-user.target`. */
  readonly defaultTarget?: string;
  /** Units that links in /etc add to the wants or requires of a target. */
  readonly enabled: readonly string[];
  readonly masked: readonly string[];
  /** The names of all unit files, including masked units and links. */
  readonly units: readonly string[];
  /** Paths of drop-ins: `/etc/systemd/system/web.service.d/limits.conf`. */
  readonly dropIns: readonly string[];
  /** Paths of the files in directories where no package installs units: units, drop-ins and anything else. */
  readonly ownUnitFiles: readonly string[];
  /** Whether systemd-user-sessions.service is installed but no target starts it. */
  readonly deletedWants: boolean;
  /** How systemd interprets /etc/machine-id (machine-id(5)). */
  readonly machineId: "absent" | "empty" | "uninitialized" | "set";
  /** Whether /usr/sbin/policy-rc.d exists, which keeps packages from starting services. */
  readonly policy: boolean;
  /** The systemctl that a shell finds first, if it is not the one from systemd. */
  readonly systemctl?: ReplacedSystemctl;
  /** User names from /etc/passwd. */
  readonly users: readonly string[];
  /** The entrypoint, if it is a script, and the other scripts that were read, by path. */
  readonly scripts: Readonly<Record<string, string>>;
}

/** A program that replaces systemctl. */
export interface ReplacedSystemctl {
  readonly path: string;
  /**
   * `manager`: a program that starts units without systemd. `stub`: a program that does nothing unless systemd is
   * running.
   */
  readonly kind: "manager" | "stub";
}

/**
 * The paths of systemd and other inits on any distribution. The preferred path is first, because every engine
 * recognizes /sbin/init.
 */
export const initPaths = ["/sbin/init", "/usr/sbin/init", "/lib/systemd/systemd", "/usr/lib/systemd/systemd"];

/** The paths where a shell looks for systemctl, in search order. */
export const systemctlPaths = [
  "/usr/local/sbin",
  "/usr/local/bin",
  "/usr/sbin",
  "/usr/bin",
  "/sbin",
  "/bin",
].map((folder) => `${folder}/systemctl`);

/** The directories that contain units, by descending precedence. */
export const unitFolders = [
  "/etc/systemd/system",
  "/usr/local/lib/systemd/system",
  "/usr/lib/systemd/system",
  "/lib/systemd/system",
];

export const osReleasePaths = ["/etc/os-release", "/usr/lib/os-release"];
export const machineIdPath = "/etc/machine-id";
export const passwdPath = "/etc/passwd";
export const policyPath = "/usr/sbin/policy-rc.d";

/** Whether a path is that of the systemd program on any distribution. */
export function isSystemdProgram(path: string | undefined): boolean {
  return /\/systemd\/systemd$/.test(path ?? "");
}

/**
 * Reads the archives of an image's files. `programs` are the programs that exist, each with the final target of its
 * links. A file that is not in the archives counts as absent.
 */
export function readSeenFiles(
  archived: readonly ArchivedFile[],
  programs: Readonly<Record<string, string>>,
): SeenFiles {
  const files = new Map(archived.map((file) => [file.path, file]));
  const textOf = (path: string | undefined) => (path === undefined ? undefined : files.get(path)?.text);
  const binary = Object.values(programs).find(isSystemdProgram);
  const release = releaseOf(textOf(osReleasePaths.find((path) => textOf(path) !== undefined)) ?? "");
  const units = unitsOf(archived);
  return {
    programs,
    systemd: systemdVersion(textOf(binary) ?? ""),
    distribution: distributionOf(release),
    release: release.VERSION_ID ?? release.VERSION_CODENAME,
    releaseName: release.PRETTY_NAME,
    tmpMount: binary === undefined ? undefined : units.starts("local-fs.target", "tmp.mount"),
    defaultTarget: units.defaultTarget,
    enabled: units.enabled,
    masked: units.masked,
    units: units.names,
    dropIns: units.dropIns,
    ownUnitFiles: ownUnitFilesOf(archived),
    deletedWants:
      units.names.includes(sessions) && !units.starts("multi-user.target", sessions) && binary !== undefined,
    machineId: machineIdOf(files.get(machineIdPath)),
    policy: files.has(policyPath),
    systemctl: replacedSystemctl(programs, files),
    users: usersOf(textOf(passwdPath) ?? ""),
    scripts: scriptsOf(archived, programs),
  };
}

const sessions = "systemd-user-sessions.service";

/**
 * The version that the program reports, from the name of a library of the same version that it is linked to:
 * libsystemd-shared since systemd 231, libsystemd-core since 250. An older program contains its version as a string.
 */
function systemdVersion(binary: string): number | undefined {
  const found = /libsystemd-(?:shared|core)-(\d{3})/.exec(binary) ?? /\bsystemd (\d{3})\b/.exec(binary);
  return found ? Number(found[1]) : undefined;
}

/**
 * The variables of os-release(5), without quotes. Values with characters that do not occur in names or versions are
 * ignored.
 */
function releaseOf(text: string): Readonly<Record<string, string>> {
  const lines = text.split("\n").flatMap((line) => {
    const [, name = "", value = ""] = /^([A-Z_]+)=(.*)$/.exec(line.trim()) ?? [];
    const plain = value.replace(/^(["'])(.*)\1$/, "$2");
    const isValid = name === "PRETTY_NAME" || /^[\w.+~ -]{1,80}$/.test(plain);
    return isValid && plain !== "" ? [[name, plain] as const] : [];
  });
  return Object.fromEntries(lines);
}

/** `ID`, then the words of `ID_LIKE`. */
function distributionOf({ ID = "", ID_LIKE = "" }: Readonly<Record<string, string>>): string[] {
  return `${ID} ${ID_LIKE}`.split(/\s+/).filter((word) => word !== "");
}

/** The contents of the unit directories, interpreted as systemd does. */
function unitsOf(archived: readonly ArchivedFile[]) {
  const top = new Map<string, ArchivedFile & { readonly folder: string }>();
  const wanted: { readonly target: string; readonly unit: string; readonly folder: string }[] = [];
  const dropIns: string[] = [];
  for (const folder of unitFolders) {
    for (const file of archived) {
      if (!file.path.startsWith(`${folder}/`) || file.type === "directory") continue;
      const [name = "", inner, ...deeper] = file.path.slice(folder.length + 1).split("/");
      if (inner === undefined) {
        if (isUnit(name) && !top.has(name)) top.set(name, { ...file, folder });
      } else if (deeper.length === 0) {
        const target = /^(.+)\.(?:wants|requires)$/.exec(name)?.[1];
        if (target !== undefined && file.target !== "/dev/null") wanted.push({ target, unit: inner, folder });
        if (name.endsWith(".d") && inner.endsWith(".conf")) dropIns.push(file.path);
      }
    }
  }
  const all = [...top];
  const masked = all.filter(([, { target, type, size }]) =>
    type === "link" ? target === "/dev/null" : size === 0,
  );
  const isMasked = (unit: string) => masked.some(([name]) => name === unit);
  const [own] = unitFolders;
  const target = lastName(top.get("default.target")?.target) ?? "";
  const etc = wanted.filter(({ folder, unit }) => folder === own && !isMasked(unit));
  return {
    names: all.map(([name]) => name).sort(),
    masked: masked.map(([name]) => name).sort(),
    enabled: [...new Set(etc.map(({ unit }) => unit))].sort(),
    dropIns: dropIns.sort(),
    defaultTarget: isUnit(target) ? target : undefined,
    starts: (target: string, unit: string) =>
      !isMasked(unit) && wanted.some((each) => each.target === target && each.unit === unit),
  };
}

function ownUnitFilesOf(archived: readonly ArchivedFile[]): string[] {
  const own = unitFolders.slice(0, 2).map((folder) => `${folder}/`);
  return archived
    .filter(({ path, type }) => type === "file" && own.some((folder) => path.startsWith(folder)))
    .map(({ path }) => path)
    .sort();
}

function isUnit(name: string): boolean {
  return /^[\w@:.\\-]+\.(service|socket|target|timer|mount|automount|path|slice|swap|scope|device)$/.test(
    name,
  );
}

function lastName(path: string | undefined): string | undefined {
  return path?.slice(path.lastIndexOf("/") + 1);
}

function machineIdOf(file: ArchivedFile | undefined): SeenFiles["machineId"] {
  if (!file) return "absent";
  const text = file.text?.trim() ?? "";
  if (text === "") return "empty";
  return text === "uninitialized" ? "uninitialized" : "set";
}

/** The systemctl that a shell finds first, if it is a script or a link to another program. */
function replacedSystemctl(
  programs: Readonly<Record<string, string>>,
  files: ReadonlyMap<string, ArchivedFile>,
): ReplacedSystemctl | undefined {
  const path = systemctlPaths.find((each) => programs[each] !== undefined);
  const end = path && programs[path];
  if (!path || !end) return undefined;
  const text = files.get(end)?.text ?? "";
  const [shebang = ""] = text.split("\n", 1);
  if (!shebang.startsWith("#!")) return end.includes("systemctl") ? undefined : { path, kind: "stub" };
  if (shebang.includes("python")) return { path, kind: "manager" };
  return callsReal(text) ? undefined : { path, kind: "stub" };
}

/** Whether a script passes its arguments on to the real systemctl without checking what PID 1 is. */
function callsReal(script: string): boolean {
  return /\/bin\/systemctl\b/.test(script) && !/\/run\/systemd|\/proc\/1\b|\bps\b|\bpidof\b/.test(script);
}

function usersOf(passwd: string): string[] {
  return passwd.split("\n").flatMap((line) => /^([^:#\s]+):/.exec(line)?.[1] ?? []);
}

/** The scripts among the programs, if their content was read, by the path that was looked for. */
function scriptsOf(
  archived: readonly ArchivedFile[],
  programs: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const texts = new Map(archived.map(({ path, text }) => [path, text]));
  const found = Object.entries(programs).flatMap(([path, end]) => {
    const text = texts.get(end);
    return text?.startsWith("#!") && lastName(path) !== "systemctl" ? [[path, text] as const] : [];
  });
  return Object.fromEntries(found);
}
