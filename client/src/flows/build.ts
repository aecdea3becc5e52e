import { imageTag } from "../names";
import type { BuildChoice, Dependencies, Ui } from "../ports";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";
import { progress } from "../texts/progress";
import { type BuildPreset, chooseBuild } from "./build-options";
import { connect } from "./connect";
import { type Build, runBuild } from "./run-build";

/** Builds a file from disk with the options of the preset. */
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
