import { type Message, message } from "../base/message";
import { type Span, withoutTrailing } from "../base/text";
import { bootTarget, enabledBy } from "../boot/target";
import type { Instruction } from "../image/image";
import { type WrittenFile, writtenFiles } from "../image/written-files";
import { type Finding, rank } from "../lint/rule";
import { missing } from "../plan/missing";
import { needsOf } from "../plan/needs";
import { isPlan } from "../plan/plan";
import type { ContainerSubject, ImageSubject } from "../project/subject";
import { isDenied } from "./denied-directives";
import type { Cause } from "./explain";
import type { Scene } from "./scene";
import type { FailedUnit } from "./unit";

/** The line that causes a failure, and the reason. */
export interface Blame {
  readonly uri: string;
  readonly span: Span;
  /** A description of the line. */
  readonly says: Message;
}

/** The findings in a file of a scene that apply to the container. */
export interface LintedFile {
  readonly uri: string;
  readonly findings: readonly Finding[];
}

/**
 * The finding in any of the files that matches a cause: the most severe finding of the cause's rules. Among equally
 * severe ones, the most likely rule comes first.
 */
export function blameCause(
  { rules }: Pick<Cause, "rules">,
  files: readonly LintedFile[],
): { readonly uri: string; readonly finding: Finding } | undefined {
  const found = rules.flatMap((rule) =>
    files.flatMap(({ uri, findings }) =>
      findings.filter((finding) => finding.rule === rule).map((finding) => ({ uri, finding })),
    ),
  );
  const most = Math.min(...found.map(({ finding }) => rank(finding.ownSeverity)));
  return found.find(({ finding }) => rank(finding.ownSeverity) === most);
}

/** Causes that concern the boot target that the image selects. */
const ofTarget = ["target-not-loaded", "target-maintenance"];

/** The word that selects the boot target, if the cause concerns the target. */
export function blameTarget(
  { id }: Pick<Cause, "id">,
  { image }: Scene,
): Pick<Blame, "uri" | "span"> | undefined {
  if (!image || !ofTarget.includes(id)) return undefined;
  const span = bootTarget(image.image, image.boot.argv)?.span;
  return span && { uri: image.uri, span };
}

/** The directives that can lead to an exit status, according to systemd.exec(5), "Process Exit Codes". */
const directives: Readonly<Record<string, RegExp>> = {
  "200/CHDIR": /^WorkingDirectory$/,
  "201/NICE": /^Nice$/,
  "203/EXEC": /^Exec(Start|StartPre|StartPost|Condition|Reload)$/,
  "205/LIMITS": /^Limit\w+$/,
  "206/OOM_ADJUST": /^OOMScoreAdjust$/,
  "208/STDIN": /^(StandardInput|TTYPath)$/,
  "209/STDOUT": /^(StandardOutput|TTYPath)$/,
  "210/CHROOT": /^Root(Directory|Image)$/,
  "211/IOPRIO": /^IOScheduling(Class|Priority)$/,
  "214/SETSCHEDULER": /^CPUScheduling(Policy|Priority)$/,
  "216/GROUP": /^(Group|SupplementaryGroups|User)$/,
  "217/USER": /^(User|PrivateUsers)$/,
  "218/CAPABILITIES": /^(AmbientCapabilities|CapabilityBoundingSet)$/,
  "219/CGROUP": /^(Slice|Delegate)$/,
  "222/STDERR": /^StandardError$/,
  "224/PAM": /^PAMName$/,
  "225/NETWORK": /^(PrivateNetwork|NetworkNamespacePath)$/,
  "226/NAMESPACE":
    /^(DynamicUser|TemporaryFileSystem|BindPaths|BindReadOnlyPaths|Root(Directory|Image)|MountImages|Private\w+|Protect\w+|ReadOnlyPaths|ReadWritePaths|InaccessiblePaths|NoExecPaths|ExecPaths|LogNamespace)$/,
  "228/SECCOMP": /^SystemCall\w+$/,
  "233/RUNTIME_DIRECTORY": /^RuntimeDirectory$/,
  "238/STATE_DIRECTORY": /^StateDirectory$/,
  "239/CACHE_DIRECTORY": /^CacheDirectory$/,
  "240/LOGS_DIRECTORY": /^LogsDirectory$/,
  "241/CONFIGURATION_DIRECTORY": /^ConfigurationDirectory$/,
  "242/NUMA_POLICY": /^NUMA(Policy|Mask)$/,
  "243/CREDENTIALS": /^(LoadCredential|SetCredential|ImportCredential)(Encrypted)?$/,
};

