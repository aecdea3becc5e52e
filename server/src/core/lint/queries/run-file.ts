import type { Span } from "../../base/text";
import type { ContainerSource, SpecPlace } from "../../container/source";
import type { SpecChange } from "../../container/spec";

/** Where a value stands, or the run's name when it comes from elsewhere. */
export function placeOf(source: ContainerSource, place: SpecPlace): Span {
  return source.at(place) ?? source.nameSpan;
}

/** How the surface spells steps, for messages and titles. */
export function toDisplay(source: ContainerSource, steps: readonly SpecChange[]): string {
  return steps.map((step) => source.toDisplay(step)).join(", ");
}
