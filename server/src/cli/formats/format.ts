import type { Grade } from "../../core/boot/grade";
import type { evidenceKind } from "../../core/docs/evidence/proofs";
import type { Severity } from "../../core/lint/rule";
import type { LaunchPlan } from "../../core/plan/types";
import type { Launch } from "../../core/project/plans";

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

/** For each command, what its output is in a format: whole lines, with what files say made visible. */
export interface Renderers {
  readonly lint: LintRenderer;
  readonly explain: (causes: readonly CauseRow[]) => string;
  readonly rules: (rules: readonly RuleRow[]) => string;
  readonly plan: (planned: Planned) => string;
}

/** An output format. A command offers the formats that have its function. */
export interface Format extends Partial<Renderers> {
  readonly name: string;
}
