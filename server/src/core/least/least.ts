import { message } from "../base/message";
import type { Snapshot } from "../base/snapshot";
import type { Edit } from "../base/text";
import type { BuildLink, ContainerSource } from "../container/source";
import { applySteps, bareSpec, type SpecChange, sameItem } from "../container/spec";
import type { EngineFacts } from "../engine";
import type { InspectedImage } from "../image/seen-image";
import { readInspected } from "../plan/inspected";
import { isPlan, planOver } from "../plan/plan";
import type { ImageFacts, LaunchPlan, Refusal } from "../plan/types";
import { imageAlone, planWhereItBoots, subjectsOf } from "../project/subjects";
import type { FileText } from "../surfaces/files";
import { grantStep, type Stripped, strip } from "./grants";

/** A container for which the smallest set of grants is searched for. */
export interface LeastSubject {
  readonly image: ImageFacts;
  readonly facts: EngineFacts;
  /** The grants that its file currently gives it. */
  readonly own: readonly string[];
  /** What the container's image is built from, if a run file specifies that. */
  readonly build?: BuildLink;
  /** The name of the service or stage. */
  readonly name: string;
  /**
   * The plan with some grants: what systemd itself needs on the engine, the file's other settings, and the grants.
   */
  planWith(grants: readonly string[]): LaunchPlan;
  /**
   * The edits that write the plan with the grants into the run file, in place of what the file currently grants.
   * Undefined if no run file starts the container, or if the file cannot express the grants.
   */
  editFor(grants: readonly string[]): { readonly uri: string; readonly edits: readonly Edit[] } | undefined;
}

/** What to search for: a container or an image that a file defines. */
interface Asked {
  readonly name?: string;
  readonly reference: string;
  readonly facts: EngineFacts;
}

/** The container of a run file or the image of a Dockerfile; undefined if the file has none that boots systemd. */
export function leastInFile(
  file: FileText & { readonly snapshot: Snapshot },
  { name, reference, facts }: Asked,
): LeastSubject | Refusal | undefined {
  const context = { ...file, target: facts, started: {} };
  const { file: read, images, containers } = subjectsOf(context, [name]);
  const stage = read?.dockerfile?.image(name)?.stage;
  const image = images.find((each) => each.image.stage === stage && each.boot.boots !== "no");
  if (image) return leastOf({ image: { ...image.facts, reference }, facts, name: image.image.stage });
  const run = containers.find(({ source, boot }) =>
    name === undefined ? boot.boots !== "no" && !source.inactive : source.name === name,
  );
  if (!run) return undefined;
  const { source } = run;
  const named = { ...run.facts, reference: source.spec.image ?? reference };
  return leastOf({ image: named, facts, name: source.name, source, uri: source.uri ?? file.uri });
}

/** An image that the engine has. */
export function leastOfImage(image: InspectedImage, { reference, facts }: Asked): LeastSubject | Refusal {
  const read = readInspected(image, reference);
  return "facts" in read ? leastOf({ image: read.facts, facts, name: reference }) : { refused: read };
}

interface Parts extends Pick<LeastSubject, "image" | "facts" | "name"> {
  readonly source?: ContainerSource;
  readonly uri?: string;
}

function leastOf({ image, facts, name, source, uri }: Parts): LeastSubject | Refusal {
  const planned = source ? planWhereItBoots(image, facts) : imageAlone(image, facts).plan;
  if (!isPlan(planned)) return planned;
  // The search determines what services need, so the plan leaves that out.
  const requirements = planned.requirements.filter(({ id }) => id !== "workload");
  const bare = { ...planned, requirements, alternative: undefined };
  const own = source?.start();
  const stripped = own && strip(own.spec);
  const plan = stripped ? planOver({ ...own, spec: stripped.spec }, bare) : bare;
  const inFile = source && strip(source.spec);
  return {
    ...{ image, facts, name, own: [...(stripped?.grants.keys() ?? [])], build: source?.build },
    planWith: (grants) => {
      const steps = grants.flatMap((grant) => stepOf(grant, stripped));
      const granted = { id: "workload", steps, reason: found } as const;
      const all = [...plan.requirements, granted];
      const allSteps = all.flatMap((requirement) => requirement.steps);
      return { ...plan, requirements: all, spec: applySteps(stripped?.spec ?? bareSpec, allSteps) };
    },
    editFor: (grants) => {
      if (!source || !inFile || uri === undefined) return undefined;
      const needed = plan.requirements.flatMap(({ steps }) => steps);
      const granted = grants.flatMap((grant) => stepOf(grant, inFile));
      const [change] = source.changes(withoutNoise([...inFile.steps, ...needed, ...granted]));
      return change && { uri, edits: change.edits };
    },
  };
}

const found = message("least.found", "Needed: a boot without it failed.");

/** The step that adds a grant. If the container's own file already has the grant, it keeps its spelling. */
function stepOf(grant: string, stripped: Stripped | undefined): readonly SpecChange[] {
  const step = stripped?.grants.get(grant) ?? grantStep(grant);
  return step ? [step] : [];
}

/** Leaves out steps that drop an item only to add it again, so that its line in the file stays. */
function withoutNoise(steps: readonly SpecChange[]): SpecChange[] {
  const isUndone = (step: SpecChange, other: SpecChange["do"]) =>
    "value" in step && steps.some((each) => each.do === other && sameItem({ ...each, do: step.do }, step));
  return steps.filter((step) => {
    if (step.do === "drop") return !isUndone(step, "add");
    return step.do !== "add" || !isUndone(step, "drop");
  });
}
