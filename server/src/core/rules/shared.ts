import { type Message, message } from "../message";
import type { Fix, ImageSubject, RunSubject } from "../rule";
import type { RunStep } from "../run/run";
import type { RunSource } from "../run/source";
import type { Edit, Span } from "../text";

/** What the image's own file says about starting systemd; findings about what is absent stand here. */
export function programSpan({ boot, image }: ImageSubject): Span {
  const inImage = boot.evidence === "image" || boot.evidence === "script";
  return (inImage && boot.span) || (image.cmd ?? image.entrypoint)?.span || image.from.argumentsSpan;
}

/** A fix by steps in the surface's own style; undefined where this file cannot say them. */
export function stepsFix(
  source: RunSource,
  steps: readonly RunStep[],
  title: Message,
  safe: boolean,
): Fix | undefined {
  const edits = source.edits(steps);
  return edits && edits.length > 0 ? { title, safe, edits } : undefined;
}

/** A fix in the Dockerfile itself; undefined when the model cannot make the edit. */
export function editFix(edits: readonly Edit[] | undefined, title: Message, safe: boolean): Fix | undefined {
  return edits && edits.length > 0 ? { title, safe, edits } : undefined;
}

/** The title of a fix that adds or sets: `Add stop_signal: SIGRTMIN+3`, as the surface spells it. */
export function addTitle(source: RunSource, steps: readonly RunStep[]): Message {
  return message("fix.add", "Add {what}", { what: steps.map((step) => source.spell(step)).join(", ") });
}

/** Podman in systemd mode sets up the cgroup tree, the tmpfs mounts, the environment and the stop signal itself. */
export function onPodman({ target }: ImageSubject | RunSubject): boolean {
  return target?.engine === "podman";
}
