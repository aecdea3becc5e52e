import type { ContainerSubject } from "../../project/subject";
import { isRightSignal } from "../../systemd/signal";

/**
 * Says whether a name or mounts alone let systemd be guessed: then what is there may be wrong for it, but what is
 * missing is not asked for.
 */
export function isGuess({ boot, source: { spec } }: ContainerSubject): boolean {
  return (
    (boot.evidence === "settings" || boot.evidence === "name") &&
    !(spec.stopSignal && isRightSignal(spec.stopSignal))
  );
}
