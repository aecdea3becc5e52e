import type { PlanResult } from "../../../server/src/protocol";
import { type BuildPart, buildCommands, type CopiedBuild } from "../flows/build-command-line";
import { isSecret, rememberedBuild } from "../flows/build-options";
import { chooseStage } from "../flows/choose";
import { chooseFile } from "../flows/files";
import { imageTag } from "../names";
import type { Dependencies } from "../ports";
import { commandLine } from "../quoting";
import { plain } from "../text";
import { buildReasons } from "../texts/build-reasons";
import { buttons } from "../texts/buttons";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";
import { languages, planMarkdown } from "../views/copied-command";

/**
 * Copies a command that builds the image without this extension, for the tool that the user picks. Needs no engine.
 */
export async function copyBuildCommand(deps: Dependencies, called?: string): Promise<void> {
  const { ui, server } = deps;
  const uri = await chooseFile(ui, ["dockerfile"], called);
  if (uri === undefined) return;
  const plan = await server.plan({ uri, reference: imageTag(ui.path(uri)) });
  const build = await copiedBuild(deps, uri, plan);
  if (!build) return;
  const shell = ui.shell();
  const line = (parts: readonly BuildPart[]) =>
    commandLine(
      parts.flatMap(({ words }) => words),
      shell,
    );
  const commands = Object.entries(buildCommands(build));
  const picked = await ui.pick(
    titles.selectCommand(ui.t),
    commands.map(([tool, parts]) => ({
      label: plain(tool),
      detail: plain(line(parts)),
      value: { label: tool, parts },
    })),
  );
  if (!picked) return;
  const { label, parts } = picked;
  await ui.copy(line(parts));
  const explained = parts.map(({ words, why }) => ({
    what: commandLine(words, shell),
    ...buildReasons[why](ui.t),
  }));
  ui.tell("info", notices.copied(ui.t, label), {
    title: buttons.explainOptions(ui.t),
    run: () => ui.preview(label, planMarkdown(ui.md, label, languages[shell], line(parts), explained)),
  });
}

/** The build with the remembered options. If there are none, the user picks the stage. Secrets are never copied. */
async function copiedBuild(
  deps: Dependencies,
  uri: string,
  plan: PlanResult,
): Promise<CopiedBuild | undefined> {
  const { ui } = deps;
  const known = rememberedBuild(deps, uri, plan);
  const stage = known ? { name: known.stage } : await chooseStage(ui, plan.stages);
  if (!stage) return undefined;
  const given = Object.entries(known?.arguments ?? {}).filter(
    ([name, value]) => value !== "" && !isSecret(name),
  );
  const values = Object.fromEntries(given);
  const missing = plan.arguments.filter(
    ({ name, value }) => !(name in values) && (value === undefined || known?.arguments[name] !== undefined),
  );
  return {
    dockerfile: ui.path(uri),
    context: ui.folder(uri),
    tag: imageTag(ui.path(uri), stage.name),
    stage: stage.name,
    platform: known?.platform,
    arguments: values,
    fromEnvironment: missing.map(({ name }) => name),
  };
}