/** The directive in a unit that matches its exit status; undefined if the files do not contain the unit. */
export function blameDirective(failed: FailedUnit, { image }: Scene): Blame | undefined {
  return image && inUnitFile(failed, image);
}

/** The service that does not meet a unit's needs; otherwise the line that installs or enables the unit. */
export function blameOrigin({ unit }: FailedUnit, { image, run }: Scene): Blame | undefined {
  return (run && inRun(unit, run)) ?? (image && inDockerfile(unit, image));
}

/** A service that starts a unit without the flags that the table of needs lists for it. */
function inRun(unit: string, { uri, source, plan }: ContainerSubject): Blame | undefined {
  if (!isPlan(plan)) return undefined;
  const requirement = plan.requirements.find(
    ({ id, reason }) => id === "workload" && reason.args.unit === unit,
  );
  const steps = requirement ? missing(source.spec, requirement) : [];
  if (steps.length === 0) return undefined;
  const what = steps.map((step) => source.toDisplay(step)).join(", ");
  return {
    uri,
    span: source.nameSpan,
    says: message("blame.need", "{unit} needs {what}, which this service does not set.", { unit, what }),
  };
}

/** A unit file or drop-in, and its location in the workspace. */
export interface UnitText {
  /** The absolute path in the image. */
  readonly path: string;
  readonly uri: string;
  readonly text: string;
  /** Where the unit begins in the file. */
  readonly offset: number;
}

function inUnitFile(failed: FailedUnit, image: ImageSubject): Blame | undefined {
  const named = failed.status === undefined ? undefined : directives[failed.status];
  if (!named) return undefined;
  // Later directives, including those in drop-ins, override earlier ones.
  const lines = unitTexts(failed.unit, image)
    .reverse()
    .flatMap((file) => readDirectives(file.text).map((directive) => ({ ...file, ...directive })))
    .filter(({ name, value }) => named.test(name) && value !== "");
  const { status = "" } = failed;
  // The unit's name at the start of its journal lines does not count.
  const journal = failed.journal.join("\n").replaceAll(failed.unit, "");
  const mentioned = lines.find(({ value }) => !isSwitch(value) && journal.includes(program(value)));
  const line = mentioned ?? lines.find((directive) => isDenied(status, directive)) ?? lines[0];
  if (!line) return undefined;
  const { uri, text, offset, span } = line;
  const args = { unit: failed.unit, line: text.slice(span.start, span.end) };
  return {
    uri,
    span: { start: offset + span.start, end: offset + span.end },
    says: message("blame.directive", "{unit} has the line `{line}`.", args),
  };
}

/** A value that could occur in any journal. */
function isSwitch(value: string): boolean {
  return /^(yes|no|true|false|on|off|strict|full|private|\d+)$/i.test(value);
}

/** The first word of a command line, without the prefixes described in systemd.service(5). */
function program(value: string): string {
  return value.replace(/^[-@:+!|]+/, "").split(/\s/)[0] ?? value;
}

