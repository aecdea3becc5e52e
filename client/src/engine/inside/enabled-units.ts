import type Docker from "dockerode";
import type { EnabledUnit, SkippedUnit } from "../../ports/inside";
import { inspectContainer } from "../container/containers";
import { numberOf, readProperties } from "../container/properties";
import { withFaults } from "../errors";
import { exec } from "../exec";

const properties =
  "Id,UnitFileState,ActiveState,SubState,NRestarts,WantedBy,InactiveExitTimestampMonotonic,ConditionTimestampMonotonic";

/** The units that the boot starts because they are enabled. */
export function enabledUnits(docker: Docker, container: string): Promise<readonly EnabledUnit[]> {
  return withFaults("list-units", undefined, async () => {
    const files = await exec(docker, container, [
      ...["systemctl", "list-unit-files", "--no-legend", "--no-pager", "--state=enabled,enabled-runtime"],
    ]);
    // systemd unloads units that it skipped, so a pattern alone does not match them.
    const names = files.stdout
      .split("\n")
      .flatMap((line) => line.trim().split(/\s/, 1))
      .filter(isUnit);
    const show = ["systemctl", "show", "--no-pager", `--property=${properties}`, "--", "*", ...names];
    const { stdout } = await exec(docker, container, show);
    return [...new Map(readEnabled(stdout).map((unit) => [unit.name, unit])).values()];
  });
}

/** A template is not a unit. */
function isUnit(name: string): boolean {
  return name.includes(".") && !name.includes("@.");
}

function readEnabled(shown: string): EnabledUnit[] {
  const blocks = shown.split(/\n\n+/).map(readProperties);
  const reached = new Set(blocks.filter(isReached).map((values) => values.get("Id") ?? ""));
  return blocks.flatMap((values): EnabledUnit[] => {
    if (!/^enabled/.test(values.get("UnitFileState") ?? "")) return [];
    const name = values.get("Id") ?? "";
    const active = values.get("ActiveState") ?? "";
    const isWanted = (values.get("WantedBy") ?? "").split(" ").some((target) => reached.has(target));
    const isUntried =
      !numberOf(values, "InactiveExitTimestampMonotonic") && !numberOf(values, "ConditionTimestampMonotonic");
    return [
      {
        name,
        active,
        sub: values.get("SubState") ?? "",
        restarts: numberOf(values, "NRestarts") ?? 0,
        isHeldUp: name.endsWith(".service") && active === "inactive" && isWanted && isUntried,
      },
    ];
  });
}

function isReached(values: ReadonlyMap<string, string>): boolean {
  return values.get("ActiveState") === "active";
}

/**
 * The given units that systemd skipped because of a condition. Units that never run in a container are left out,
 * because their other conditions do not matter.
 */
export function skippedUnits(
  docker: Docker,
  container: string,
  units: readonly string[],
): Promise<readonly SkippedUnit[]> {
  return withFaults("list-units", undefined, async () => {
    if (units.length === 0) return [];
    const ask = async (...argv: string[]) => (await exec(docker, container, ["systemctl", ...argv])).stdout;
    const status = await ask("status", "--no-pager", "--full", "--lines=0", "--", ...units);
    const found = readConditions(status);
    const texts = await Promise.all(found.map(({ unit }) => ask("cat", "--no-pager", "--", unit)));
    return found.filter((_, index) => !notInContainers.test(texts[index] ?? ""));
  });
}

const notInContainers =
  /^ConditionVirtualization=\s*(!\s*(container|yes|true|docker|podman|oci)|no|false|vm)\b/m;

/** The unmet condition of each unit in the output of `systemctl status`. */
function readConditions(status: string): SkippedUnit[] {
  let unit = "";
  return status.split("\n").flatMap((line): SkippedUnit[] => {
    unit = /^(?:[^\w\s] )?(\S+\.[a-z]+)(?: - .*)?$/.exec(line)?.[1] ?? unit;
    const start = line.indexOf("Condition");
    const [condition = "", met] = line.slice(Math.max(start, 0)).split(/ was not met/, 2);
    return start === -1 || met === undefined ? [] : [{ unit, condition }];
  });
}

/** The health check of a container as a shell command; undefined if it has none. */
export function healthLine(docker: Docker, container: string): Promise<string | undefined> {
  return withFaults("report", undefined, async () => {
    const [kind = "", ...words] = (await inspectContainer(docker, container)).Config.Healthcheck?.Test ?? [];
    if (kind === "CMD-SHELL") return words[0];
    return kind === "CMD" && words.length > 0 ? words.map(quoted).join(" ") : undefined;
  });
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}
