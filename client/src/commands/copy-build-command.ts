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
    ui.t("Which command?"),
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
  ui.tell("info", ui.t("Copied: {0}", label), {
    title: ui.t("Explain"),
    run: () => ui.preview(label, planMarkdown(ui.md, label, languages[shell], line(parts), explained)),
  });
}

/** The build as it is remembered; a stage is asked for where nothing is. A secret is never copied. */
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
      return { why: t("Builds an image as a Dockerfile says.") };
    case "load":
      return {
        why: t("Hands the image to the engine, also where the builder keeps what it builds to itself."),
      };
    case "tag":
      return { why: t("The image's name.") };
    case "file":
      return { why: t("The Dockerfile.") };
    case "stage":
      return { why: t("The stage that is built, and those that it needs.") };
    case "platform":
      return {
        why: t("What machine the image is for."),
        cost: t("Where the builder's machine is another, its RUN steps need an emulator and take long."),
      };
    case "argument":
      return {
        why: t("The value of an ARG."),
        cost: t("Whoever has the image can read it there."),
      };
    case "environment":
      return {
        why: t("An ARG whose value is taken from the environment of the command."),
        cost: t("Whoever has the image can read it there; RUN --mount=type=secret leaves no trace."),
      };
    case "context":
      return { why: t("The folder that COPY takes files from. What .dockerignore names stays out.") };
    case "frontend":
      return { why: t("BuildKit reads the file as a Dockerfile.") };
    case "output":
      return { why: t("The image as a file, which `docker load --input` takes into an engine.") };
  }
}