interface Directive {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

function readDirectives(text: string): Directive[] {
  return [...text.matchAll(/^[ \t]*(\w+)[ \t]*=(.*)$/gm)].map((match) => {
    const [all, name = "", value = ""] = match;
    const start = match.index + (all.length - all.trimStart().length);
    const end = match.index + withoutTrailing(all, " \t\\").length;
    return { name, value: withoutTrailing(value, " \t\\").trimStart(), span: { start, end } };
  });
}

/** The known files of a unit in the order in which systemd reads them: the unit, then its drop-ins. */
export function unitTexts(unit: string, image: ImageSubject): UnitText[] {
  const files = unitFiles(unit, image);
  return [...files.filter(({ dropIn }) => !dropIn), ...files.filter(({ dropIn }) => dropIn)].flatMap(
    ({ path, source, text, span }): UnitText[] => {
      if (text === undefined) return [];
      if (source !== undefined) return [{ path, uri: image.fileUri(source), text, offset: 0 }];
      return span ? [{ path, uri: image.uri, text, offset: span.start }] : [];
    },
  );
}

/** A file that the image's build writes for a unit: the unit file itself or a drop-in. */
export type UnitFile = WrittenFile & { readonly dropIn: boolean };

/** The files that the image's build writes for a unit or its template. */
export function unitFiles(unit: string, image: ImageSubject): UnitFile[] {
  const names = [unit, unit.replace(/^([^@]*)@[^.]*\./, "$1@.")];
  const isOwn = (path: string) => names.some((name) => path.endsWith(`/systemd/system/${name}`));
  const isDropIn = (path: string) =>
    names.some((name) => path.includes(`/systemd/system/${name}.d/`)) ||
    path.includes(`/systemd/system/${unit.replace(/^.*\./, "")}.d/`);
  const direct = writtenFiles(image)
    .filter(({ path }) => isOwn(path) || isDropIn(path))
    .map((file) => ({ ...file, dropIn: isDropIn(file.path) }));
  return [...direct, ...inDirectories(names, image)];
}

/** Units that are copied as part of a directory: `COPY units/ /etc/systemd/system/`, `COPY rootfs /`. */
function inDirectories(names: readonly string[], image: ImageSubject): UnitFile[] {
  const places = ["etc", "usr/lib", "lib", "usr/local/lib"].map((root) => `/${root}/systemd/system/`);
  return image.image.copies.flatMap((copy) => {
    if (copy.fromStage !== undefined) return [];
    const destination = copy.destination.endsWith("/") ? copy.destination : `${copy.destination}/`;
    return copy.sources.flatMap((source) =>
      places.flatMap((place) =>
        names.flatMap((name): UnitFile[] => {
          if (!`${place}${name}`.startsWith(destination)) return [];
          const path = `${withoutTrailing(source, "/")}/${`${place}${name}`.slice(destination.length)}`;
          const text = image.readFile(path);
          if (text === undefined) return [];
          return [{ path: place + name, text, source: path, instruction: copy, dropIn: false }];
        }),
      ),
    );
  });
}

/** The line that installs the unit; otherwise the line that enables it. */
function inDockerfile(unit: string, image: ImageSubject): Blame | undefined {
  const file = unitFiles(unit, image)
    .filter(({ dropIn }) => !dropIn)
    .at(-1);
  const enabled = enabledBy(image.image).findLast((action) => action.unit === unit && action.span);
  const [need] = needsOf([unit]);
  if (need?.withheld && enabled?.span) return { uri: image.uri, span: enabled.span, says: need.reason };
  const copied = file && file.instruction.keyword !== "RUN" ? file.instruction : undefined;
  if (copied) return { uri: image.uri, span: lineOf(copied), says: comesFrom(unit) };
  if (enabled?.span)
    return {
      uri: image.uri,
      span: enabled.span,
      says: message("blame.enabled", "{unit} is enabled here.", { unit }),
    };
  return file && { uri: image.uri, span: file.instruction.keywordSpan, says: comesFrom(unit) };
}

function comesFrom(unit: string): Message {
  return message("blame.file", "{unit} is installed here.", { unit });
}

/** An instruction without the heredocs that follow it. */
export function lineOf({ keywordSpan, argumentsSpan }: Instruction): Span {
  return { start: keywordSpan.start, end: argumentsSpan.end };
}
