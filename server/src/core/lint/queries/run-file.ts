import type { Span } from "../../base/text";
import type { RunPlace, RunSource } from "../../container/source";
import type { RunStep } from "../../container/spec";

/** Where a value stands, or the run's name when it comes from elsewhere. */
export function placeOf(source: RunSource, place: RunPlace): Span {
  return source.at(place) ?? source.nameSpan;
}

/** How the surface spells steps, for messages and titles. */
export function spell(source: RunSource, steps: readonly RunStep[]): string {
  return steps.map((step) => source.spell(step)).join(", ");
}
