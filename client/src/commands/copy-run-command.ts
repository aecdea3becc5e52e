import type { PartMessage, PlanResult } from "../../../server/src/protocol";
import { imageTag, serviceImage } from "../names";
import type { Choice, Ports } from "../ports";
import { commandLine } from "../quoting";
import { planMarkdown } from "../views/run-command";
import { languages } from "./copy-build-command";
import { chooseFile } from "./files";
import { chooseService } from "./stage";

/** Copies what starts the image elsewhere, in the words of the tool that is picked. Needs no engine. */
export async function copyRunCommand(ports: Ports, called?: string): Promise<void> {
  const { ui, server } = ports;
  const uri = await chooseFile(ui, ["dockerfile", "compose"], called);
  if (uri === undefined) return;
  const isCompose = ui.kind(uri) === "compose";
  const path = ui.path(uri);
  const ask = (name?: string) =>
    server.plan({ uri, name, reference: isCompose ? serviceImage(path, name) : imageTag(path) });
  const whole = await ask();
  const service = isCompose ? await chooseService(ui, whole.stages) : {};
  if (!service) return;
  const plan = service.name === undefined ? whole : await ask(service.name);
  if (plan.refused !== undefined) {
    ui.tell("error", ui.t("No flags make {0} boot: {1}", ui.label(uri), plan.refused));
    return;
  }
  const picked = await ui.pick(ui.t("Which command?"), choices(ports, plan));
  if (!picked) return;
  await ui.copy(picked.text);
  ui.tell("info", ui.t("Copied: {0}", picked.tool), {
    title: ui.t("Explain"),
    run: () =>
      ui.preview(picked.tool, planMarkdown(ui.t, picked.tool, picked.language, picked.text, picked.parts)),
  });
}

interface Picked {
  readonly tool: string;
  readonly language: string;
  readonly text: string;
  readonly parts: readonly PartMessage[];
}

/** What can be copied; a tool whose engine cannot boot the image is left out. */
function choices({ ui }: Ports, { docker, podman, compose, explain }: PlanResult): Choice<Picked>[] {
  const choice = (description: string, value: Picked): Choice<Picked> => ({
    label: value.tool,
    description,
    detail: value.text.replace(/\s+/g, " ").trim(),
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
    choice(ui.t("for Docker Engine and Docker Desktop"), command("docker run", docker, explain.docker)),
    choice(
      ui.t("for Podman, which sets most of it by itself"),
      command("podman run", podman, explain.podman),
    ),
    choice(ui.t("a service for docker compose"), {
      tool: "compose.yaml",
      language: "yaml",
      text: compose,
      parts: explain.compose,
    }),
  ].filter(({ value }) => value.text !== "");
}
