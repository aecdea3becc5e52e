import { enabledUnits } from "../../image/units";
import type { ContainerSubject } from "../../project/subject";
import { hasSystemd, isIdle, isIdleList, isOtherKind, lastProgram } from "./idle-image";
import { asksForSystemd } from "./meant-for-systemd";
import { onlyForSystemd, replacedInit } from "./replaced-init";

/**
 * The container where systemd boots in it. One in which it does not is judged as it will boot once that is fixed, so
 * that what it lacks beside is not first reported then. Undefined where systemd is not expected, as in a helper that
 * is started from the image of another of `all`, or that does other work.
 */
export function bootingSystemd(
  container: ContainerSubject,
  all: readonly ContainerSubject[],
): ContainerSubject | undefined {
  if (container.boot.boots !== "no") return container;
  if (all.some((other) => other.boot.boots !== "no" && isSameImage(container, other))) return undefined;
  const replaced = replacedInit(container);
  if (!replaced) return isMeant(container) ? container.withSystemd() : undefined;
  const { spec } = container.source;
  if (!replaced.idle && !onlyForSystemd(spec) && spec.privileged !== true) return undefined;
  const changed = container.withoutProgram();
  return changed.boot.boots === "no" ? undefined : changed;
}

function isSameImage({ source, image }: ContainerSubject, other: ContainerSubject): boolean {
  if (!image && !other.image)
    return source.spec.image !== undefined && source.spec.image === other.source.spec.image;
  return (
    image?.uri !== undefined &&
    image.uri === other.image?.uri &&
    image.image.stage === other.image.image.stage
  );
}

/** Services are enabled in the image, nothing starts systemd, and the container is given what that needs. */
function isMeant({ image: built, source: { spec } }: ContainerSubject): boolean {
  if (built?.boot.boots !== "no" || !asksForSystemd(spec)) return false;
  const { image, readFile } = built;
  const argv = spec.entrypoint ?? spec.command;
  const program = lastProgram(image);
  const idle = argv ? isIdleList(argv.words) : program ? isIdle(program) : !image.base?.cmd;
  return idle && enabledUnits(image).length > 0 && hasSystemd(image) && !isOtherKind(image, readFile);
}
