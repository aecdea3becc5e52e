import type { PlanResult } from "../../../server/src/protocol";
import {
  type BuildPart,
  type BuildReason,
  buildCommands,
  type CopiedBuild,
} from "../flows/build-command-line";
import { isSecret, rememberedBuild } from "../flows/build-options";
import { chooseStage } from "../flows/choose";
import { chooseFile } from "../flows/files";
import { imageTag } from "../names";
import type { Dependencies, Ui } from "../ports";
import { commandLine } from "../quoting";
import { plain } from "../text";
import { languages, planMarkdown } from "../views/copied-command";

/** Copies what builds the image elsewhere, in the words of the tool that is picked. Needs no engine. */
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
    ui.t("Select a command"),
    commands.map(([tool, parts]) => ({
      label: plain(tool),
      detail: plain(line(parts)),
      value: { label: tool, parts },
    })),
  );
  if (!picked) return;
  const { label, parts } = picked;
  await ui.copy(line(parts));
  const explained = parts.map(({ words, why }) => ({ what: commandLine(words, shell), ...reason(ui, why) }));
  ui.tell("info", ui.t("Copied {0} to the clipboard", label), {
    title: ui.t("Explain Options"),
    run: () => ui.preview(label, planMarkdown(ui.md, label, languages[shell], line(parts), explained)),
  });
}

/** The build as it is remembered; where nothing is remembered, the stage is asked. A secret is never copied. */
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

function reason({ t }: Ui, why: BuildReason): { readonly why: string; readonly cost?: string } {
  switch (why) {
    case "build":
      return { why: t("Builds an image from a Dockerfile.") };
    case "load":
      return {
        why: t("Loads the result into the engine's image store."),
      };
    case "tag":
      return { why: t("The name of the image.") };
    case "file":
      return { why: t("The Dockerfile.") };
    case "stage":
      return { why: t("The stage to build, with the stages that it depends on.") };
    case "platform":
      return {
        why: t("The target platform."),
        cost: t("Building for another architecture needs an emulator for RUN and is slow."),
      };
    case "argument":
      return {
        why: t("The value of an ARG."),
        cost: t("Anyone with the image can read it."),
      };
    case "environment":
      return {
        why: t("An ARG that takes its value from the environment of the command."),
        cost: t(
          "Anyone with the image can read it; use RUN --mount=type=secret to keep it out of the image.",
        ),
      };
    case "context":
      return {
        why: t("The build context: the directory that COPY reads, without the files in .dockerignore."),
      };
    case "frontend":
      return { why: t("Makes BuildKit read the file as a Dockerfile.") };
    case "output":
      return { why: t("Writes the image to a file. Load it with `docker load --input`.") };
  }
}
