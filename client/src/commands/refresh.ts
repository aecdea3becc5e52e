import type { Dependencies } from "../ports";

/** Looks for engines, containers and units again. */
export function refresh({ view }: Dependencies): void {
  view.refresh();
}
