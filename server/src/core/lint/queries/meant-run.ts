import { enabledUnits } from "../../image/units";
import type { ContainerSubject } from "../../project/subject";
import { hasSystemd, isIdle, isIdleList, isOtherKind, lastProgram } from "./idle-image";
import { asksForSystemd } from "./meant-for-systemd";
import { onlyForSystemd, replacedInit } from "./replaced-init";
import { hidesSystemd, isSetUp } from "./stand-in";

/**
 * The container itself if systemd boots in it. If systemd does not boot because of a mistake, the container as it
 * will boot once that is fixed, so that everything else that it lacks is reported at the same time. Undefined if
 * systemd is not expected: in a helper container whose image other containers boot (`booted`, by `imageKey`), or in a
 * container that does other work.
 */
export function bootingSystemd(
  container: ContainerSubject,
  booted: ReadonlySet<string>,
): ContainerSubject | undefined {
  if (container.source.standIn && !container.isChanged) {
    // If nothing starts systemd, reporting what else is missing does not help.
    if (container.source.standIn.isFixed || !hidesSystemd(container)) return undefined;
    // A test platform without any settings for systemd is usually meant to run without it.
    if (container.source.forTest && !isSetUp(container)) return undefined;
    const own = container.withoutProgram();
    return own.boot.boots === "no" ? own.withSystemd() : own;
  }
  if (container.boot.boots !== "no") return container;
  if (booted.has(imageKey(container) ?? "")) return undefined;
  const replaced = replacedInit(container);
  if (!replaced) return isMeant(container) ? container.withSystemd() : undefined;
  const { spec } = container.source;
  if (!replaced.idle && !onlyForSystemd(spec) && spec.privileged !== true) return undefined;
  const changed = container.withoutProgram();
  return changed.boot.boots === "no" ? undefined : changed;
}

/** A key that is the same for containers of the same image; undefined if the image is unknown. */
export function imageKey({ source, image }: ContainerSubject): string | undefined {
  if (!image) return source.spec.image && `image ${source.spec.image}`;
  return image.uri && `stage ${image.image.stage} of ${image.uri}`;
}

/**
 * Whether services are enabled in the image and the container has what systemd needs, although nothing starts
 * systemd.
 */
function isMeant({ image: built, source }: ContainerSubject): boolean {
  if (built?.boot.boots !== "no" || !asksForSystemd(source)) return false;
  const { image, readFile } = built;
  const argv = source.spec.entrypoint ?? source.spec.command;
  const program = lastProgram(image);
  const idle = argv ? isIdleList(argv.words) : program ? isIdle(program) : !image.base?.cmd;
  return idle && enabledUnits(image).length > 0 && hasSystemd(image) && !isOtherKind(image, readFile);
}
