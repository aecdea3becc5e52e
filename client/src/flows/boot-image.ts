import { referenceName } from "../names";
import type { Choice, Dependencies, Engine, LaunchConfiguration, LocalImage } from "../ports";
import { plain } from "../text";
import { notices } from "../texts/notices";
import { progress } from "../texts/progress";
import { questions } from "../texts/questions";
import { titles } from "../texts/titles";
import { bootPlanned } from "./boot";
import { connect } from "./connect";
import { readLogin } from "./login";
import { creation, planOptions } from "./plan";

/** Boots an image that the engine has, regardless of who built it: the given one, or the one that the user picks. */
export async function bootImage(
  deps: Dependencies,
  called?: string,
  configuration: Partial<LaunchConfiguration> = {},
): Promise<void> {
  const { ui, server } = deps;
  const login = await readLogin(deps, configuration.user);
  const engine = await connect(deps);
  const reference = called ?? (await pickImage(deps, engine));
  if (reference === undefined) return;
  const { image, architecture, native } = await ui.progress(
    progress.inspecting(ui.t, reference),
    (_report, signal) => engine.look(reference, signal),
  );
  const asked = { image, reference, facts: engine.facts, options: planOptions(deps, configuration) };
  const plan = await server.plan(asked);
  const create = creation(deps, engine, reference, plan);
  if (!create) return;
  if (!native && !(await wantsEmulation(deps, reference, architecture))) return;
  if (plan.boots === "no" && !(await wantsSystemd(deps, reference, image))) return;
  await bootPlanned(deps, engine, {
    name: configuration.containerName ?? `${referenceName(reference)}-systemd`,
    asked,
    create,
    seconds: configuration.timeout ?? ui.bootTimeout(),
    login,
    debug: configuration.debug,
  });
}

async function pickImage({ ui }: Dependencies, engine: Engine): Promise<string | undefined> {
  const images = await engine.images();
  if (images.length === 0) {
    ui.tell("info", notices.noImages(ui.t, engine.name));
    return undefined;
  }
  return ui.pick(titles.selectImage(ui.t), images.map(choiceOf));
}

function choiceOf({ reference, id, size, created }: LocalImage): Choice<string> {
  const short = id.replace(/^sha256:/, "").slice(0, 12);
  const megabytes = `${Math.round(size / 1e6).toLocaleString("en")} MB`;
  const day = new Date(created * 1000).toISOString().slice(0, 10);
  return {
    label: plain(reference),
    description: plain(short),
    detail: plain(`${megabytes}, ${day}`),
    value: reference,
  };
}

function wantsSystemd(
  { ui }: Dependencies,
  reference: string,
  { entrypoint, command }: { readonly entrypoint: readonly string[]; readonly command: readonly string[] },
): Promise<boolean> {
  const program = [...entrypoint, ...command].join(" ");
  return ui.confirm(...questions.bootSystemd(ui.t, reference, program));
}

function wantsEmulation({ ui }: Dependencies, reference: string, architecture: string): Promise<boolean> {
  return ui.confirm(...questions.emulate(ui.t, reference, architecture));
}
