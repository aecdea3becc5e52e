import type Docker from "dockerode";
import type { EnabledUnit } from "../../ports/inside";
import { inspectContainer } from "../container/containers";
import { numberOf, readProperties } from "../container/properties";
import { withFaults } from "../errors";
import { exec } from "../exec";

const properties = "Id,UnitFileState,ActiveState,SubState,ConditionResult,NRestarts";

/** The units that the boot starts because they are enabled, and the conditions for which systemd skipped some. */
export function enabledUnits(docker: Docker, container: string): Promise<readonly EnabledUnit[]> {
  return withFaults("list-units", undefined, async () => {
    const show = ["systemctl", "show", "--no-pager", `--property=${properties}`, "*"];
    const { stdout } = await exec(docker, container, show);
    const units = readEnabled(stdout);
    return Promise.all(units.map((unit) => withCondition(docker, container, unit)));
  });
}

interface Shown extends EnabledUnit {
  readonly isSkipped: boolean;
}

function readEnabled(shown: string): Shown[] {
  return shown.split(/\n\n+/).flatMap((block): Shown[] => {
    const values = readProperties(block);
    if (!/^enabled/.test(values.get("UnitFileState") ?? "")) return [];
    const active = values.get("ActiveState") ?? "";
    return [
      {
        name: values.get("Id") ?? "",
        active,
        sub: values.get("SubState") ?? "",
        restarts: numberOf(values, "NRestarts") ?? 0,
        isSkipped: active === "inactive" && values.get("ConditionResult") === "no",
      },
    ];
  });
}

/**
 * Adds the condition that was not met. A unit that never runs in a container has none, since other conditions matter
 * only to a unit that runs in one.
 */
async function withCondition(
  docker: Docker,
  container: string,
  { isSkipped, ...unit }: Shown,
): Promise<EnabledUnit> {
  if (!isSkipped) return unit;
  const ask = async (...argv: string[]) => (await exec(docker, container, ["systemctl", ...argv])).stdout;
  const [status, text] = await Promise.all([
    ask("status", "--no-pager", "--full", "--lines=0", "--", unit.name),
    ask("cat", "--no-pager", "--", unit.name),
  ]);
  if (/^ConditionVirtualization=\s*(!\s*(container|yes|true|docker|podman|oci)|no|false|vm)\b/m.test(text))
    return unit;
  return { ...unit, condition: /(Condition\w+=.*) was not met/.exec(status)?.[1] };
}

/** The health check of a container as a line for its shell; undefined if it has none. */
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
