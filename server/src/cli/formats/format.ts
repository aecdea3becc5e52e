import type { Grade } from "../../core/boot/grade";
import type { evidenceKind } from "../../core/docs/evidence/proofs";
import type { Found } from "../../core/least/search";
import type { Severity } from "../../core/lint/rule";
import type { LaunchPlan } from "../../core/plan/types";
import type { Launch } from "../../core/project/plans";
import type { bootTexts } from "../boot-texts";
import type { InspectResult } from "../inspect-result";
import type { leastStates } from "../least-texts";
import type { verifyTexts } from "../verify-texts";

/** A range in a file. Lines and columns count from 1, in UTF-16 units; the end is exclusive. */
export interface PlaceRow {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Replaces a range with text that has the line endings of the file. */
export interface EditRow extends PlaceRow {
  /** The same position as `line` and `column`, in UTF-16 units from 0. */
  readonly offset: number;
  readonly endOffset: number;
  readonly newText: string;
  /** The file does not exist yet. */
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
  /** The name of the rule's message, without the id of the rule; `args` fills in its placeholders. */
  readonly messageId: string;
  readonly args: Readonly<Record<string, string>>;
  /** How certain it is that systemd boots there, and why; absent if the finding does not depend on it. */
  readonly grade?: Grade;
  readonly evidence?: string;
  readonly fixes: readonly FixRow[];
}

/** What `lint` found in all the files that it read. */
export interface LintReport {
  readonly filesChecked: number;
  /** A directory was searched, so the command line alone does not show how many files there are. */
  readonly searched: boolean;
  readonly findings: readonly FindingRow[];
  /** How many findings were not printed. */
  readonly more: number;
}

/** Renders the output of `lint` in two parts: after each file, and at the end. */
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

/** A rule of the catalog. */
export interface RuleRow {
  readonly id: string;
  readonly title: string;
  readonly subject: string;
  readonly severity: Severity;
  readonly evidence: ReturnType<typeof evidenceKind>;
}

/** What `plan` found. Values that look like secrets are shown only on request. */
export interface Planned {
  readonly launch: Launch;
  readonly plan: LaunchPlan;
  readonly secrets: boolean;
  /** The URI of the directory that contains the file. */
  readonly folder: string;
}

/** A check of `boot`. Checks are listed in the order in which they ran. */
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
  /** What the check expects. */
  readonly expects: string;
  readonly passed: boolean;
  /** What the check found. */
  readonly found: string;
  /** The last lines of output, if they show why. */
  readonly lines: readonly string[];
}

/** A cause that `boot` reports, with the line to fix. */
export interface BootCause extends CauseRow {
  readonly file?: string;
  /** Counts from 1. */
  readonly fileLine?: number;
}

/** A unit that failed, or that was still starting when the time was up. */
export interface BootUnit {
  readonly unit: string;
  /** Why it failed, or what state it is in. */
  readonly why: string;
  /** The unit is allowed to fail. */
  readonly allowed: boolean;
  /** The last lines of its journal. */
  readonly journal: readonly string[];
  readonly causes: readonly BootCause[];
  /** The most likely place to fix; lines count from 1. */
  readonly file?: string;
  readonly fileLine?: number;
}

/** The result of a boot. Text from the container and the engine is not escaped. */
export interface BootRow {
  /** What was booted, as given on the command line. */
  readonly what: string;
  /** `Docker 28.5.2`, and its address; absent if no engine responded. */
  readonly engine?: string;
  readonly address?: string;
  /** The last known state. */
  readonly state: keyof (typeof bootTexts)["states"];
  /** What ended the run early. */
  readonly endedBy?: "interrupted" | "late";
  readonly asExpected: boolean;
  /** Seconds from the start of the container to that state. */
  readonly seconds?: number;
  /** The exit code of PID 1, if it exited. */
  readonly exitCode?: number;
  /** The first line of `systemctl --version`. */
  readonly systemd?: string;
  readonly checks: readonly BootCheck[];
  readonly causes: readonly BootCause[];
  readonly failed: readonly BootUnit[];
  readonly starting: readonly BootUnit[];
  /** How the container stopped, if it was stopped. */
  readonly stopped?: { readonly exitCode: number; readonly seconds: number };
  /** The last lines of the console or of the build, if the boot is not as expected. */
  readonly output: readonly string[];
  /** The container that is kept. */
  readonly kept?: string;
  /** Command lines that remove what was kept or could not be removed. */
  readonly removeBy: readonly string[];
}

