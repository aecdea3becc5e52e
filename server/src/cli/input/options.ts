import { type ParseArgsConfig, parseArgs } from "node:util";
import type { EngineFacts, Target } from "../../core/engine";

/** The command line says something that cannot be meant; its message is for the user. */
export class UsageError extends Error {}

const targetOptions = {
  engine: { type: "string" },
  "engine-version": { type: "string" },
  cgroup: { type: "string" },
  rootless: { type: "boolean" },
  "userns-remap": { type: "boolean" },
} as const satisfies ParseArgsConfig["options"];

/** Parses a command's own options, those of the target, and its paths. */
export function parse(args: readonly string[], own: NonNullable<ParseArgsConfig["options"]>) {
  const { values, positionals } = parsed(args, { ...own, ...targetOptions });
  if (positionals.includes("")) throw new UsageError("A PATH is empty.");
  return { values: values as Readonly<Record<string, string | boolean | undefined>>, paths: positionals };
}

function parsed(args: readonly string[], options: NonNullable<ParseArgsConfig["options"]>) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** A value that must be one of a list; the first one is the default. */
export function oneOf<const T extends string>(
  name: string,
  value: unknown,
  allowed: readonly [T, ...T[]],
): T {
  if (value === undefined) return allowed[0];
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new UsageError(`--${name} takes one of: ${allowed.join(", ")}.`);
  return found;
}

/** Numbers, and what distributions and release candidates add: `28.5`, `20.10.24+dfsg1`, `4.9.4-rhel`. */
const versionPattern = /^\d{1,6}(\.\d{1,6}){0,3}([-+~][\w.+~-]{1,40})?$/;

/** The stated target; any of its flags states an engine, Docker unless another is named. */
export function targetOf(values: Readonly<Record<string, unknown>>): Target {
  const given = Object.keys(targetOptions).some((name) => values[name] !== undefined);
  if (!given) return undefined;
  const cgroup = values.cgroup === undefined ? undefined : oneOf("cgroup", values.cgroup, ["1", "2"]);
  const version = values["engine-version"];
  if (version !== undefined && !versionPattern.test(String(version))) {
    throw new UsageError("--engine-version takes a version such as 28, 20.10.24 or 5.4.0-rc1.");
  }
  const facts: EngineFacts = {
    engine: oneOf("engine", values.engine, ["docker", "podman"]),
    version: version === undefined ? undefined : String(version),
    cgroupVersion: cgroup === "1" ? 1 : cgroup === "2" ? 2 : undefined,
    rootless: values.rootless === true ? true : undefined,
    usernsRemap: values["userns-remap"] === true ? true : undefined,
  };
  return facts;
}
