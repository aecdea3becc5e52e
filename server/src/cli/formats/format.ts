import type { Grade } from "../../core/boot/grade";
import type { evidenceKind } from "../../core/docs/evidence/proofs";
import type { Severity } from "../../core/lint/rule";
import type { LaunchPlan } from "../../core/plan/types";
import type { Launch } from "../../core/project/plans";
import type { bootTexts } from "../boot-texts";
import type { verifyTexts } from "../verify-texts";

/** A place in a file. Lines and columns count from 1, in UTF-16 units; the end is exclusive. */
export interface PlaceRow {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Replaces a place by a text that has the line endings of its file. */
export interface EditRow extends PlaceRow {
  /** In UTF-16 units from 0, where the line and the column are. */
  readonly offset: number;
  readonly endOffset: number;
  readonly newText: string;
  /** The file is not there yet. */
  readonly create?: true;
}

export interface FixRow {
  readonly title: string;
  readonly safe: boolean;
  readonly edits: readonly EditRow[];
}

/** A finding of `lint`. */
export interface FindingRow extends PlaceRow {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  /** Which of the messages of the rule it is, without the id of the rule; `args` fills its places. */
  readonly messageId: string;
  readonly args: Readonly<Record<string, string>>;
  /** How certain it is that systemd boots there, and why; absent where the finding does not depend on it. */
  readonly grade?: Grade;
  readonly evidence?: string;
  readonly fixes: readonly FixRow[];
}

/** What `lint` found in all files that it read. */
export interface LintReport {
  readonly filesChecked: number;
  /** A directory was searched: how many files there are is not known from the command line. */
  readonly searched: boolean;
  readonly findings: readonly FindingRow[];
  /** So many of them were not printed. */
  readonly more: number;
}

/** The output of `lint`, in two parts: for each file when it is done, and at the end. */
export interface LintRenderer {
  /** Information and hints are printed only on request. */
  readonly brief?: true;
  readonly file: (findings: readonly FindingRow[], all: boolean) => string;
  readonly end: (report: LintReport) => string;
}

/** A cause that `explain` reports. */
export interface CauseRow {
  readonly id: string;
  readonly line: string;
  readonly cause: string;
  readonly fix: string;
  readonly rule?: string;
}

/** A rule of the catalogue. */
export interface RuleRow {
  readonly id: string;
  readonly title: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly evidence: ReturnType<typeof evidenceKind>;
}

/** What `plan` found. Values that look secret are shown on request only. */
export interface Planned {
  readonly launch: Launch;
  readonly plan: LaunchPlan;
  readonly secrets: boolean;
}

/** A check of `boot`, in the order in which they were made. */
export interface BootCheck {
  readonly id:
    | "build"
    | "boot"
    | "wait-unit"
    | "expect-active"
    | "failed-units"
    | "exec"
    | "stop"
    | "clean-up";
  /** What is expected. */
  readonly expects: string;
  readonly passed: boolean;
  /** What it is. */
  readonly found: string;
  /** The last lines of what was written, where that shows why. */
  readonly lines: readonly string[];
}

/** A cause that `boot` reports, and the line to fix. */
export interface BootCause extends CauseRow {
  readonly file?: string;
  /** From 1. */
  readonly fileLine?: number;
}

/** A unit that failed, or is still starting when the time is up. */
export interface BootUnit {
  readonly unit: string;
  /** Why it failed, or what it is at. */
  readonly why: string;
  /** Its failure was allowed. */
  readonly allowed: boolean;
  /** The last lines of its journal. */
  readonly journal: readonly string[];
  readonly causes: readonly BootCause[];
  /** The most likely line, from 1. */
  readonly file?: string;
  readonly fileLine?: number;
}

/** What came of a boot. Text of the container and the engine is as it came. */
export interface BootRow {
  /** What was booted, as the command line names it. */
  readonly what: string;
  /** `Docker 28.5.2`, and its address; absent where none answered. */
  readonly engine?: string;
  readonly address?: string;
  /** The last state that is known. */
  readonly state: keyof (typeof bootTexts)["states"];
  /** What ended it before its end. */
  readonly endedBy?: "interrupted" | "late";
  readonly asExpected: boolean;
  /** From the start of the container to that state. */
  readonly seconds?: number;
  /** Of PID 1, where it exited. */
  readonly exitCode?: number;
  /** First line of `systemctl --version`. */
  readonly systemd?: string;
  readonly checks: readonly BootCheck[];
  readonly causes: readonly BootCause[];
  readonly failed: readonly BootUnit[];
  readonly starting: readonly BootUnit[];
  /** How the container stopped, where it was stopped. */
  readonly stopped?: { readonly exitCode: number; readonly seconds: number };
  /** The last lines of the console or of the build, where it is not as expected. */
  readonly output: readonly string[];
  /** The container that is kept. */
  readonly kept?: string;
  /** Command lines that remove what is kept, or what could not be removed. */
  readonly removeBy: readonly string[];
}

/** What the systemd of an image reports of a unit. */
export interface VerifyFinding {
  readonly unit: string;
  readonly message: string;
  /** The place in the project, from the working directory; the line counts from 1. */
  readonly file?: string;
  readonly fileLine?: number;
  /** The place in the image. */
  readonly path?: string;
  readonly pathLine?: number;
}

/** What came of `verify`. */
export interface VerifyRow {
  /** As the command line names it. */
  readonly what: string;
  /** `Docker 28.5.2`, and its address; absent where none answered. */
  readonly engine?: string;
  readonly address?: string;
  readonly state: keyof (typeof verifyTexts)["states"];
  /** What ended it before its end. */
  readonly endedBy?: "interrupted" | "late";
  /** The major version of the image's systemd. */
  readonly systemd?: number;
  /** The units that were verified: absolute paths in the image. */
  readonly units: readonly string[];
  readonly findings: readonly VerifyFinding[];
  /** Why it is not verified. */
  readonly causes: readonly string[];
  /** Lines of the builder, or of systemd-analyze where it cannot run. */
  readonly output: readonly string[];
  /** Command lines that remove what could not be removed. */
  readonly removeBy: readonly string[];
}

/** For each command, what its output is in a format: whole lines, with what files say made visible. */
export interface Renderers {
  readonly lint: LintRenderer;
  readonly explain: (causes: readonly CauseRow[]) => string;
  readonly rules: (rules: readonly RuleRow[]) => string;
  readonly plan: (planned: Planned) => string;
  readonly boot: (row: BootRow) => string;
  readonly verify: (row: VerifyRow) => string;
}

/** An output format. A command offers the formats that have its function. */
export interface Format extends Partial<Renderers> {
  readonly name: string;
}
