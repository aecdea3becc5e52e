import type { Span } from "../../base/text";
import type { ContainerSource, SpecPlace } from "../../container/source";
import type { SpecChange } from "../../container/spec";

/** The span of a value, or of the container's name if the value comes from elsewhere. */
export function placeOf(source: ContainerSource, place: SpecPlace): Span {
  return source.at(place) ?? source.nameSpan;
}

/** The steps in the syntax of the surface, for messages and titles. */
export function toDisplay(source: ContainerSource, steps: readonly SpecChange[]): string {
  return steps.map((step) => source.toDisplay(step)).join(", ");
}
