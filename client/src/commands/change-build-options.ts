import { askArgument, type BuildPlan, isSecret, remember, rememberedBuild } from "../flows/build-options";
import { chooseStage } from "../flows/choose";
import { chooseDockerfile } from "../flows/files";
import { imageTag } from "../names";
import type { BuildChoice, Choice, Dependencies, Ui } from "../ports";
import { plain, type Text, text } from "../text";

/** Changes how a Dockerfile is built the next time: its stage, its arguments, the platform. */
export async function changeBuildOptions(deps: Dependencies, called?: string): Promise<void> {
  const { ui, server } = deps;
  const uri = await chooseDockerfile(ui, called);
  if (uri === undefined) return;
  const plan = await server.plan({ uri, reference: imageTag(ui.path(uri)) });
  for (;;) {
    const choice = rememberedBuild(deps, uri, plan) ?? { arguments: {} };
    const change = await ui.pick(
      ui.t("Build options for {0}", ui.label(uri)),
      options(deps, uri, plan, choice),
    );
    if (!change) return;
    const changed = await change();
    if (changed) remember(deps, uri, changed);
    else if (changed === null) return;
  }
}

/** What an option does when it is picked: a new choice, nothing, or null where that was the last word. */
type Change = () => Promise<BuildChoice | undefined | null>;

function options(deps: Dependencies, uri: string, plan: BuildPlan, choice: BuildChoice): Choice<Change>[] {
  const { ui } = deps;
  const found: Choice<Change>[] = [
    {
      icon: "play",
      label: ui.t("Build Image"),
      value: async () => {
        await ui.run("systemdContainers.build", uri);
        return null;
      },
    },
  ];
  if (plan.stages.length > 1) {
    found.push({
      label: ui.t("Stage"),
      description: choice.stage ? plain(choice.stage) : ui.t("{0} (last stage)", plan.stages.at(-1) ?? ""),
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
      detail: own === undefined && value !== undefined ? ui.t("default from the Dockerfile") : undefined,
      value: async () => {
        const answer = await askArgument(deps, name, isSecret(name) ? undefined : (own ?? value));
        return answer === undefined
          ? undefined
          : { ...choice, arguments: { ...choice.arguments, [name]: answer } };
      },
    });
  }
  found.push({
    label: ui.t("Platform"),
    description: choice.platform ? plain(choice.platform) : ui.t("the engine's platform"),
    value: async () => {
      const platform = await ui.pick(ui.t("Select a platform"), platforms(deps));
      return platform && { ...choice, platform: platform.name };
    },
  });
  return found;
}

/** The value of an argument; of one that is likely a secret, only that there is one. */
function shown({ t }: Ui, name: string, own: string | undefined, value: string | undefined): Text {
  if (own !== undefined && own !== "") return isSecret(name) ? text`•••` : plain(own);
  return value === undefined ? t("not set") : plain(value);
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
    { label: ui.t("The engine's platform"), value: {} },
    ...names.map((name) => ({ label: plain(name), value: { name } })),
  ];
}
