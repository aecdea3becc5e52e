import type { BuildChoice, BuildJob, BuildStep, Engine, Job, Labels, Ui } from "../ports";
import type { Text } from "../text";
import { buildText } from "../texts/build-output";
import { isFault } from "../texts/faults";
import { notes } from "../texts/notes";
import { progress } from "../texts/progress";
import { placed } from "./failure";

/** What a build needs of the one who shows it: an editor, or a command line. */
export type BuildUi = Pick<Ui, "t" | "print" | "path" | "folder" | "label">;

/** What a build works on. */
export interface Build extends BuildChoice {
  readonly uri: string;
  readonly tag: string;
  /** Every step runs again. */
  readonly noCache?: boolean;
  /** The directory that is sent, where it is not that of the file. */
  readonly context?: string;
  /** Labels of the image. */
  readonly labels?: Labels;
}

/** Prints a build into the output channel, the step that begins into the progress. */
export function buildPrinter(ui: BuildUi, report: Job<Text>["report"]): BuildJob["print"] {
  return (output) => {
    if (output.kind === "step") report(stepText(ui, output));
    else ui.print(buildText(output));
  };
}

/** The longest part of an instruction that a notification shows, in characters. */
const shownOfStep = 60;

function stepText({ t }: BuildUi, { number, of, stage, text }: BuildStep): Text {
  const shown = text.length > shownOfStep ? `${text.slice(0, shownOfStep)}…` : text;
  return stage === undefined
    ? progress.step(t, number, of, shown)
    : progress.stepOfStage(t, number, of, stage, shown);
}

/** Builds, and shows what the builder reports. A failure knows its line. */
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
