import { enabledUnits } from "../../image/units";
import type { ContainerSubject } from "../../project/subject";
import { hasSystemd, isIdle, isIdleList, isOtherKind, lastProgram } from "./idle-image";
import { asksForSystemd } from "./meant-for-systemd";
import { onlyForSystemd, replacedInit } from "./replaced-init";
import { hidesSystemd } from "./stand-in";

/**
 * The container where systemd boots in it. One in which it does not is judged as it will boot once that is fixed, so
 * that what it lacks beside is not first reported then. Undefined where systemd is not expected: in a helper that
 * is started from an image which other containers boot (`booted`, by `imageKey`), or that does other work.
 */
export function bootingSystemd(
  container: ContainerSubject,
  booted: ReadonlySet<string>,
): ContainerSubject | undefined {
  if (container.source.standIn && !container.isChanged) {
    // Where nothing starts systemd, what it lacks beside is of no use.
    if (container.source.standIn.isFixed || !hidesSystemd(container)) return undefined;
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

/** The same for containers of the same image; undefined where that is not known. */
export function imageKey({ source, image }: ContainerSubject): string | undefined {
  if (!image) return source.spec.image && `image ${source.spec.image}`;
  return image.uri && `stage ${image.image.stage} of ${image.uri}`;
}

/** Services are enabled in the image, nothing starts systemd, and the container is given what that needs. */
function isMeant({ image: built, source }: ContainerSubject): boolean {
  if (built?.boot.boots !== "no" || !asksForSystemd(source)) return false;
  const { image, readFile } = built;
  const argv = source.spec.entrypoint ?? source.spec.command;
  const program = lastProgram(image);
  const idle = argv ? isIdleList(argv.words) : program ? isIdle(program) : !image.base?.cmd;
  return idle && enabledUnits(image).length > 0 && hasSystemd(image) && !isOtherKind(image, readFile);
}
