import { planMethod } from "../../server/src/protocol";

/**
 * A message of the protocol's trace as it may be written. Plans carry the values of a launch's variables, some of
 * which are secrets, so of them only the first line stays, which shows what was asked and how long it took.
 */
export function writableTrace(message: string): string {
  const [first = "", ...rest] = message.split("\n");
  if (rest.length === 0 || !first.includes(`'${planMethod} - `)) return message;
  return `${first}\n(omitted: it can contain secrets)`;
}
