import type { PlanResult } from "../../../server/src/protocol";
import { imageTag } from "../names";
import type { BuildChoice, Choice, Ports, Ui } from "../ports";
import { plain, type Text, text } from "../text";
import { chooseDockerfile } from "./files";
import { chooseStage } from "./stage";

/** What a launch configuration says of the build. */
export interface BuildPreset {
  readonly stage?: string;
  readonly buildArguments?: Readonly<Record<string, string>>;
  readonly platform?: string;
}

type Plan = Pick<PlanResult, "stages" | "arguments">;

/**
 * How a Dockerfile is built: what the preset and the last time say, and what neither knows is asked for, once.
 * Undefined when a question is dismissed.
 */
export async function chooseBuild(
  ports: Ports,
  uri: string,
  plan: Plan,
  preset: BuildPreset = {},
): Promise<BuildChoice | undefined> {
  const { ui } = ports;
  if (preset.stage !== undefined && !hasStage(plan, preset.stage)) {
    ui.tell("error", ui.t("{0} has no stage {1}.", ui.label(uri), preset.stage));
    return undefined;
  }
  const known = rememberedBuild(ports, uri, plan);
  const stage = preset.stage ?? known?.stage;
  const chosen = stage !== undefined || known ? { name: stage } : await chooseStage(ui, plan.stages);
  if (!chosen) return undefined;
  const given: Record<string, string> = { ...known?.arguments, ...preset.buildArguments };
  const asked: Record<string, string> = {};
  for (const { name, value } of plan.arguments) {
    if (value !== undefined || name in given) continue;
    const answer = await askArgument(ports, name, undefined);
    if (answer === undefined) return undefined;
    asked[name] = answer;
  }
  const ownStage = preset.stage === undefined ? chosen.name : known?.stage;
  if (plan.stages.length > 1 || Object.keys(asked).length > 0) {
    remember(ports, uri, { ...known, stage: ownStage, arguments: { ...known?.arguments, ...asked } });
  }
  return {
    stage: chosen.name,
    // An argument without a value is as good as one that was not given.
    arguments: Object.fromEntries(Object.entries({ ...given, ...asked }).filter(([, value]) => value !== "")),
    platform: preset.platform ?? known?.platform,
  };
}

/** A stage goes by its name, in whatever case, or by its number. */
function hasStage({ stages }: Plan, stage: string): boolean {
  return stages.includes(stage.toLowerCase()) || (/^\d+$/.test(stage) && Number(stage) < stages.length);
}

/** Changes how a Dockerfile is built the next time: its stage, its arguments, the platform. */
export async function changeBuildOptions(ports: Ports, called?: string): Promise<void> {
  const { ui, server } = ports;
  const uri = await chooseDockerfile(ui, called);
  if (uri === undefined) return;
  const plan = await server.plan({ uri, reference: imageTag(ui.path(uri)) });
  for (;;) {
    const choice = rememberedBuild(ports, uri, plan) ?? { arguments: {} };
    const change = await ui.pick(ui.t("How is {0} built?", ui.label(uri)), options(ports, uri, plan, choice));
    if (!change) return;
    const changed = await change();
    if (changed) remember(ports, uri, changed);
    else if (changed === null) return;
  }
}

/** What an option does when it is picked: a new choice, nothing, or null where that was the last word. */
type Change = () => Promise<BuildChoice | undefined | null>;

function options(ports: Ports, uri: string, plan: Plan, choice: BuildChoice): Choice<Change>[] {
  const { ui } = ports;
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
      description: choice.stage ? plain(choice.stage) : ui.t("{0}, the last stage", plan.stages.at(-1) ?? ""),
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
      detail: own === undefined && value !== undefined ? ui.t("the Dockerfile's default") : undefined,
      value: async () => {
        const answer = await askArgument(ports, name, isSecret(name) ? undefined : (own ?? value));
        return answer === undefined
          ? undefined
          : { ...choice, arguments: { ...choice.arguments, [name]: answer } };
      },
    });
  }
  found.push({
    label: ui.t("Platform"),
    description: choice.platform ? plain(choice.platform) : ui.t("the engine's own"),
    value: async () => {
      const platform = await ui.pick(ui.t("Which platform?"), platforms(ports));
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

function platforms({ ui }: Ports): Choice<{ readonly name?: string }>[] {
  const names = [
    "linux/amd64",
    "linux/arm64",
    "linux/arm/v7",
    "linux/riscv64",
    "linux/ppc64le",
    "linux/s390x",
  ];
  return [
    { label: ui.t("The engine's own"), value: {} },
    ...names.map((name) => ({ label: plain(name), value: { name } })),
  ];
}

/** Whether an argument is likely to hold a secret, by its name. */
export function isSecret(name: string): boolean {
  return /(^|_)(tokens?|pass|password|passwd|passphrase|pw|secrets?|keys?|credentials?|auth|pat)(_|$)/i.test(
    name,
  );
}

function askArgument({ ui }: Ports, name: string, value: string | undefined): Promise<string | undefined> {
  const secret = isSecret(name);
  const detail = secret
    ? ui.t(
        "Kept until the window is closed. Whoever has the image can read it there; RUN --mount=type=secret leaves no trace.",
      )
    : ui.t("Empty: it is not set. It is asked for once; Change Build Options changes it.");
  return ui.ask(ui.t("Build argument {0}", name), { value, detail, secret });
}

/** What is remembered of a file, as far as the file still has it. */
export function rememberedBuild({ memory }: Ports, uri: string, { stages }: Plan): BuildChoice | undefined {
  const kept = memory.builds?.[uri];
  const secrets = memory.secrets?.[uri];
  if (!kept && !secrets) return undefined;
  if (kept?.stage !== undefined && !stages.includes(kept.stage)) return undefined;
  return { ...kept, arguments: { ...kept?.arguments, ...secrets } };
}

function remember({ memory }: Ports, uri: string, choice: BuildChoice): void {
  const entries = Object.entries(choice.arguments);
  const plain = entries.filter(([name]) => !isSecret(name));
  const secret = entries.filter(([name]) => isSecret(name));
  memory.builds = { ...memory.builds, [uri]: { ...choice, arguments: Object.fromEntries(plain) } };
  memory.secrets = { ...memory.secrets, [uri]: Object.fromEntries(secret) };
}
