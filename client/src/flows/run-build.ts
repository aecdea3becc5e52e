import type { BuildChoice, BuildJob, BuildStep, Engine, Job, Labels, Ui } from "../ports";
import type { Text } from "../text";
import { buildText } from "../texts/build-output";
import { isFault } from "../texts/faults";
import { notes } from "../texts/notes";
import { progress } from "../texts/progress";
import { placed } from "./failure";

/** The parts of the user interface that a build needs; a command line can provide them too. */
export type BuildUi = Pick<Ui, "t" | "print" | "path" | "folder" | "label">;

/** The input of a build. */
export interface Build extends BuildChoice {
  readonly uri: string;
  readonly tag: string;
  /** Whether to run all steps without the cache. */
  readonly noCache?: boolean;
  /** The build context, if it is not the directory of the file. */
  readonly context?: string;
  /** Labels of the image. */
  readonly labels?: Labels;
}

/** Prints the output of a build to the output channel and reports each new step as progress. */
export function buildPrinter(ui: BuildUi, report: Job<Text>["report"]): BuildJob["print"] {
  return (output) => {
    if (output.kind === "step") report(stepText(ui, output));
    else ui.print(buildText(output));
  };
}

/** The maximum number of characters of an instruction in a notification. */
const shownOfStep = 60;

function stepText({ t }: BuildUi, { number, of, stage, text }: BuildStep): Text {
  const shown = text.length > shownOfStep ? `${text.slice(0, shownOfStep)}…` : text;
  return stage === undefined
    ? progress.step(t, number, of, shown)
    : progress.stepOfStage(t, number, of, stage, shown);
}

/** Builds an image and shows the builder's output. Errors include the line of the Dockerfile if it is known. */
export async function runBuild(
  { ui }: { readonly ui: BuildUi },
  engine: Pick<Engine, "build">,
  { uri, stage, tag, arguments: buildArgs, platform, noCache, context, labels }: Build,
  { report, signal }: Pick<Job<Text>, "report" | "signal">,
): Promise<void> {
  const request = {
    dockerfile: ui.path(uri),
    context: context ?? ui.folder(uri),
    tag,
    target: stage,
    buildArgs: Object.keys(buildArgs).length > 0 ? buildArgs : undefined,
    platform,
    noCache,
    labels,
  };
  // Only the names of the arguments, because a value may be a secret.
  const how = [stage, platform, ...Object.keys(buildArgs)].filter((word) => word !== undefined).join(", ");
  const what = how === "" ? ui.label(uri) : `${ui.label(uri)} (${how})`;
  ui.print(`\n${notes.buildingFrom(ui.t, tag, what)}\n`);
  try {
    await engine.build(request, { print: buildPrinter(ui, report), signal });
  } catch (error) {
    throw isFault(error) && error.line !== undefined ? placed(error, { uri, line: error.line }) : error;
  }
}
