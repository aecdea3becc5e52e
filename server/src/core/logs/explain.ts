import { type Argument, type Message, message } from "../base/message";
import type { EngineFacts } from "../engine";
import { isPlan, plan } from "../plan/plan";
import { toDisplay } from "../plan/render/command";
import type { ImageFacts, LaunchPlan, RequirementId } from "../plan/types";
import { isRightSignal } from "../systemd/signal";
import { catalogue } from "./catalogue";
import { withEvidence } from "./evidence";
import { inOrder, isKernelLine, isMachine, readLines } from "./lines";
import type { Circumstances, Row } from "./row";
import { takeover } from "./rows/cgroups";
import { scopesOf } from "./scopes";
import { failureBefore, unrecognised } from "./unrecognised";

export interface LogToExplain extends Circumstances {
  /** The output of the container, the engine or the build. */
  readonly log: string;
  /** PID 1's control group as seen from inside the container. */
  readonly group?: string;
}

/** A cause of a failure and its fix. */
export interface Cause {
  /** The ID of the known line in the catalogue. */
  readonly id: string;
  /** The log line without terminal sequences; empty if the exit code is the only evidence. */
  readonly line: string;
  readonly cause: Message;
  readonly fix: Message;
  /**
   * The rule that finds the same problem in a file; undefined if the line alone does not identify it. `rules`
   * contains all candidates, the most likely first.
   */
  readonly rule?: string;
  readonly rules: readonly string[];
  /** What the container lacks, as `least/grants.ts` names it, if the line shows that. */
  readonly grants?: readonly string[];
}

/**
 * Explains a log: the causes in the order in which they happened, with those that ended PID 1 before other failures.
 * Follow-up lines are reported only if their cause is missing. An unknown cause is quoted without a fix. An empty
 * result means that nothing was recognized; causes are never guessed. Reads at most half a million characters.
 */
export function explainLog({ log, group, ...given }: LogToExplain): Cause[] {
  const all = readLines(log);
  if (isMachine(all)) return [];
  const lines = inOrder(all.filter((line) => !isKernelLine(line)));
  const known = withEvidence(lines, given);
  const silent = all.length === 0;
  const { found, isKnown } = match(lines, known);
  const firstAt = new Map(found.map(({ row, index }) => [row.id, index]));
  const isCause = ({ row: { kind, unless, unlessAfter }, index }: Hit) =>
    kind === "cause" &&
    !unless?.some((other) => firstAt.has(other)) &&
    !unlessAfter?.some((other) => (firstAt.get(other) ?? index) < index);
  const causes = found.filter(isCause);
  // In a private cgroup namespace, a group outside the container's tree appears as `/..`.
  if (group?.startsWith("/..") && !firstAt.has(takeover.id)) {
    causes.unshift({ row: takeover, line: "", index: 0, groups: {} });
  }
  const fatal = causes.filter(({ row }) => row.fatal);
  const others = causes.filter(({ row }) => !row.fatal);
  if (fatal.length > 0) return [...fatal, ...others].map((hit) => tell(hit, known));
  const followUps = found.filter(({ row }) => row.kind === "follow-up");
  if (causes.length === 0 && (followUps.length > 0 || silent)) {
    const refused = refusedCause(known);
    if (refused) return [refused];
  }
  const unknown = unrecognisedCause(lines, followUps, isKnown);
  if (unknown) return [unknown, ...others.map((hit) => tell(hit, known))];
  followUps.sort((a, b) => catalogue.indexOf(a.row) - catalogue.indexOf(b.row));
  // The other failures did not end PID 1, so they are listed after the one that did.
  const most = followUps.find(({ row }) => causes.length === 0 || row.fatal);
  const told = most ? [most, ...others] : others;
  if (told.length > 0) return told.map((hit) => tell(hit, known));
  return silent ? fromSilence(known) : fromExitCode(lines, known);
}

