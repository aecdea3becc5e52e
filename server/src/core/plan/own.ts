import { type Message, message } from "../base/message";
import { flagGroups, words } from "../container/flags";
import { isSecretName } from "../container/secrets";
import { applySteps, bareSpec, type ContainerSpec } from "../container/spec";
import type { LaunchPlan } from "./types";

export const ownSettings: Message = message("parts.own", "The service's own settings.");

/**
 * The flags of a command, and the words after its image, that come from the service itself rather than from the
 * requirements.
 */
export function ownWords(
  { requirements }: LaunchPlan,
  groups: readonly (readonly string[])[],
  behind: readonly string[],
): string[] {
  const added = requirements.map(({ steps }) => applySteps(bareSpec, steps));
  const flagsAdded = new Set(added.flatMap(flagGroups).map((group) => group.join("\0")));
  const wordsAdded = added.some((spec) => words(spec).length > 0);
  return [
    ...groups.filter((group) => !flagsAdded.has(group.join("\0"))).flat(),
    ...(wordsAdded ? [] : behind),
  ];
}

/**
 * The option in a word if its value is a secret. `value` comes from `--option=value`; if undefined, the next word is
 * the value.
 */
function secretOption(word: string): { readonly option: string; readonly value?: string } | undefined {
  if (!word.startsWith("-")) return undefined;
  const equals = word.indexOf("=");
  const option = equals === -1 ? word : word.slice(0, equals);
  if (!isSecretName(option)) return undefined;
  return equals === -1 ? { option } : { option, value: word.slice(equals + 1) };
}

/**
 * The spec in a form that can be shown. Variables that the service itself sets are listed only by name, so their
 * values come from the shell, and the value of an option such as `--admin-password` is hidden.
 */
export function withoutSecrets({ own, spec: whole, requirements }: LaunchPlan): ContainerSpec {
  if (!own) return whole;
  const spec = own.hidden
    ? applySteps(
        own.hidden.spec,
        requirements.flatMap(({ steps }) => steps),
      )
    : whole;
  const environment = Object.entries(whole.environment).map(([name, value]) => [
    name,
    value === own.spec.environment[name] ? undefined : value,
  ]);
  return {
    ...spec,
    environment: Object.fromEntries(environment),
    ...(spec.command && { command: { ...spec.command, words: hidden(spec.command.words) } }),
    ...(spec.entrypoint && { entrypoint: { ...spec.entrypoint, words: hidden(spec.entrypoint.words) } }),
  };
}

/**
 * Like `withoutSecrets`, but for a format that cannot pass on variables from a shell: each value is shown as `***`.
 */
export function masked(plan: LaunchPlan): ContainerSpec {
  const spec = withoutSecrets(plan);
  const environment = Object.entries(spec.environment).map(([name, value]) => [
    name,
    value === undefined && plan.spec.environment[name] !== undefined ? "***" : value,
  ]);
  return { ...spec, environment: Object.fromEntries(environment) };
}

function hidden(all: readonly string[]): string[] {
  return all.map((word, index) => {
    const own = secretOption(word);
    if (own?.value !== undefined) return `${own.option}=***`;
    const before = secretOption(all[index - 1] ?? "");
    return before && before.value === undefined && !word.startsWith("-") ? "***" : word;
  });
}

/** The names of what is hidden in a service: variables with a value, and options with a secret. */
export function hiddenNames({ own, spec }: LaunchPlan): string[] {
  if (!own) return [];
  const variables = Object.entries(own.spec.environment).flatMap(([name, value]) =>
    value !== undefined && spec.environment[name] === value ? [name] : [],
  );
  const all = [...(spec.entrypoint?.words ?? []), ...(spec.command?.words ?? [])];
  const options = all.flatMap((word) => secretOption(word)?.option ?? []);
  return [...variables, ...(own.hidden?.names ?? []), ...options];
}
