import { onceFor } from "../base/once";
import { enabledBy } from "../boot/target";
import { unitFiles } from "../image/unit-files";
import type { BuiltImage } from "../image/written-files";
import { needsOf } from "./needs";
import type { Need } from "./types";

/** What the services that a Dockerfile enables need at run time, by their names and by what their units start. */
export const needsOfImage: (built: BuiltImage) => readonly Need[] = onceFor(readNeeds);

function readNeeds(built: BuiltImage): Need[] {
  const { image } = built;
  const programs = new Map<string, string[][]>();
  for (const { unit, text } of unitFiles(built))
    programs.set(unit, [...(programs.get(unit) ?? []), ...startedBy(text)]);
  return needsOf(
    enabledBy(image).map(({ unit }) => unit),
    image.base?.family,
    programs,
  );
}

/** The argv of each ExecStart= of a unit, without the prefixes that systemd takes off. */
function startedBy(text: string): string[][] {
  return [...text.matchAll(/^[ \t]*ExecStart[ \t]*=[ \t]*[-@:+!|]*(\S.*)$/gm)].map(([, line = ""]) =>
    line.trim().split(/\s+/),
  );
}
