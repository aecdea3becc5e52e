import type { PartMessage, PlanResult } from "../../../server/src/protocol";
import { rememberedBuild } from "../flows/build-options";
import { chooseService } from "../flows/choose";
import { chooseConfiguration } from "../flows/configurations";
import { chooseFile } from "../flows/files";
import { planOptions } from "../flows/plan";
import { wantsWithoutSystemd } from "../flows/without-systemd";
import { containerName, imageTag, serviceImage } from "../names";
import type { Choice, Dependencies } from "../ports";
import { commandLine } from "../quoting";
import { plain, type Text } from "../text";
import { buttons } from "../texts/buttons";
import { labels } from "../texts/labels";
import { notices } from "../texts/notices";
import { questions } from "../texts/questions";
import { titles } from "../texts/titles";
import { languages, planMarkdown } from "../views/copied-command";
import type { Language } from "../views/markdown";

/**
 * Copies a command that starts the image without this extension, for the tool that the user picks. Needs no engine.
 * If a Compose file is given without a service, the user picks one.
 */
export async function copyRunCommand(deps: Dependencies, called?: string, named?: string): Promise<void> {
  const { ui } = deps;
  const uri = await chooseFile(ui, ["dockerfile", "compose"], called);
  if (uri === undefined) return;
  const plan = ui.kind(uri) === "compose" ? await planService(deps, uri, named) : await planImage(deps, uri);
  if (!plan) return;
  if (plan.refused !== undefined) {
    ui.tell("error", notices.noFlags(ui.t, ui.label(uri), plan.refused));
    return;
  }
  if (
    plan.boots === "no" &&
    !(await wantsWithoutSystemd(ui, plan, questions.copyAnyway(ui.t, ui.label(uri))))
  )
    return;
  const picked = await ui.pick(titles.selectCommand(ui.t), choices(deps, plan));
  if (!picked) return;
  await ui.copy(picked.text);
  ui.tell("info", notices.copied(ui.t, picked.tool), {
    title: buttons.explainOptions(ui.t),
    run: () =>
      ui.preview(picked.tool, planMarkdown(ui.md, picked.tool, picked.language, picked.text, picked.parts)),
  });
}

async function planService(
  deps: Dependencies,
  uri: string,
  named: string | undefined,
): Promise<PlanResult | undefined> {
  const { ui, server } = deps;
  const ask = (name?: string) => server.plan({ uri, name, reference: serviceImage(ui.path(uri), name) });
  if (named !== undefined) return ask(named);
  const whole = await ask();
  const service = await chooseService(ui, whole.stages);
  return service && (service.name === undefined ? whole : ask(service.name));
}

/**
 * The plan for the image that this extension builds from a Dockerfile, with a launch configuration if the user picks
 * one.
 */
async function planImage(deps: Dependencies, uri: string): Promise<PlanResult | undefined> {
  const { ui, server } = deps;
  const configuration = await chooseConfiguration(deps, uri);
  if (!configuration) return undefined;
  const path = ui.path(uri);
  const ask = (name?: string) => {
    const container = configuration.containerName ?? containerName(path, name);
    const options = planOptions(deps, configuration, uri);
    return server.plan({
      uri,
      name,
      reference: imageTag(path, name),
      options: configuration.name ? { ...options, name: container } : options,
    });
  };
  const whole = await ask();
  const stage = configuration.stage ?? rememberedBuild(deps, uri, whole)?.stage;
  return stage === undefined ? whole : ask(stage);
}

interface Picked {
  readonly tool: string;
  readonly language: Language;
  readonly text: string;
  readonly parts: readonly PartMessage[];
}

/** What can be copied. A tool is left out if its engine cannot boot the image. */
function choices({ ui }: Dependencies, { docker, podman, compose, explain }: PlanResult): Choice<Picked>[] {
  const choice = (description: Text, value: Picked): Choice<Picked> => ({
    label: plain(value.tool),
    description,
    // The picker shows only one line.
    detail: value.text.trim().includes("\n") ? undefined : plain(value.text.trim()),
    value,
  });
  const shell = ui.shell();
  const command = (tool: string, words: readonly string[], parts: readonly PartMessage[]): Picked => ({
    tool,
    language: languages[shell],
    text: commandLine(words, shell),
    parts,
  });
  return [
    choice(labels.forDocker(ui.t), command("docker run", docker, explain.docker)),
    choice(labels.forPodman(ui.t), command("podman run", podman, explain.podman)),
    choice(labels.forCompose(ui.t), {
      tool: "compose.yaml",
      language: "yaml",
      text: compose,
      parts: explain.compose,
    }),
  ].filter(({ value }) => value.text !== "");
}
