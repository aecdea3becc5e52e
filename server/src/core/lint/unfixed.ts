import type { Message } from "../base/message";
import { servesWithheld } from "../plan/missing";
import { isPlan } from "../plan/plan";
import type { RequirementId } from "../plan/types";
import { dockerfileOf } from "../project/links";
import type { Launch } from "../project/plans";
import { readBuilt } from "../project/subjects";
import { kindOfBuilt, readFile } from "../surfaces/files";
import { type LintInput, lint } from "./lint";
import type { Finding } from "./rule";

/** Rules about images that report an error that a requirement of the plan fixes. */
const fixedBy: Readonly<Record<string, RequirementId>> = { "image-user-not-root": "user" };

/**
 * Reasons why a launch does not work even though there is a plan: errors that the plan does not fix, and services
 * that need a privileged container, which no plan grants.
 */
export function obstacles(input: LintInput, launch: Launch): Message[] {
  return [...unfixed(input, launch).map(({ finding }) => finding.message), ...unserved(launch)];
}

function unserved({ plan }: Launch): Message[] {
  if (!isPlan(plan)) return [];
  const { spec, image } = plan;
  return image.needs
    .filter((need) => need.privileged && !servesWithheld(spec, need))
    .map(({ reason }) => reason);
}

/** An error and the file that contains it. */
export interface Unfixed {
  readonly uri: string;
  readonly finding: Finding;
}

/**
 * The errors that remain if a stage or service is started with its plan: errors in its Dockerfile and, for a service,
 * errors that are still in the Compose file after the options that the service lacks are added.
 */
export function unfixed(given: LintInput, launch: Launch): Unfixed[] {
  const { snapshot, started = {} } = given;
  const input = { ...given, started };
  const file = readFile(input, snapshot.read, started);
  if (file?.dockerfile) return imageErrors(input, launch, launch.name);
  const source = file?.containers.find(({ name }) => name === launch.name);
  const dockerfile = source && dockerfileOf(source, snapshot);
  const stage = dockerfile && readBuilt(undefined, dockerfile, snapshot)?.image(source.build?.target)?.stage;
  const image = stage
    ? imageErrors({ ...input, ...dockerfile, kind: kindOfBuilt(dockerfile.uri) }, launch, stage)
    : [];
  return [...errorsIn(withCompleted(input, launch), launch.name), ...image];
}

/** A file, or a file that is merged with it, after the options that a service lacks are added. */
function withCompleted(input: LintInput, { completed, completedUri }: Launch): LintInput {
  if (completed === undefined) return input;
  if (completedUri === undefined) return { ...input, text: completed };
  const { read } = input.snapshot;
  const edited = (uri: string) => (uri === completedUri ? completed : read(uri));
  return { ...input, snapshot: { ...input.snapshot, read: edited } };
}

function imageErrors(input: LintInput, { plan }: Launch, stage: string): Unfixed[] {
  const requirements = isPlan(plan) ? plan.requirements.map(({ id }) => id) : [];
  return errorsIn(input, stage).filter(({ finding }) => {
    const requirement = fixedBy[finding.rule];
    return requirement === undefined || !requirements.includes(requirement);
  });
}

function errorsIn(input: LintInput, subject: string): Unfixed[] {
  return lint({ ...input, withoutFixes: true })
    .findings.filter(({ ownSeverity, subjects }) => ownSeverity === "error" && subjects.includes(subject))
    .map((finding) => ({ uri: input.uri, finding }));
}
