import type { UnitResult } from "../../ports/container";

/** Parses what `systemctl show` prints about a unit or about systemd: one `KEY=VALUE` per line. */
export function readProperties(block: string): ReadonlyMap<string, string> {
  return new Map(
    block.split("\n").map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)] as const;
    }),
  );
}

/** The properties that `unitResult` reads. */
export const resultProperties = "Result,ExecMainCode,ExecMainStatus";

/** How a unit ended, or undefined for units without a result. */
export function unitResult(values: ReadonlyMap<string, string>): UnitResult | undefined {
  const result = values.get("Result");
  return result
    ? { result, code: numberOf(values, "ExecMainCode"), status: numberOf(values, "ExecMainStatus") }
    : undefined;
}

export function numberOf(values: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = values.get(name);
  return text ? Number(text) : undefined;
}
