import { setTimeout as sleep } from "node:timers/promises";
import type Docker from "dockerode";
import type { UnitFile, UnitOutcome, UnitUpdate, UnitVerb } from "../../ports/inside";
import { readProperties, resultProperties, unitResult } from "../container/properties";
import { fault, withFaults } from "../errors";
import { exec } from "../exec";

/**
 * Milliseconds that a unit may take to start or stop, which is more than systemd's default of 90 s. The user can
 * cancel earlier.
 */
const patience = 300_000;

/** Milliseconds after which a service of type `simple` has failed if its program cannot be executed. */
const settling = 500;

/** Starts, stops or restarts a unit and returns its new state. */
export function controlUnit(
  docker: Docker,
  container: string,
  { unit, verb }: { readonly unit: string; readonly verb: UnitVerb },
  signal: AbortSignal,
): Promise<UnitOutcome> {
  return withFaults("control-unit", signal, async () => {
    const argv = ["systemctl", verb, "--", unit];
    const { exitCode, stderr } = await exec(docker, container, argv, { signal, timeout: patience });
    if (verb !== "stop") await sleep(settling, undefined, { signal });
    const values = await show(docker, container, unit, `ActiveState,SubState,${resultProperties}`, signal);
    return {
      active: values.get("ActiveState") ?? "",
      sub: values.get("SubState") ?? "",
      ended: unitResult(values),
      said: exitCode === 0 ? undefined : stderr.trim(),
    };
  });
}

/** The files of a unit, including drop-ins. */
export function readUnitFile(docker: Docker, container: string, unit: string): Promise<UnitFile> {
  return withFaults("read-unit", undefined, async () => {
    const [{ exitCode, stdout }, values] = await Promise.all([
      exec(docker, container, ["systemctl", "cat", "--no-pager", "--", unit]),
      show(docker, container, unit, "FragmentPath"),
    ]);
    if (exitCode !== 0) throw fault({ code: "unit-file-missing", unit });
    return { path: values.get("FragmentPath") || undefined, text: stdout };
  });
}

/**
 * The path is $1 and the content $2, so the shell does not interpret them. Symbolic links and the owner of the file
 * are preserved.
 */
const write = 'printf %s "$2" >"$1"';

/** Writes a unit's main file, has systemd reload its units, and restarts this unit. */
export function updateUnit(
  docker: Docker,
  container: string,
  { unit, path, text }: UnitUpdate,
  signal: AbortSignal,
): Promise<UnitOutcome> {
  return withFaults("update-unit", signal, async () => {
    const written = await exec(docker, container, ["/bin/sh", "-c", write, "sh", path, text], { signal });
    if (written.exitCode !== 0) {
      const said = `${written.stderr}${written.stdout}`.trim();
      throw fault({ code: "unit-not-written", path, said });
    }
    await exec(docker, container, ["systemctl", "daemon-reload"], { signal, timeout: patience });
    return controlUnit(docker, container, { unit, verb: "restart" }, signal);
  });
}

async function show(
  docker: Docker,
  container: string,
  unit: string,
  properties: string,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const argv = ["systemctl", "show", `--property=${properties}`, "--", unit];
  return readProperties((await exec(docker, container, argv, { signal })).stdout);
}
