import { message } from "../base/message";
import type { Problem } from "../base/problem";
import { recording, type Snapshot } from "../base/snapshot";
import { overlap } from "../base/text";
import type { BuildLinks } from "../project/links";
import type { ContainerSubject, ImageSubject } from "../project/subject";
import { type FileContext, type Subjects, subjectsOf } from "../project/subjects";
import { type FileText, kindOf, surfaceOf } from "../surfaces/files";
import type { Started, SurfaceFile } from "../surfaces/surface";
import { atMost, gradeOfSubject, saidAt, severityAt, shownGrade } from "./heard";
import { inOrder, unique } from "./merge-findings";
import { isTooLarge, notLinted } from "./not-linted";
import { bootingSystemd, imageKey } from "./queries/meant-run";
import { withRealSystemctl } from "./real-systemctl";
import type { Finding, Fix, Rule, Severity, Violation } from "./rule";
import { rules as allRules } from "./rules/index";
import { settled } from "./safety";
import type { Settings } from "./settings";
import { decideShared } from "./shared-fixes";
import { type Ignore, matchIgnores, readIgnores, takeIgnore } from "./suppress";

export interface LintInput extends FileText {
  readonly snapshot: Snapshot;
  readonly settings: Settings;
  /** How the file's tool starts it; absent if the file is linted as written. */
  readonly started?: Started;
  /** The links of the snapshot, if the caller already has them. */
  readonly links?: BuildLinks;
  /** Leaves out the fixes, which take longer to compute than the diagnostics. */
  readonly withoutFixes?: boolean;
  /** The URIs whose content the snapshot hides, so that results with and without them are cached separately. */
  readonly hidden?: readonly string[];
  /** Images, by `imageKey`, that containers of other parts of the file boot. */
  readonly booted?: readonly string[];
  /** All rules, unless a test passes others. */
  readonly rules?: readonly Rule[];
}

export interface LintResult {
  readonly findings: readonly Finding[];
  /** Syntax errors of the file. If there are any, findings have no fixes, because the file must not be edited. */
  readonly problems: readonly Problem[];
  /** Every URI that was requested. A change to any of them can change the findings. */
  readonly asked: ReadonlySet<string>;
  /** URIs that were requested but are not loaded. The caller loads them and lints again. */
  readonly missed: ReadonlySet<string>;
  /** The images, by `imageKey`, that containers of the file boot. */
  readonly booted: readonly string[];
  /** The images, by `imageKey`, of containers that are linted as if systemd booted in them. */
  readonly assumed: readonly string[];
  /** Rules that threw. Only their own findings are lost. */
  readonly failures: readonly Failure[];
}

/** Lints one file. Never throws; if a rule throws, the error becomes a failure in the result. */
export function lint(input: LintInput): LintResult {
  const { uri, text, settings, started, rules = allRules } = input;
  const kind = input.kind ?? kindOf(uri, text);
  if (kind !== "unknown" && isTooLarge(text)) return notLinted(text, "large");
  const record = recording(input.snapshot);
  const failures: Failure[] = [];
  const { snapshot } = record;
  const context = { uri, text, kind, started, snapshot, links: input.links, target: settings.target };
  const { file, images, containers } = subjectsIn(context, failures);
  const booted = containers.filter(({ boot }) => boot.boots !== "no").flatMap((one) => imageKey(one) ?? []);
  const everBooted = new Set([...booted, ...(input.booted ?? [])]);
  const booting = {
    images: images.filter(({ boot }) => boot.boots !== "no"),
    containers: containers.flatMap((container) => bootingSystemd(container, everBooted) ?? []),
  };
  const assumed = booting.containers
    .filter(({ isChanged }) => isChanged)
    .flatMap((one) => imageKey(one) ?? []);
  const active = rules.filter((rule) => settings.rules[rule.id] !== "off");
  const found = active
    .filter((rule) => !rule.off || settings.rules[rule.id] !== undefined)
    .flatMap((rule) => {
      const asked = rule.always ? { images, containers } : booting;
      if (rule.subject === "image") {
        const { check, checkContainer } = rule;
        return [
          ...findingsOf(rule, check, asked.images, input, failures),
          ...(checkContainer ? findingsOf(rule, checkContainer, asked.containers, input, failures) : []),
        ];
      }
      const { check, checkImage, lasting, pods } = rule;
      const runs = asked.containers.filter(
        ({ source }) => !(lasting && (source.forTest || source.inComment)) && (pods || !source.pod),
      );
      return [
        ...findingsOf(rule, check, runs, input, failures),
        ...(checkImage ? findingsOf(rule, checkImage, asked.images, input, failures) : []),
      ];
    });
  const known = readable(found, file, uri);
  const problems = file?.problems() ?? [];
  const editable = problems.length === 0;

  const comment = surfaceOf(kind)?.comment;
  const ignores = file && comment ? readIgnores(text, comment, file.regionAfter) : [];
  const { kept, unused } = suppress(
    editable ? known : known.map((finding) => ({ ...finding, fixes: [] })),
    ignores,
    new Set(active.map((rule) => rule.id)),
    rules,
  );
  const shown = unique(decideShared(kept)).map((finding) => withRefusals(finding, ignores, uri, text));
  const findings = inOrder([...shown, ...(editable ? unused : [])]);
  return { findings, problems, asked: record.asked, missed: record.missed, failures, booted, assumed };
}

