import { askArgument, type BuildPlan, isSecret, remember, rememberedBuild } from "../flows/build-options";
import { chooseStage } from "../flows/choose";
import { chooseDockerfile } from "../flows/files";
import { imageTag } from "../names";
import type { BuildChoice, Choice, Dependencies, Ui } from "../ports";
import { plain, type Text, text } from "../text";
import { labels } from "../texts/labels";
import { titles } from "../texts/titles";

/** Changes how a Dockerfile is built from now on: its stage, its arguments, its platform. */
export async function changeBuildOptions(deps: Dependencies, called?: string): Promise<void> {
  const { ui, server } = deps;
  const uri = await chooseDockerfile(ui, called);
  if (uri === undefined) return;
  const plan = await server.plan({ uri, reference: imageTag(ui.path(uri)) });
  for (;;) {
    const choice = rememberedBuild(deps, uri, plan) ?? { arguments: {} };
    const change = await ui.pick(titles.buildOptions(ui.t, ui.label(uri)), options(deps, uri, plan, choice));
    if (!change) return;
    const changed = await change();
    if (changed) remember(deps, uri, changed);
    else if (changed === null) return;
  }
}

/**
 * What happens when an option is picked. Returns the new options, undefined if nothing changed, or null to close the
 * list.
 */
type Change = () => Promise<BuildChoice | undefined | null>;

function options(deps: Dependencies, uri: string, plan: BuildPlan, choice: BuildChoice): Choice<Change>[] {
  const { ui } = deps;
  const found: Choice<Change>[] = [
    {
      icon: "play",
      label: labels.buildImage(ui.t),
      value: async () => {
        await ui.run("systemdContainers.build", uri);
        return null;
      },
    },
  ];
  if (plan.stages.length > 1) {
    found.push({
      label: labels.stage(ui.t),
      description: choice.stage ? plain(choice.stage) : labels.lastStageNamed(ui.t, plan.stages.at(-1) ?? ""),
      value: async () => {
        const stage = await chooseStage(ui, plan.stages);
        return stage && { ...choice, stage: stage.name };
      },
    });
  }
  for (const { name, value } of plan.arguments) {
    const own = choice.arguments[name];
    found.push({
      label: plain(name),
      description: shown(ui, name, own, value),
      detail: own === undefined && value !== undefined ? labels.argumentDefault(ui.t) : undefined,
      value: async () => {
        const answer = await askArgument(deps, name, isSecret(name) ? undefined : (own ?? value));
        return answer === undefined
          ? undefined
          : { ...choice, arguments: { ...choice.arguments, [name]: answer } };
      },
    });
  }
  found.push({
    label: labels.platform(ui.t),
    description: choice.platform ? plain(choice.platform) : labels.platformOfEngine(ui.t),
    value: async () => {
      const platform = await ui.pick(titles.selectPlatform(ui.t), platforms(deps));
      return platform && { ...choice, platform: platform.name };
    },
  });
  return found;
}

/** The value of an argument. A value that is likely a secret is shown as bullets. */
function shown({ t }: Ui, name: string, own: string | undefined, value: string | undefined): Text {
  if (own !== undefined && own !== "") return isSecret(name) ? text`•••` : plain(own);
  return value === undefined ? labels.notSet(t) : plain(value);
}

function platforms({ ui }: Dependencies): Choice<{ readonly name?: string }>[] {
  const names = [
    "linux/amd64",
    "linux/arm64",
    "linux/arm/v7",
    "linux/riscv64",
    "linux/ppc64le",
    "linux/s390x",
  ];
  return [
    { label: labels.anyPlatform(ui.t), value: {} },
    ...names.map((name) => ({ label: plain(name), value: { name } })),
  ];
}
