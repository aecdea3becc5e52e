import { planMethod } from "../../server/src/protocol";

/**
 * A message of the protocol's trace, with anything that must not be logged removed. The messages of plans contain the
 * variables of launch configurations, some of which are secrets. Only their first line is kept, which shows the
 * request and how long it took.
 */
export function writableTrace(message: string): string {
  const [first = "", ...rest] = message.split("\n");
  if (rest.length === 0 || !first.includes(`'${planMethod} - `)) return message;
  return `${first}\n(omitted: it can contain secrets)`;
}
