import { imageTag } from "../names";
import type { BuildChoice, BuildJob, BuildStep, Dependencies, Engine, Job, Ui } from "../ports";
import type { Text } from "../text";
import { buildText } from "../texts/build-output";
import { buttons } from "../texts/buttons";
import { isFault } from "../texts/faults";
import { notes } from "../texts/notes";
import { notices } from "../texts/notices";
import { progress } from "../texts/progress";
import { type BuildPreset, chooseBuild } from "./build-options";
import { connect } from "./connect";
import { placed } from "./failure";

/** What a build works on. */
export interface Build extends BuildChoice {
  readonly uri: string;
  readonly tag: string;
  /** Every step runs again. */
  readonly noCache?: boolean;
}

/** Builds a file that is on disk, as the preset specifies. */
export async function buildDockerfile(
  deps: Dependencies,
  uri: string,
  preset?: BuildPreset & Pick<Build, "noCache">,
): Promise<void> {
  const { ui, clock } = deps;
  const engine = await connect(deps);
  const plan = await deps.server.plan({ uri, reference: imageTag(ui.path(uri)), facts: engine.facts });
  const choice = await chooseBuild(deps, uri, plan, preset);
  if (!choice) return;
  const build = { ...buildOf(ui, uri, choice), noCache: preset?.noCache };
  ui.showOutput();
  const started = clock.now();
  await ui.progress(progress.building(ui.t, build.tag), (report, signal) =>
    runBuild(deps, engine, build, { report, signal }),
  );
  const seconds = ((clock.now() - started) / 1000).toFixed(1);
  const change = {
    title: buttons.changeBuildOptions(ui.t),
    run: () => ui.run("systemdContainers.changeBuildOptions", uri),
  };
  const hasOptions = plan.stages.length > 1 || plan.arguments.length > 0;
  ui.tell(
    "info",
    notices.built(ui.t, build.tag, seconds),
    { title: buttons.buildAndBoot(ui.t), run: () => ui.run("systemdContainers.buildAndBoot", uri) },
    ...(hasOptions ? [change] : []),
  );
}

export function buildOf(ui: Ui, uri: string, choice: BuildChoice): Build {
  return { ...choice, uri, tag: imageTag(ui.path(uri), choice.stage) };
}

/** Prints a build into the output channel, the step that begins into the progress. */
export function buildPrinter(ui: Ui, report: Job<Text>["report"]): BuildJob["print"] {
  return (output) => {
    if (output.kind === "step") report(stepText(ui, output));
    else ui.print(buildText(output));
  };
}

/** The longest part of an instruction that a notification shows, in characters. */
const shownOfStep = 60;

function stepText({ t }: Ui, { number, of, stage, text }: BuildStep): Text {
  const shown = text.length > shownOfStep ? `${text.slice(0, shownOfStep)}…` : text;
  return stage === undefined
    ? progress.step(t, number, of, shown)
    : progress.stepOfStage(t, number, of, stage, shown);
}

/** Builds, and shows what the builder reports. A failure knows its line. */
export async function runBuild(
  { ui }: Dependencies,
  engine: Engine,
  { uri, stage, tag, arguments: buildArgs, platform, noCache }: Build,
  { report, signal }: Pick<Job<Text>, "report" | "signal">,
): Promise<void> {
  const request = {
    dockerfile: ui.path(uri),
    context: ui.folder(uri),
    tag,
    target: stage,
    buildArgs: Object.keys(buildArgs).length > 0 ? buildArgs : undefined,
    platform,
    noCache,
  };
  // The names of the arguments alone: a value may be a secret.
  const how = [stage, platform, ...Object.keys(buildArgs)].filter((word) => word !== undefined).join(", ");
  const what = how === "" ? ui.label(uri) : `${ui.label(uri)} (${how})`;
  ui.print(`\n${notes.buildingFrom(ui.t, tag, what)}\n`);
  try {
    await engine.build(request, { print: buildPrinter(ui, report), signal });
  } catch (error) {
    throw isFault(error) && error.line !== undefined ? placed(error, { uri, line: error.line }) : error;
  }
}
