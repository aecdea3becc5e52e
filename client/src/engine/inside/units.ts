import type Docker from "dockerode";
import type { System, Unit } from "../../ports/inside";
import { numberOf, readProperties } from "../container/properties";
import { listUnits } from "../container/systemd-state";
import { withFaults } from "../errors";
import { exec } from "../exec";

/** The units that systemd has loaded. */
export function loadedUnits(docker: Docker, container: string): Promise<readonly Unit[]> {
  return withFaults("list-units", undefined, async () => {
    const { stdout } = await exec(docker, container, listUnits);
    return readUnits(stdout);
  });
}

const systemProperties = "SystemState,UserspaceTimestampMonotonic,FinishTimestampMonotonic";

/** The loaded units and the state of systemd. */
export function readSystem(docker: Docker, container: string): Promise<System> {
  return withFaults("list-units", undefined, async () => {
    const [{ stdout }, units] = await Promise.all([
      exec(docker, container, ["systemctl", "show", `--property=${systemProperties}`]),
      loadedUnits(docker, container),
    ]);
    const values = readProperties(stdout);
    const started = numberOf(values, "UserspaceTimestampMonotonic");
    const finished = numberOf(values, "FinishTimestampMonotonic");
    return {
      state: values.get("SystemState") || undefined,
      // In microseconds; 0 while the boot is in progress.
      seconds: started !== undefined && finished ? (finished - started) / 1e6 : undefined,
      units,
    };
  });
}

/** Parses `systemctl list-units`. Units that others refer to but that do not exist are left out. */
export function readUnits(text: string): readonly Unit[] {
  return text.split("\n").flatMap((line): Unit[] => {
    // Some versions put a dot before failed units despite --plain.
    const found = /^\s*(?:[●*]\s+)?(\S+)\s+(\S+)\s+(\S+)\s+(\S+)\s*(.*)$/s.exec(line);
    const [, name = "", load, active = "", sub = "", description = ""] = found ?? [];
    return load === "loaded" && name.includes(".")
      ? [{ name, active, sub, description: description.trim() }]
      : [];
  });
}
