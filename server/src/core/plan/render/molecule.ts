import { flags, words } from "../../container/flags";
import { bareSpec, type ContainerSpec } from "../../container/spec";
import type { EngineFacts } from "../../engine";
import type { Dialect } from "../../surfaces/compose/dialect";
import { escapeDollars } from "../../surfaces/compose/interpolate";
import { serviceOf } from "../../surfaces/compose/render";
import { docker, podman } from "../../surfaces/molecule/dialects";
import { pairLines, type Value } from "../../yaml/write";
import { podmanRun } from "./arguments";
import { literalRun, type Rendered, unsaidOf } from "./rendered";

/** The start of a template, which Ansible replaces with a value. */
const templates = /\{[{%#]/;

/** The restart policies that the modules of the drivers accept. */
const policies = /^(no|on-failure|always|unless-stopped)$/;

/**
 * A `molecule.yml` with one platform that starts the given container, for the driver of the given engine. Reading it
 * returns the same spec, except for what `unsaid` lists. With the Podman driver, settings without a key are passed as
 * extra options.
 */
export function renderMolecule(
  run: ContainerSpec,
  reference: string,
  name: string,
  engine: EngineFacts["engine"],
): Rendered {
  const wanted = engine === "podman" ? { ...podmanRun(run), systemd: run.systemd ?? "always" } : run;
  const known = literalRun(wanted, templates);
  const { keys, said } = engine === "podman" ? podmanKeys(known) : dockerKeys(known);
  const { image: _, ...settings } = keys;
  const platform = {
    name: escapeDollars(known.name ?? name),
    image: escapeDollars(reference),
    pre_build_image: true,
    ...settings,
    // Without this key and without a command, the drivers start a loop.
    ...(settings.command === undefined && { override_command: false }),
  };
  const indent = { keys: 2, dashes: 2 };
  const lines = [
    ...pairLines("driver", { name: engine }, 0, indent),
    ...pairLines("platforms", [platform], 0, indent),
  ];
  return { text: `${lines.join("\n")}\n`, unsaid: unsaidOf(wanted, said), notes: [] };
}

interface Platform {
  readonly keys: Readonly<Record<string, Value>>;
  readonly said: ContainerSpec;
}

function dockerKeys(run: ContainerSpec): Platform {
  // A platform has no key for the entrypoint, without which the command would mean something else.
  const { command, ...rest } = sayable(run, docker);
  const said = { ...rest, ...(command && command.words.length > 0 && !run.entrypoint && { command }) };
  return { keys: serviceOf({ ...said, name: undefined }, docker), said };
}

function podmanKeys(run: ContainerSpec): Platform {
  const { name: _, command: __, ...named } = sayable(run, podman);
  const others = flags(restOf({ ...run, name: undefined, command: undefined }, named));
  const behind = words(run);
  const keys = serviceOf({ ...named, ...(behind.length > 0 && { command: { words: behind } }) }, podman);
  return {
    keys: { ...keys, ...(others.length > 0 && { extra_opts: others.map(escapeDollars) }) },
    said: run,
  };
}

/** The settings of a container for which a platform has keys. */
function sayable(run: ContainerSpec, { singles, lists }: Dialect): ContainerSpec {
  const keys = ["name", ...Object.keys(singles), ...Object.keys(lists)] as (keyof ContainerSpec)[];
  const { restart, ...said } = Object.fromEntries(
    keys.map((key) => [key, run[key]]),
  ) as Partial<ContainerSpec>;
  const environment = Object.entries(run.environment).filter(([, value]) => value !== undefined);
  return {
    ...bareSpec,
    ...said,
    ...(restart !== undefined && policies.test(restart) && { restart }),
    environment: Object.fromEntries(environment),
  };
}

/** The settings of `run` that are missing from `said`, which contains some of them. */
function restOf(run: ContainerSpec, said: ContainerSpec): ContainerSpec {
  const isSaid = (key: string) => {
    const value = said[key as keyof ContainerSpec];
    return Array.isArray(value) ? value.length > 0 : value !== undefined;
  };
  const rest = Object.entries(run).filter(([key]) => !isSaid(key));
  const environment = Object.entries(run.environment).filter(([name]) => !(name in said.environment));
  return { ...bareSpec, ...Object.fromEntries(rest), environment: Object.fromEntries(environment) };
}
