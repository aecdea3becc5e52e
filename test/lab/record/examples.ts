import { digestOf } from "../prove/digest";
import { allCases, type Case } from "../prove/prove";

/** The engines whose logs are recorded. */
export const recordedEngines = ["docker@28/v2", "docker@28/v1", "podman@5/v2"] as const;

/** An example that is booted with its fault, and the engine that it is booted on. */
export interface RecordedCase extends Pick<Case, "rule" | "example"> {
  readonly cell: string;
}

/** Every example that claims a boot, once for each recorded engine that the claim is about. */
export function recordedCases(): RecordedCase[] {
  return recordedEngines.flatMap((cell) =>
    allCases().flatMap(({ rule, example, cells }) => (cells.includes(cell) ? [{ rule, example, cell }] : [])),
  );
}

/**
 * Whether a record still applies to that case: it does if only the caption has changed, but not if the content has.
 */
export function isOf(
  record: { readonly rule: string; readonly digest: string; readonly engine: string },
  { rule, example, cell }: RecordedCase,
): boolean {
  return record.rule === rule.id && record.engine === cell && record.digest === digestOf(example);
}
