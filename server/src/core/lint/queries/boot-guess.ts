import type { ContainerSubject } from "../../project/subject";
import { isRightSignal } from "../../systemd/signal";

/** Whether only a name or mounts suggest systemd. If so, wrong options are reported, but missing ones are not. */
export function isGuess({ boot, source: { spec } }: ContainerSubject): boolean {
  return (
    (boot.evidence === "settings" || boot.evidence === "name") &&
    !(spec.stopSignal && isRightSignal(spec.stopSignal))
  );
}
