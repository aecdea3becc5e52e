import type { ContainerSpec, ListKey } from "../../container/spec";
import { pairLines, type Value } from "../../yaml/write";
import { lists, singles } from "./fields";
import { escapeDollars } from "./interpolate";

/**
 * A compose file with one service that starts a run; it reads back as the run. Podman's `--systemd` has
 * no key in compose and is left out. A stage without a name, which has a number, is called `app`.
 */
export function renderCompose(spec: ContainerSpec, stage: string): string {
  return renderService(/^\d+$/.test(stage) ? "app" : stage, serviceOf(spec));
}

/** A compose file with one service. */
export function renderService(name: string, service: Readonly<Record<string, Value>>): string {
  const lines = pairLines("services", { [name]: service }, 0, { keys: 2, dashes: 2 });
  return `${lines.join("\n")}\n`;
}

/** The keys of a service that starts a run. */
export function serviceOf(spec: ContainerSpec): Record<string, Value> {
  const service: Record<string, Value> = {};
  for (const key of Object.keys(singles) as (keyof typeof singles)[]) {
    const value = writeSingle(key, spec[key]);
    if (value !== undefined) service[singles[key].name] = value;
  }
  const environment = Object.entries(spec.environment);
  if (environment.length > 0) {
    service.environment = Object.fromEntries(
      environment.map(([name, value]) => [name, writeVariable(value)]),
    );
  }
  for (const key of Object.keys(lists) as ListKey[]) {
    const items = spec[key].map((item) => writeItem(key, item));
    if (items.length > 0) service[lists[key].name] = items;
  }
  return service;
}

/** The table's types tie key and value together, which a variable key forgets. */
export function writeSingle(key: keyof typeof singles, value: unknown): Value | undefined {
  return value === undefined ? undefined : (singles[key].write as (value: unknown) => Value)(value);
}

export function writeItem(key: ListKey, value: unknown): Value {
  return (lists[key].write as (value: unknown) => Value)(value);
}

export function writeVariable(value: string | undefined): Value {
  return value === undefined ? null : escapeDollars(value);
}
