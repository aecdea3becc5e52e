import { parseArgs } from "node:util";
import type { Target } from "../../core/engine";
import { readCgroups } from "../../core/lint/settings";
import { kinds } from "../../core/surfaces/files";
import { texts } from "../texts";

/** Thrown if the command line is not valid; the message is for the user. */
export class UsageError extends Error {}

/**
 * An option: a flag, one of several values, or any value, which the help text shows as `value`. If there are many
 * values to pick from, `word` is shown in their place. A `multiple` option can be given several times.
 */
export type Option =
  | { readonly type: "boolean" }
  | { readonly type: "string"; readonly choices: readonly string[]; readonly word?: string }
  | {
      readonly type: "string";
      readonly value: string;
      readonly multiple?: boolean;
      /** A one-letter alias. */
      readonly short?: string;
    };

/** Options by name, without the dashes. */
export type Options = Readonly<Record<string, Option>>;

/** The options that are given, with their values. */
export type Values<O extends Options> = {
  readonly [Name in keyof O]?: O[Name] extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : O[Name] extends { readonly type: "boolean" }
      ? boolean
      : O[Name] extends { readonly multiple: true }
        ? readonly string[]
        : string;
};

/** The arguments after the name of a command. */
export interface Arguments<O extends Options> {
  readonly values: Values<O>;
  readonly target: Target;
  readonly paths: readonly string[];
}

/** The kind of a named file, for when its name does not show it. */
export const kindOption = { type: "string", choices: kinds, word: "KIND" } as const satisfies Option;

/**
 * Describes the engine that runs the container. Every command has these options, except those that query an engine.
 */
export const targetOptions = {
  engine: { type: "string", choices: ["docker", "podman"] },
  "engine-version": { type: "string", value: "V" },
  cgroup: { type: "string", choices: ["1", "2", "hybrid"] },
  rootless: { type: "boolean" },
  "userns-remap": { type: "boolean" },
} as const satisfies Options;

/** What a command accepts: its own options and, unless `withoutTarget` is set, those of the target. */
interface Taken<O extends Options> {
  readonly options: O;
  readonly withoutTarget?: true;
}

/** Parses a command's own options, the target options, and the paths. Throws a `UsageError`. */
export function parse<O extends Options>(
  args: readonly string[],
  { options: own, withoutTarget }: Taken<O>,
): Arguments<O> {
  const options = withoutTarget ? own : { ...own, ...targetOptions };
  const { values, positionals } = parsed(args, options);
  if (positionals.includes("")) throw new UsageError(texts.emptyPath);
  for (const [name, option] of Object.entries<Option>(options)) {
    const value = values[name];
    if (!("choices" in option) || value === undefined || option.choices.includes(String(value))) continue;
    throw new UsageError(texts.oneOf(name, option.choices.join(", ")));
  }
  // Each value matches the type and allowed values of its option.
  const checked = values as Values<O> & Values<typeof targetOptions>;
  return { values: checked, target: withoutTarget ? undefined : targetOf(checked), paths: positionals };
}

function parsed(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** Numbers, plus the suffixes of distributions and release candidates: `28.5`, `20.10.24+dfsg1`, `4.9.4-rhel`. */
const versionPattern = /^\d{1,6}(\.\d{1,6}){0,3}([-+~][\w.+~-]{1,40})?$/;

/** The target that is specified. Any of its flags implies an engine, which is Docker unless another is named. */
function targetOf(values: Values<typeof targetOptions>): Target {
  const given = (Object.keys(targetOptions) as (keyof typeof targetOptions)[]).some(
    (name) => values[name] !== undefined,
  );
  if (!given) return undefined;
  const version = values["engine-version"];
  if (version !== undefined && !versionPattern.test(version)) {
    throw new UsageError(texts.version);
  }
  return {
    engine: values.engine ?? "docker",
    version,
    ...readCgroups(values.cgroup === "hybrid" ? "hybrid" : Number(values.cgroup)),
    rootless: values.rootless === true ? true : undefined,
    usernsRemap: values["userns-remap"] === true ? true : undefined,
  };
}
