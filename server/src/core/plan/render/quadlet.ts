import { flagGroups, words } from "../../container/flags";
import type { ContainerSpec } from "../../container/spec";
import { isSingle, restarts, runKeys } from "../../surfaces/quadlet/keys";
import {
  runFlags,
  type Written,
  writeArgument,
  writeExec,
  writeFlag,
  writeImage,
} from "../../surfaces/quadlet/write";
import { podmanRun } from "./arguments";
import { displayCommand } from "./command";
import type { Rendered } from "./rendered";

/** How many seconds systemd waits for a service to stop by default (DefaultTimeoutStopSec=). */
const systemdWaits = 90;

/**
 * A `*.container` file that starts the given container. Reading it returns the same spec, except for what `unsaid`
 * lists. Settings without a key are in PodmanArgs. The service starts only on request, because there is no Install
 * section.
 */
export function renderQuadlet(spec: ContainerSpec, reference: string): Rendered {
  const { restart, ...run } = podmanRun(spec);
  const unsaid = Object.entries(run.environment).flatMap(([name, value]) =>
    value === undefined ? [`--env ${name}`] : [],
  );
  const image = writeImage(reference);
  const settings: Written[] = image === undefined ? [] : [{ key: "Image", value: image }];
  if (image === undefined) unsaid.push(displayCommand([reference]));
  const taken = new Set<string>();
  const groups = flagGroups(run);
  for (const [at, flag] of runFlags(run).entries()) {
    const own = writeFlag(flag);
    const written = own && taken.has(own.key) && isSingle(own.key) ? writeArgument(flag) : own;
    if (written) settings.push(written);
    else unsaid.push(displayCommand(groups[at] ?? []));
    if (written) taken.add(written.key);
  }
  const behind = words(run);
  const exec = behind.length > 0 ? writeExec({ words: behind }) : undefined;
  if (exec !== undefined) settings.push({ key: "Exec", value: exec });
  else if (behind.length > 0) unsaid.push(displayCommand(behind));
  const policy = restartOf(restart);
  if (restart !== undefined && restarts[policy ?? ""] !== restart) unsaid.push(`--restart=${restart}`);
  return { text: fileOf(settings, serviceOf(policy, run.stopGrace)), unsaid, notes: [] };
}

/** The service restart policy that is closest to an engine's restart policy. */
function restartOf(restart: string | undefined): string | undefined {
  if (restart === undefined) return undefined;
  if (restart === "always") return "always";
  const policy = restart.replace(/:.*/, "");
  return Object.keys(restarts).find((each) => restarts[each] === policy);
}

/** The service settings that give the container time to stop, and those that restart it. */
function serviceOf(restart: string | undefined, stopGrace: number | undefined): Written[] {
  const limit = stopGrace !== undefined && stopGrace >= systemdWaits ? stopGrace + 10 : undefined;
  return [
    ...(restart === undefined ? [] : [{ key: "Restart", value: restart }]),
    ...(limit === undefined ? [] : [{ key: "TimeoutStopSec", value: String(limit) }]),
  ];
}

function fileOf(container: readonly Written[], service: readonly Written[]): string {
  const order = (key: string) => runKeys.findIndex((each) => each.key === key);
  const sorted = [...container].sort((a, b) => order(a.key) - order(b.key));
  const lines = (all: readonly Written[]) => all.map(({ key, value }) => `${key}=${value}`);
  return [
    ...["[Container]", ...lines(sorted)],
    ...(service.length > 0 ? ["", "[Service]", ...lines(service)] : []),
    "",
  ].join("\n");
}
