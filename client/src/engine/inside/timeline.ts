import type Docker from "dockerode";
import type { Timeline, TimelineUnit } from "../../ports/inside";
import { numberOf, readProperties } from "../container/properties";
import { withFaults } from "../errors";
import { exec } from "../exec";

const unitProperties = [
  ...["Id", "InactiveExitTimestampMonotonic", "ActiveEnterTimestampMonotonic"],
  "InactiveEnterTimestampMonotonic",
].join();
const systemProperties = "UserspaceTimestampMonotonic,FinishTimestampMonotonic";

/**
 * Reads when the units of a boot started. `systemd-analyze plot` shows the same, but it might not be installed, and
 * it prints data only since systemd 254. The critical chain is available only from systemd-analyze.
 */
export function readTimeline(docker: Docker, container: string): Promise<Timeline> {
  return withFaults("read-timeline", undefined, async () => {
    const ask = async (...argv: string[]) => (await exec(docker, container, argv)).stdout;
    const [units, system, chain] = await Promise.all([
      ask("systemctl", "show", `--property=${unitProperties}`, "--", "*"),
      ask("systemctl", "show", `--property=${systemProperties}`),
      ask("systemd-analyze", "critical-chain", "--no-pager").catch(() => ""),
    ]);
    return { units: timelineUnits(units, system), chain: readChain(chain) };
  });
}

/**
 * The units that systemd started before the boot was over, in the order in which they started. Scopes, slices and
 * devices are left out because they take no time, and so are mounts that the engine made before the boot.
 */
function timelineUnits(text: string, system: string): readonly TimelineUnit[] {
  const values = readProperties(system);
  const zero = numberOf(values, "UserspaceTimestampMonotonic") ?? 0;
  const finished = numberOf(values, "FinishTimestampMonotonic") || Number.POSITIVE_INFINITY;
  return text
    .split("\n\n")
    .flatMap((block): TimelineUnit[] => {
      const unit = readProperties(block);
      const name = unit.get("Id") ?? "";
      const begins = numberOf(unit, "InactiveExitTimestampMonotonic") ?? 0;
      if (begins === 0 || begins > finished || /\.(?:scope|slice|device)$/.test(name)) return [];
      const ends = [
        numberOf(unit, "ActiveEnterTimestampMonotonic") ?? 0,
        numberOf(unit, "InactiveEnterTimestampMonotonic") ?? 0,
      ].find((time) => time >= begins);
      if (name.endsWith(".mount") && ends === begins) return [];
      const seconds = (time: number) => Math.max(0, (time - zero) / 1e6);
      return [{ name, begins: seconds(begins), ends: ends === undefined ? undefined : seconds(ends) }];
    })
    .sort((a, b) => a.begins - b.begins || a.name.localeCompare(b.name, "en"));
}

/**
 * Parses the units of `systemd-analyze critical-chain`, which is a tree with one branch: each unit is followed by the
 * one that it waited for.
 */
function readChain(text: string): readonly string[] {
  return text.split("\n").flatMap((line) => /^ *(?:[`|]-)?(\S+\.[a-z]+) @/.exec(line)?.[1] ?? []);
}
