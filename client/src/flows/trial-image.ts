import type { ServiceBuild } from "../../../server/src/least-protocol";
import type { Dependencies, Engine, Labels } from "../ports";
import { chooseBuild } from "./build-options";
import { type Build, type BuildUi, runBuild } from "./run-build";
import { bootLabel, type Mark, markOf, unknownOwner } from "./trial-mark";

/** How long a trial takes at most, in seconds. */
const longest = 3_600;

/** What is built for a trial, and the name of the stage or service that is tried. */
export interface TrialBuild {
  readonly name?: string;
  /** Undefined if the service names an image and builds none. */
  readonly build?: Omit<Build, "tag">;
}

/** How a Dockerfile is built for a trial. Undefined if a prompt is dismissed. */
export async function chooseTrialBuild(
  deps: Dependencies,
  engine: Engine,
  uri: string,
  stage?: string,
): Promise<TrialBuild | undefined> {
  const plan = await deps.server.plan({ uri, reference: "", facts: engine.facts });
  const choice = await chooseBuild(deps, uri, plan, { stage });
  return choice && { name: choice.stage, build: { ...choice, uri } };
}

/** How the image of a service is built for a trial. */
export function buildOfService(
  { path }: Pick<BuildUi, "path">,
  from: ServiceBuild | undefined,
): TrialBuild["build"] {
  if (from?.dockerfile === undefined) return undefined;
  const set = Object.entries(from.args).filter((each): each is [string, string] => each[1] !== undefined);
  const context = from.context === undefined ? undefined : path(from.context);
  return { uri: from.dockerfile, stage: from.target, arguments: Object.fromEntries(set), context };
}

/** The mark of a trial, the labels of everything that it creates, and the image that was built for it. */
export interface TrialImage extends Pick<Mark, "name" | "tag"> {
  readonly labels: Labels;
  readonly built?: string;
}

/** Builds the image of a trial, if there is something to build, and removes it at the end. */
export async function withTrialImage<T>(
  deps: { readonly ui: BuildUi },
  engine: Engine,
  build: TrialBuild["build"],
  job: Parameters<typeof runBuild>[3],
  use: (image: TrialImage) => Promise<T>,
): Promise<T> {
  const { name, tag, value } = markOf(longest, false, unknownOwner);
  const labels = { [bootLabel]: value };
  const undo = build && (await engine.rememberImage(tag));
  try {
    if (build) await runBuild(deps, engine, { ...build, tag, labels }, job);
    return await use({ name, tag, labels, built: build && tag });
  } finally {
    await undo?.().catch(() => undefined);
  }
}
