import { onceFor } from "../base/once";
import { enabledBy } from "../boot/target";
import { settingsOf, unitFiles } from "../image/unit-files";
import type { BuiltImage } from "../image/written-files";
import { needsOf } from "./needs";
import type { Need } from "./types";

/**
 * What the services that a Dockerfile enables need at run time, according to their names and the programs that their
 * units start.
 */
export const needsOfImage: (built: BuiltImage) => readonly Need[] = onceFor(readNeeds);

function readNeeds(built: BuiltImage): Need[] {
  const { image } = built;
  const programs = new Map<string, string[][]>();
  for (const file of unitFiles(built)) {
    const started = settingsOf(file).flatMap(({ section, key, value }) => {
      if (section === "Mount" && key === "Type" && value.startsWith("fuse")) return [["sshfs"]];
      return key === "ExecStart" ? [argvOf(value)] : [];
    });
    programs.set(file.unit, [...(programs.get(file.unit) ?? []), ...started]);
  }
  return needsOf(
    enabledBy(image).map(({ unit }) => unit),
    image.base?.family,
    programs,
  );
}

/** The words of a unit's command line, without the prefixes that systemd removes. */
function argvOf(line: string): string[] {
  return line.replace(/^[-@:+!|]+/, "").split(/\s+/);
}
