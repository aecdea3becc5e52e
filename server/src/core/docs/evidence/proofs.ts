import type { EngineFacts } from "../../engine";
import type { Outcome } from "../../lint/example";
import type { Rule } from "../../lint/rule";
import boots from "./boots.json";

/** How an example booted on an engine, before and after the fix. Written by `npm run lab:all`. */
export interface Proof {
  readonly rule: string;
  /** The caption of the example. */
  readonly example: string;
  /** Digest of the example as it was booted. If the example has changed since then, the proof no longer applies. */
  readonly digest: string;
  /** Date of the boot, ISO 8601. */
  readonly date: string;
  readonly engine: EngineFacts["engine"];
  readonly version: string;
  readonly cgroupVersion: number;
  /** The version of systemd that booted after the fix. */
  readonly systemd: number;
  readonly before: Seen;
  readonly after: Seen;
}

/** How one boot ended; `log` is the line that shows why. */
export interface Seen extends Outcome {
  /** Units that failed. */
  readonly failed?: readonly string[];
}

/**
 * The proofs of a rule's examples. The committed proofs match the current examples: a test fails if an example has
 * changed since its boot, so nothing is compared here and the bundles need not contain the examples.
 */
export function proofsOf(
  { id }: Pick<Rule, "id">,
  all: readonly Proof[] = boots as readonly Proof[],
): Proof[] {
  return all.filter(({ rule }) => rule === id);
}

/**
 * booted: an example was booted in its current form, before and after its fix · measured: boots confirmed what the
 * rule's evidence states · sourced: no engine in the lab has confirmed it.
 */
export function evidenceKind(rule: Rule): "booted" | "measured" | "sourced" {
  if (proofsOf(rule).length > 0) return "booted";
  return "measured" in rule.evidence ? "measured" : "sourced";
}

/** Where an example was booted: "Docker 28.5 · cgroup v2 · systemd 252". */
export function cellText({
  engine,
  version,
  cgroupVersion,
  systemd,
}: Pick<Proof, "engine" | "version" | "cgroupVersion" | "systemd">) {
  const short = version.split(".").slice(0, 2).join(".");
  const name = engine === "podman" ? "Podman" : "Docker";
  return `${name} ${short} · cgroup v${cgroupVersion} · systemd ${systemd}`;
}

/** "exits with code 255 (“…”) → running, stops with exit code 0" */
export function proofText({ before, after }: Proof): string {
  return `${seenText(before)} → ${seenText(after)}`;
}

/** "running, stops with exit code 0" */
export function seenText({ state, exitCode, log, stopCode, health, leaves = [], inactive = [], failed = [] }: Seen): string {
  const line = log === undefined ? "" : ` (\`${log.replaceAll("`", "'")}\`)`;
  switch (state) {
    case "exited":
      return `exits with code ${exitCode ?? "unknown"}${line}`;
    case "refused":
      return `rejected by the engine${line}`;
    case "build-fails":
      return `the build fails${line}`;
    case "frozen":
      return `frozen${line}`;
    default: {
      const shown = [
        failed.length > 0 ? `${state} (${failed.join(", ")})` : state,
        ...inactive.map((unit) => `${unit} inactive`),
        ...(health === undefined ? [] : [`reported ${health}`]),
        ...(stopCode === undefined ? [] : [stopText(stopCode)]),
        ...leaves.map((path) => `leaves ${path} on the host`),
      ];
      return shown.join(", ") + line;
    }
  }
}

function stopText(code: number): string {
  return code === 137 ? "killed when stopped (exit code 137)" : `stops with exit code ${code}`;
}