/** The line just before the one that reports that PID 1 failed, if it is not a known line. */
function unrecognisedCause(
  lines: readonly string[],
  followUps: readonly Hit[],
  isKnown: (index: number) => boolean,
): Cause | undefined {
  const ends = followUps.filter(({ row }) => row.fatal).map(({ index }) => index);
  const line = ends.length === 0 ? undefined : failureBefore(lines, Math.min(...ends), isKnown);
  if (line === undefined) return undefined;
  return {
    id: unrecognised,
    line,
    cause: message(
      "explain.unrecognised.cause",
      "PID 1 failed right after this line, which is the likely cause. The meaning of this line is unknown.",
    ),
    fix: message(
      "explain.unrecognised.fix",
      "Search the web for this line, not for the ones after it. The cause is unknown, so no option is suggested.",
    ),
    rules: [],
  };
}

interface Hit {
  readonly row: Row;
  readonly line: string;
  readonly index: number;
  readonly groups: Readonly<Record<string, string>>;
}

interface Matches {
  /** The rows that match at least one line. Each row appears once, with the first line that it matches. */
  readonly found: Hit[];
  /** Whether the line at an index matches a row. */
  readonly isKnown: (index: number) => boolean;
}

function match(lines: readonly string[], known: Circumstances): Matches {
  const rows = catalogue.filter(({ when }) => when?.(known) ?? true);
  const scopes = scopesOf(lines);
  const hits = new Map<string, Hit>();
  const explained = new Set<number>();
  for (const [index, line] of lines.entries()) {
    for (const row of rows) {
      if (row.scope && row.scope !== scopes[index]) continue;
      const found = row.line.exec(line);
      if (!found) continue;
      explained.add(index);
      if (!hits.has(row.id)) hits.set(row.id, { row, line, index, groups: groupsOf(found) });
      break;
    }
  }
  return { found: [...hits.values()], isKnown: (index) => explained.has(index) };
}

function groupsOf({ groups = {} }: RegExpExecArray): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, text]) => [name, text ?? ""]));
}

function tell({ row, line, groups }: Pick<Hit, "row" | "line" | "groups">, known: Circumstances): Cause {
  const { id, cause, fix, ambiguous, grants } = row;
  const rules = rulesFor(row, known);
  const args = { ...flagsFor(known), ...groups };
  return {
    id,
    line,
    cause: message(`explain.${id}.cause`, cause, args),
    fix: message(`explain.${id}.fix`, fix, args),
    rule: ambiguous || known.isLxc ? undefined : rules[0],
    rules,
    ...(grants && { grants }),
  };
}

/** Rules about settings that Podman provides automatically in systemd mode. */
const givenByPodman = new Set(["run-cgroup-writable", "run-tmpfs-run", "run-tmpfs-tmp"]);

function rulesFor({ rules = [] }: Pick<Row, "rules">, { facts }: Circumstances): readonly string[] {
  const isGiven = facts?.engine === "podman" && givenByPodman.has(rules[0] ?? "");
  return isGiven ? ["run-podman-systemd", ...rules] : rules;
}

const unknownImage: ImageFacts = { reference: "", volumes: [], needs: [] };

/** The flags of the launch plan by purpose, in the engine's syntax. */
function flagsFor({ facts, image, isLxc }: Circumstances): Record<string, Argument> {
  const assumed = planOf(undefined, undefined);
  const own = planOf(image, facts) ?? assumed;
  const of = (id: RequirementId) => flagsOf(own, id) ?? flagsOf(assumed, id) ?? "";
  const general = { env: of("container-env"), signal: of("stop-signal"), tty: of("tty") };
  if (isLxc) {
    const tmpfs = (path: string) => message("explain.flag.tmpfs", "a tmpfs on {path}", { path });
    const cgroup = message("explain.flag.nesting", "nesting (`security.nesting=true`, Proxmox: nesting=1)");
    return { ...general, cgroup, run: tmpfs("/run"), lock: tmpfs("/run/lock"), tmp: tmpfs("/tmp") };
  }
  if (facts?.engine === "podman") {
    // Podman sets up the rest in systemd mode.
    const always = "--systemd=always";
    return { ...general, cgroup: always, run: always, lock: always, tmp: always };
  }
  const older = own?.assumed ? flagsOf(own.alternative, "cgroup-writable") : undefined;
  const cgroup =
    flagsOf(own, "cgroup-writable") ??
    message("explain.flag.no-remap", "an engine that does not remap users");
  const lock = of("tmpfs-run-lock");
  return {
    ...general,
    cgroup: older
      ? message("explain.flag.older", "{cgroup} (before Docker 28: {older})", { cgroup, older })
      : cgroup,
    run: `${of("tmpfs-run")} ${lock}`,
    lock,
    tmp: of("tmpfs-tmp"),
  };
}

