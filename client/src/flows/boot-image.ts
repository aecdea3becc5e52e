import { referenceName } from "../names";
import type { Choice, Dependencies, Engine, LaunchConfiguration, LocalImage } from "../ports";
import { plain } from "../text";
import { bootPlanned } from "./boot";
import { connect } from "./connect";
import { readLogin } from "./login";
import { creation, planOptions } from "./plan";

/** Boots an image that the engine has, whatever made it: the one that is named, or the one that is picked. */
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
    ui.t("Inspecting {0}", reference),
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
    ui.tell("info", ui.t("{0} has no images. Run Build Image to create one.", engine.name));
    return undefined;
  }
  return ui.pick(ui.t("Select an image"), images.map(choiceOf));
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
  return ui.confirm(
    program === ""
      ? ui.t("{0} contains systemd, but has no entrypoint or command.", reference)
      : ui.t("{0} contains systemd, but starts {1}.", reference, program),
    ui.t("Boot systemd instead?"),
    ui.t("Boot systemd"),
  );
}

function wantsEmulation({ ui }: Dependencies, reference: string, architecture: string): Promise<boolean> {
  return ui.confirm(
    ui.t("{0} is built for {1}; the host has a different architecture.", reference, architecture),
    ui.t("It needs an emulator on the host (binfmt_misc), runs slowly, and systemd might not boot."),
    ui.t("Boot Anyway"),
  );
}
