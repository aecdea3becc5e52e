import { type Message, message } from "../message";
import type { Fix, ImageSubject, RunSubject } from "../rule";
import type { Run, RunStep } from "../run/run";
import type { RunPlace, RunSource } from "../run/source";
import type { Edit, Span } from "../text";

/** What the image's own file says about starting systemd; findings about what is absent stand here. */
export function programSpan({ boot, image }: ImageSubject): Span {
  const inImage = boot.evidence === "image" || boot.evidence === "script";
  return (inImage && boot.span) || (image.cmd ?? image.entrypoint)?.span || image.from.argumentsSpan;
}

/**
 * A fix by steps in the surface's own style; undefined where this file cannot say them. One that also
 * changes other runs, by a fragment that they share, says so and is a choice: they may be no systemd.
 */
export function stepsFix(
  source: RunSource,
  steps: readonly RunStep[],
  title: Message,
  safe: boolean,
): Fix | undefined {
  const edits = source.edits(steps);
  if (!edits || edits.length === 0) return undefined;
  const others = [...new Set(steps.flatMap((step) => source.sharedWith(touched(step))))];
  if (others.length === 0) return { title, safe, edits, steps };
  const template = `${title.template} (also for {services})`;
  const args = { ...title.args, services: others.join(", ") };
  return { title: message(`${title.key}.shared`, template, args), safe: false, edits, steps };
}

/** The place that a step changes. */
function touched(step: RunStep): RunPlace {
  if ("name" in step) return { variable: step.name };
  return step.do === "drop" ? { key: step.key, item: step.value } : { key: step.key };
}

/** A fix in the Dockerfile itself; undefined when the model cannot make the edit. */
export function editFix(edits: readonly Edit[] | undefined, title: Message, safe: boolean): Fix | undefined {
  return edits && edits.length > 0 ? { title, safe, edits } : undefined;
}

/** The title of a fix that adds or sets: `Add stop_signal: SIGRTMIN+3`, as the surface spells it. */
export function addTitle(source: RunSource, steps: readonly RunStep[]): Message {
  return message("fix.add", "Add {what}", { what: steps.map((step) => source.spell(step)).join(", ") });
}

/** Says whether the workspace starts the image, and each time in a way of which `holds` is true. */
export function everyRun({ runs }: ImageSubject, holds: (run: Run) => boolean): boolean {
  const starting = runs.filter(({ boot }) => boot.boots !== "no");
  return starting.length > 0 && starting.every(({ source }) => holds(source.run));
}

/** Podman in systemd mode sets up the cgroup tree, the tmpfs mounts, the environment and the stop signal itself. */
export function onPodman({ target }: ImageSubject | RunSubject): boolean {
  return target?.engine === "podman";
}