/** A plan with all flags. The image's own settings are ignored, because the container failed despite them. */
function planOf(image: ImageFacts | undefined, facts: EngineFacts | undefined): LaunchPlan | undefined {
  const bare = { ...unknownImage, volumes: image?.volumes ?? [] };
  const result = plan(bare, facts);
  return isPlan(result) ? result : undefined;
}

function flagsOf(planned: LaunchPlan | undefined, id: RequirementId): string | undefined {
  const requirement = planned?.requirements.find((candidate) => candidate.id === id);
  return requirement && toDisplay(requirement);
}

/** If the image cannot boot on this engine at all, that is the cause regardless of the log. */
function refusedCause({ facts, image, exitCode }: Circumstances): Cause | undefined {
  if (!facts || !image || !exitCode) return undefined;
  const result = plan(image, facts);
  if (isPlan(result)) return undefined;
  const fix = message(
    "explain.refused.fix",
    "Change the image or the host. No flags can make the image boot.",
  );
  const rule = "image-cgroup-version";
  return { id: "refused", line: "", cause: result.refused, fix, rule, rules: [rule] };
}

/** Lines that systemd writes during boot, in the wording of all versions. */
const bootLine = /running in system mode|Detected virtualization |Reached target |systemd\[1\]: /;
const stopLine =
  /Exiting container\.|Reached target .*(?:Shutdown|Power|Halt|Reboot)|(?:Halting|Powering off|Rebooting)/;

/** A cause that is not based on a log line. */
function withoutLine(
  row: Pick<Row, "id" | "cause" | "fix"> & { rules: readonly string[] },
  known: Circumstances,
): Cause {
  return tell({ row: { ...row, kind: "cause", line: /(?!)/, source: "" }, line: "", groups: {} }, known);
}

/** Why a container exited without writing a log. */
function fromSilence(known: Circumstances): Cause[] {
  if (known.exitCode !== 255) return [];
  const row = {
    id: "silent-end",
    cause: "PID 1 exited with a fatal error, but had no terminal to print it to.",
    fix: "Start the container again with {tty} and check the log.",
    // Outside systemd mode, Podman provides nothing that systemd needs.
    rules: known.facts?.engine === "podman" ? ["run-podman-systemd", "run-tty"] : ["run-tty"],
  };
  return [withoutLine(row, known)];
}

/**
 * The cause if the container was killed while it was running, unless the image is known to set the right stop signal.
 */
function fromExitCode(lines: readonly string[], known: Circumstances): Cause[] {
  if (known.exitCode !== 137) return [];
  if (known.image && isRightSignal(known.image.stopSignal ?? "SIGTERM")) return [];
  if (!lines.some((line) => bootLine.test(line)) || lines.some((line) => stopLine.test(line))) return [];
  const row = {
    id: "killed",
    cause:
      "The container was killed. If it was being stopped, systemd did not halt on the stop signal (SIGTERM by default), so the engine killed it after 10 seconds.",
    fix: "Start the container with {signal}, or set STOPSIGNAL in the image.",
    rules: ["image-stop-signal", "run-stop-signal"],
  };
  return [withoutLine(row, known)];
}