/** Leaves out findings and fixes in lines that another program partly computes. */
function readable(found: readonly Finding[], file: SurfaceFile | undefined, uri: string): readonly Finding[] {
  if (!file?.isOpaque) return found;
  const isOpaque = file.isOpaque;
  const isKnown = ({ edits }: Fix) =>
    edits.every((edit) => (edit.uri ?? uri) !== uri || !isOpaque(edit.span));
  return found
    .filter(({ span }) => !isOpaque(span))
    .map((finding) => ({ ...finding, fixes: finding.fixes.filter(isKnown) }));
}

interface Failure {
  readonly rule: string;
  readonly error: unknown;
}

/** The subjects of a file; `containers` includes those that only appear in comments. */
function subjectsIn(context: FileContext, failures: Failure[]): Omit<Subjects, "remarked"> {
  try {
    const { file, images, containers, remarked } = subjectsOf(context);
    return { file, images, containers: [...containers, ...remarked] };
  } catch (error) {
    failures.push({ rule: "reading the file", error });
    return { file: undefined, images: [], containers: [] };
  }
}

/**
 * The findings of a rule in subjects of its kind. If the rule throws, findings that it already reported for that
 * subject are kept.
 */
function findingsOf<Subject extends ImageSubject | ContainerSubject>(
  rule: Pick<Rule, "id" | "severity" | "buildTime">,
  check: (subject: Subject) => Iterable<Violation>,
  subjects: readonly Subject[],
  { settings, withoutFixes = false }: LintInput,
  failures: Failure[],
): Finding[] {
  const found: Finding[] = [];
  for (const subject of subjects) {
    try {
      for (const report of check(subject)) {
        // An option that seems to be absent may be one of the unknown options.
        if ("source" in subject && subject.source.incomplete && report.span === subject.source.nameSpan)
          continue;
        const fixes = withoutFixes ? [] : fixesOf(report, subject);
        found.push(toFinding(rule, subject, report, settings.rules[rule.id], fixes));
      }
    } catch (error) {
      failures.push({ rule: rule.id, error });
    }
  }
  return found;
}

/**
 * Makes a fix a suggestion if it also edits lines that an ignore comment covers for the same rule, or if it
 * overwrites an ignore comment.
 */
function withRefusals(finding: Finding, ignores: readonly Ignore[], uri: string, text: string): Finding {
  if (ignores.length === 0) return finding;
  const regions = ignores
    .filter(({ rules }) => rules.some(({ id }) => id === finding.rule))
    .flatMap(({ region }) => region ?? []);
  const isRefused = (fix: Fix) => {
    const edits = fix.edits.filter((edit) => (edit.uri ?? uri) === uri);
    const isCovered = edits.some(({ span }) => regions.some((region) => overlap(span, region)));
    return isCovered || takeIgnore(text, ignores, edits);
  };
  return { ...finding, fixes: finding.fixes.map((fix) => (isRefused(fix) ? { ...fix, safe: false } : fix)) };
}

function toFinding(
  rule: Pick<Rule, "id" | "severity" | "buildTime">,
  subject: ImageSubject | ContainerSubject,
  report: Violation,
  override: Severity | "off" | undefined,
  fixes: readonly Fix[],
): Finding {
  const graded = rule.buildTime ? undefined : gradeOfSubject(subject);
  const shown = shownGrade(rule, subject);
  const isShown = "source" in subject && subject.source.shown;
  const graver = severityAt(report.severity ?? rule.severity, graded);
  const ownSeverity = isShown ? atMost("information", graver) : graver;
  return {
    rule: rule.id,
    span: report.span,
    subjects: ["source" in subject ? subject.source.name : subject.image.stage],
    severity: override && override !== "off" ? override : ownSeverity,
    ownSeverity,
    message: saidAt(report.message, graded),
    grade: shown?.grade,
    reason: shown?.reason,
    fixes,
    related: report.related ?? [],
  };
}

function fixesOf({ fixes = [] }: Violation, subject: ImageSubject | ContainerSubject): Fix[] {
  const image = "source" in subject ? subject.image?.image : subject.image;
  return (typeof fixes === "function" ? fixes() : fixes)
    .filter((fix) => fix !== undefined)
    .map((fix) => settled(withRealSystemctl(fix, image), subject));
}

/**
 * Leaves out findings that an ignore comment disables, and reports unused ignore comments. A comment for a rule that
 * is off is not reported, because it may be needed when the rule is on.
 */
function suppress(
  findings: readonly Finding[],
  ignores: readonly Ignore[],
  active: ReadonlySet<string>,
  known: readonly Rule[],
): { kept: Finding[]; unused: Finding[] } {
  const { silenced, used } = matchIgnores(findings, ignores);
  const kept = findings.filter((finding) => !silenced.has(finding));
  const unused: Finding[] = [];
  for (const { rules } of ignores) {
    for (const { id, span } of rules) {
      if (used.has(span)) continue;
      const exists = known.some((rule) => rule.id === id);
      if (exists && !active.has(id)) continue;
      unused.push({
        rule: "unused-ignore",
        span,
        subjects: [],
        severity: "hint",
        ownSeverity: "hint",
        message: exists
          ? message("unused-ignore.unused", "Unused ignore comment: {id} reports nothing here.", { id })
          : message("unused-ignore.unknown", "Unknown rule: {id}.", { id }),
        fixes: [],
        related: [],
      });
    }
  }
  return { kept, unused };
}
