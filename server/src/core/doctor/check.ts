import { type Message, message } from "../base/message";

/** One property of an engine and what it means for systemd. */
export interface Check {
  readonly what: Message;
  /** As the engine reports it. */
  readonly value: string;
  readonly meaning: Message;
  /** `cost`: it works, but at a cost or only in part; `bad`: it prevents systemd from booting. */
  readonly level: "good" | "note" | "cost" | "bad";
}

export type Finding = Omit<Check, "what">;

export function finding(level: Check["level"], value: string, key: string, template: string): Finding {
  return { level, value, meaning: message(`doctor.${key}`, template) };
}

/** The value that is shown for a property that the engine does not report. */
export const unknown = "?";

export function yesNo(value: boolean | undefined): string {
  return value === undefined ? unknown : value ? "yes" : "no";
}
