import type { evidenceKind } from "../../core/docs/evidence/proofs";
import type { Severity } from "../../core/lint/rule";
import type { LaunchPlan } from "../../core/plan/types";
import type { Launch } from "../../core/project/plans";

/** A finding of `lint`: lines and columns count from 1, in UTF-16 units. */
export interface FindingRow {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly fixes: readonly { readonly title: string; readonly safe: boolean }[];
  readonly docs?: string;
}

/** A cause that `explain` tells. */
export interface CauseRow {
  readonly id: string;
  readonly line: string;
  readonly cause: string;
  readonly fix: string;
  readonly rule?: string;
  readonly docs?: string;
}

/** A rule of the catalogue. */
export interface RuleRow {
  readonly id: string;
  readonly title: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly evidence: ReturnType<typeof evidenceKind>;
  readonly docs: string;
}

/** What `plan` found. Values that look secret are shown on request only. */
export interface Planned {
  readonly launch: Launch;
  readonly plan: LaunchPlan;
  readonly secrets: boolean;
}

/** For each command, what its output is in a format: whole lines, with what files say made visible. */
export interface Renderers {
  readonly lint: (findings: readonly FindingRow[]) => string;
  readonly explain: (causes: readonly CauseRow[]) => string;
  readonly rules: (rules: readonly RuleRow[]) => string;
  readonly plan: (planned: Planned) => string;
}

/** An output format. A command offers the formats that have its function. */
export interface Format extends Partial<Renderers> {
  readonly name: string;
}
