import type { ContainerSpec, ListKey } from "../../container/spec";
import { pairLines, type Value } from "../../yaml/write";
import type { Dialect, SingleKey } from "./dialect";
import { compose } from "./fields";

/**
 * A compose file with one service that starts a container and also has the keys in `more`. Reading it returns the
 * same spec, except for Podman's `--systemd`, which has no key in compose. A stage that has a number instead of a
 * name is called `app`.
 */
export function renderCompose(
  spec: ContainerSpec,
  stage: string,
  more: Readonly<Record<string, Value>> = {},
): string {
  return renderService(/^\d+$/.test(stage) ? "app" : stage, { ...serviceOf(spec), ...more });
}

/** A compose file with one service. */
export function renderService(name: string, service: Readonly<Record<string, Value>>): string {
  const lines = pairLines("services", { [name]: service }, 0, { keys: 2, dashes: 2 });
  return `${lines.join("\n")}\n`;
}

/** The keys of a service that starts a container. Settings without a key in this dialect are left out. */
export function serviceOf(spec: ContainerSpec, dialect: Dialect = compose): Record<string, Value> {
  const service: Record<string, Value> = {};
  const { singles, lists } = dialect;
  for (const key of Object.keys(singles) as SingleKey[]) {
    const value = writeSingle(dialect, key, spec[key]);
    if (value !== undefined) service[singles[key]?.name ?? ""] = value;
  }
  const environment = Object.entries(spec.environment);
  if (environment.length > 0) {
    service[dialect.environment] = Object.fromEntries(
      environment.map(([name, value]) => [name, writeVariable(dialect, value)]),
    );
  }
  for (const key of Object.keys(lists) as ListKey[]) {
    const items = spec[key].flatMap((item) => writeItem(dialect, key, item) ?? []);
    if (items.length > 0) service[lists[key]?.name ?? ""] = items;
  }
  return service;
}

/** The table links each key to the type of its value, but TypeScript loses the link if the key is a variable. */
export function writeSingle({ singles }: Dialect, key: SingleKey, value: unknown): Value | undefined {
  const write = singles[key]?.write as ((value: unknown) => Value) | undefined;
  return value === undefined ? undefined : write?.(value);
}

export function writeItem({ lists }: Dialect, key: ListKey, value: unknown): Value | undefined {
  return (lists[key]?.write as ((value: unknown) => Value) | undefined)?.(value);
}

export function writeVariable({ escape: escapeText }: Dialect, value: string | undefined): Value {
  return value === undefined ? null : escapeText(value);
}
