import type { Argument, Message } from "../../server/src/core/base/message";

/** A message as its key, with its arguments behind: `fix.cgroup.host(what=cgroup: host)`. Its words may change. */
export function keyed({ key, args }: Message): string {
  const given = Object.entries(args).map(([name, value]) => `${name}=${keyedArgument(value)}`);
  return given.length === 0 ? key : `${key}(${given.join(", ")})`;
}

/** The same for an argument of a message. */
export function keyedArgument(value: Argument): string {
  if (typeof value === "string") return value;
  return "key" in value ? keyed(value) : `[${value.map(keyedArgument).join(", ")}]`;
}
