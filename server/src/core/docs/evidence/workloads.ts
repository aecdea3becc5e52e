import type { EngineFacts } from "../../engine";
import type { Rule } from "../../lint/rule";
import { type Seen, seenText } from "./proofs";
import workloads from "./workloads.json";

/** How a service did under its launch plan, and without each thing that the plan grants it. */
export interface WorkloadProof {
  /** The service and what it is seen to do: "nginx answers". */
  readonly workload: string;
  /** The rules whose pages list it. */
  readonly rules: readonly string[];
  /** Day of the boots, ISO 8601. */
  readonly date: string;
  readonly engine: EngineFacts["engine"];
  readonly version: string;
  readonly cgroupVersion: number;
  readonly systemd: number;
  readonly granted: WorkloadSeen;
  /** By capability or device. */
  readonly without: Readonly<Record<string, WorkloadSeen>>;
}

/** A boot, and what the service answered; `log` is the line of its journal that shows why it did not. */
export interface WorkloadSeen extends Seen {
  readonly answer?: string;
}

/** The services that were booted and that a rule speaks of. */
export function workloadsOf(
  rule: Rule,
  // Rows differ in the keys of `without`, which TypeScript treats as properties that can be undefined.
  all: readonly WorkloadProof[] = workloads as unknown as readonly WorkloadProof[],
): WorkloadProof[] {
  return all.filter(({ rules }) => rules.includes(rule.id));
}

/** "with NET_ADMIN running, stops with exit 0, answers `table inet filter`; without NET_ADMIN degraded (…)" */
export function workloadText({ granted, without }: WorkloadProof): string {
  const needs = Object.keys(without);
  return [
    `${needs.length === 0 ? "" : `with ${needs.join(" and ")} `}${shownText(granted)}`,
    ...needs.map((need) => `without ${need} ${shownText(without[need] as WorkloadSeen)}`),
  ].join("; ");
}

function shownText(seen: WorkloadSeen): string {
  const { answer } = seen;
  return `${seenText(seen)}, ${answer === undefined ? "no answer" : `answers \`${answer}\``}`;
}
