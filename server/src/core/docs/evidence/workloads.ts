import type { EngineFacts } from "../../engine";
import type { Rule } from "../../lint/rule";
import { type Seen, seenText } from "./proofs";
import workloads from "./workloads.json";

/** How a service behaved with its launch plan, and without each item that the plan grants. */
export interface WorkloadProof {
  /** The service and its expected behavior: "nginx answers". */
  readonly workload: string;
  /** The rules whose pages list it. */
  readonly rules: readonly string[];
  /** Date of the boots, ISO 8601. */
  readonly date: string;
  readonly engine: EngineFacts["engine"];
  readonly version: string;
  readonly cgroupVersion: number;
  readonly systemd: number;
  readonly granted: WorkloadSeen;
  /** The results by capability or device that was left out. */
  readonly without: Readonly<Record<string, WorkloadSeen>>;
}

/** A boot and the response of the service. If it did not respond, `log` is the line of its journal that shows why. */
export interface WorkloadSeen extends Seen {
  readonly answer?: string;
}

/** The booted services that a rule mentions. */
export function workloadsOf(
  rule: Rule,
  // The keys of `without` differ between rows, so TypeScript infers them as properties that can be undefined.
  all: readonly WorkloadProof[] = workloads as unknown as readonly WorkloadProof[],
): WorkloadProof[] {
  return all.filter(({ rules }) => rules.includes(rule.id));
}

/** "with NET_ADMIN: running, stops with exit code 0, output `table inet filter`; without NET_ADMIN: degraded (…)" */
export function workloadText({ granted, without }: WorkloadProof): string {
  const needs = Object.keys(without);
  return [
    `${needs.length === 0 ? "" : `with ${needs.join(" and ")}: `}${shownText(granted)}`,
    ...needs.map((need) => `without ${need}: ${shownText(without[need] as WorkloadSeen)}`),
  ].join("; ");
}

function shownText(seen: WorkloadSeen): string {
  const { answer } = seen;
  return `${seenText(seen)}, ${answer === undefined ? "no output" : `output \`${answer}\``}`;
}