/** The result of `boot --minimise`. Text from the container and the engine is not escaped. */
export interface LeastRow {
  /** What was booted, as given on the command line. */
  readonly what: string;
  readonly engine?: string;
  readonly address?: string;
  /** How the search ended, or how far it got. */
  readonly state: Found["state"] | keyof (typeof leastStates)["early"];
  readonly endedBy?: "interrupted" | "late";
  /** The result in English, one sentence each. */
  readonly says: readonly string[];
  /** Whether checks were specified; otherwise it is only known that the container boots. */
  readonly ownChecks: boolean;
  /** The smallest set that is known to be sufficient; absent if none is. */
  readonly grants?: readonly string[];
  /** For each grant that is needed: what fails without it, and the log line that shows it. */
  readonly needed: readonly { readonly grant: string; readonly what: string; readonly line: string }[];
  /** Grants in the set that were not left out in any boot. */
  readonly untried: readonly string[];
  /** Grants that were not booted because they were not allowed. */
  readonly refused: readonly string[];
  /** What fails if no set is known to be sufficient. */
  readonly failures: readonly { readonly what: string; readonly line: string }[];
  readonly boots: number;
  /** How long the search took. */
  readonly seconds?: number;
  /** How many sets had different results when they were booted again. */
  readonly mixed: number;
  /** The command that starts the container with the set. */
  readonly command: readonly string[];
  /** The change to the file as a unified diff, and whether it was written. */
  readonly diff?: string;
  readonly written?: boolean;
  /** Why the search did not begin. */
  readonly causes: readonly string[];
  /** The last lines of a failed build. */
  readonly output: readonly string[];
  readonly removeBy: readonly string[];
}

/** A problem that an image's systemd reports about a unit. */
export interface VerifyFinding {
  readonly unit: string;
  readonly message: string;
  /** The location in the project: a path relative to the working directory, and a line number that starts at 1. */
  readonly file?: string;
  readonly fileLine?: number;
  /** The location in the image. */
  readonly path?: string;
  readonly pathLine?: number;
}

/** The result of `verify`. */
export interface VerifyRow {
  /** The name as given on the command line. */
  readonly what: string;
  /** The name and version of the engine (`Docker 28.5.2`), and its address; absent if none responded. */
  readonly engine?: string;
  readonly address?: string;
  readonly state: keyof (typeof verifyTexts)["states"];
  /** Why the run ended early. */
  readonly endedBy?: "interrupted" | "late";
  /** The major version of the image's systemd. */
  readonly systemd?: number;
  /** Absolute paths in the image of the units to verify. */
  readonly units: readonly string[];
  readonly findings: readonly VerifyFinding[];
  /** Why the units were not verified. */
  readonly causes: readonly string[];
  /** The last lines of output of the build, or of systemd-analyze if it cannot run. */
  readonly output: readonly string[];
  /** Commands that remove what could not be removed automatically. */
  readonly removeBy: readonly string[];
}

/** For each command, how to render its output in a format: complete lines, with text from files escaped. */
export interface Renderers {
  readonly lint: LintRenderer;
  readonly explain: (causes: readonly CauseRow[]) => string;
  readonly rules: (rules: readonly RuleRow[]) => string;
  readonly plan: (planned: Planned) => string;
  readonly boot: (row: BootRow) => string;
  readonly least: (row: LeastRow) => string;
  readonly inspect: (result: InspectResult) => string;
  readonly verify: (row: VerifyRow) => string;
}

/** An output format. A command offers the formats that have a function for it. */
export interface Format extends Partial<Renderers> {
  readonly name: string;
  /** The parts of a plan that the format cannot express, as flags. */
  unsaid?(planned: Planned): readonly string[];
}
