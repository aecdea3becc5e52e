import { longestValue, mostExpanded, mostItems, mostRepeated } from "../../../server/src/core/base/limits";
import { readDockerfile } from "../../../server/src/core/image/dockerfile";
import { rules } from "../../../server/src/core/lint/rules/index";
import { servicesOf } from "../case";
import type { Broken, Property } from "./judged";

/** Whatever a file contains, what is worked out of it is bounded by counts. */
const limitsHold: Property = function* ({ input, result }) {
  const { kind, text } = input;
  if (kind === "dockerfile") yield* imageLimits(text);
  const services = servicesOf(input);
  if (kind === "compose" && itemsOf(services.map(({ spec }) => spec)) > mostItems + text.length)
    yield { property: "limits: more items than mostItems" };
  // A rule reports a thing once of a subject, or once of each word that it finds.
  const subjects = kind === "compose" ? services.length : 1;
  if (result.findings.length > text.split(/\s+/).length + rules.length * (1 + subjects))
    yield { property: "limits: more findings than words and subjects" };
  const edits = result.findings.flatMap(({ fixes }) => fixes.map((fix) => fix.edits.length));
  if (edits.some((count) => count > text.split(/\s+/).length + mostRepeated))
    yield { property: "limits: more edits than words" };
};

export const limitProperties: readonly Property[] = [limitsHold];

function* imageLimits(text: string): Generator<Broken> {
  const image = readDockerfile(text).image();
  const commands = image?.runs.flatMap((run) => run.commands) ?? [];
  const words = commands.flatMap((command) => command.words);
  const characters = words.reduce((sum, word) => sum + (word?.length ?? 0), 0);
  if (characters > mostExpanded + 2 * text.length)
    yield { property: "limits: more characters than mostExpanded", detail: String(characters) };
  if (words.length + commands.length > mostExpanded)
    yield { property: "limits: more words than mostExpanded", detail: String(words.length) };
  if (image && [...image.env.values()].some(({ value }) => (value?.length ?? 0) > longestValue))
    yield { property: "limits: a longer value than longestValue" };
}

/** Values and list items, in whatever contains them. */
function itemsOf(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  const inside = value instanceof Map ? [...value.values()] : Object.values(value);
  return inside.reduce<number>((sum, item) => sum + itemsOf(item), 1);
}
