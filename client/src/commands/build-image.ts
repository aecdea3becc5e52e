import { imageTag } from "../names";
import type { Engine, Ports } from "../ports";
import { connect } from "./connect";
import { isFault, placed } from "./failure";
import { chooseDockerfile } from "./files";
import { chooseStage } from "./stage";

/** What a build works on. */
export interface Build {
  readonly uri: string;
  readonly stage?: string;
  readonly tag: string;
}

/** Builds the image of a Dockerfile under our tag. */
export async function buildImage(ports: Ports, called?: string): Promise<void> {
  const { ui, clock } = ports;
  const uri = await chooseDockerfile(ui, called);
  if (uri === undefined) return;
  const engine = await connect(ports);
  const plan = await ports.server.plan({ uri, reference: imageTag(ui.path(uri)), facts: engine.facts });
  const stage = await chooseStage(ui, plan.stages);
  if (!stage) return;
  const build = { uri, stage: stage.name, tag: imageTag(ui.path(uri), stage.name) };
  ui.showOutput();
  const started = clock.now();
  await ui.progress(ui.t("Building {0}", build.tag), (report, signal) =>
    runBuild(ports, engine, build, report, signal),
  );
  const seconds = ((clock.now() - started) / 1000).toFixed(1);
  ui.tell("info", ui.t("{0} was built in {1} s.", build.tag, seconds), {
    title: ui.t("Build and Boot"),
    run: () => ui.run("systemdContainers.buildAndBoot", uri),
  });
}

/** Streams a build into the output channel, its last line into the progress. A failure knows its line. */
export async function runBuild(
  { ui }: Ports,
  engine: Engine,
  { uri, stage, tag }: Build,
  report: (text: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const request = { dockerfile: ui.path(uri), context: ui.folder(uri), tag, target: stage };
  const print = (text: string) => {
    ui.print(text);
    const line = text.trimEnd().split("\n").at(-1)?.trim();
    if (line) report(line);
  };
  ui.print(`\n${ui.t("Building {0} from {1}", tag, ui.label(uri))}\n`);
  try {
    await engine.build(request, print, signal);
  } catch (error) {
    throw isFault(error) && error.line !== undefined ? placed(error, { uri, line: error.line }) : error;
  }
}
