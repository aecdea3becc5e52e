import type { PlanResult } from "../../../server/src/protocol";
import type { BuildChoice, Dependencies } from "../ports";
import { labels } from "../texts/labels";
import { notices } from "../texts/notices";
import { titles } from "../texts/titles";
import { chooseStage } from "./choose";

/** The build options of a launch configuration. */
export interface BuildPreset {
  readonly stage?: string;
  readonly buildArguments?: Readonly<Record<string, string>>;
  readonly platform?: string;
}

/** The stages and arguments that a file defines. */
export type BuildPlan = Pick<PlanResult, "stages" | "arguments">;

/**
 * Determines how a Dockerfile is built, from the preset and the remembered options. The user is prompted once for
 * values that neither contains. Undefined if the user dismisses a prompt.
 */
export async function chooseBuild(
  deps: Dependencies,
  uri: string,
  plan: BuildPlan,
  preset: BuildPreset = {},
): Promise<BuildChoice | undefined> {
  const { ui } = deps;
  if (preset.stage !== undefined && !hasStage(plan, preset.stage)) {
    ui.tell("error", notices.noStage(ui.t, ui.label(uri), preset.stage));
    return undefined;
  }
  const known = rememberedBuild(deps, uri, plan);
  const stage = preset.stage ?? known?.stage;
  const chosen = stage !== undefined || known ? { name: stage } : await chooseStage(ui, plan.stages);
  if (!chosen) return undefined;
  const given: Record<string, string> = { ...known?.arguments, ...preset.buildArguments };
  const asked: Record<string, string> = {};
  for (const { name, value } of plan.arguments) {
    if (value !== undefined || name in given) continue;
    const answer = await askArgument(deps, name, undefined);
    if (answer === undefined) return undefined;
    asked[name] = answer;
  }
  const ownStage = preset.stage === undefined ? chosen.name : known?.stage;
  if (plan.stages.length > 1 || Object.keys(asked).length > 0) {
    remember(deps, uri, { ...known, stage: ownStage, arguments: { ...known?.arguments, ...asked } });
  }
  return {
    stage: chosen.name,
    // An argument without a value is treated as missing.
    arguments: Object.fromEntries(Object.entries({ ...given, ...asked }).filter(([, value]) => value !== "")),
    platform: preset.platform ?? known?.platform,
  };
}

/** A stage is referred to by its name in any case, or by its number. */
function hasStage({ stages }: BuildPlan, stage: string): boolean {
  return stages.includes(stage.toLowerCase()) || (/^\d+$/.test(stage) && Number(stage) < stages.length);
}

/** Whether the name of an argument suggests that its value is a secret. */
export function isSecret(name: string): boolean {
  return /(^|_)(tokens?|pass|password|passwd|passphrase|pw|secrets?|keys?|credentials?|auth|pat)(_|$)/i.test(
    name,
  );
}

/** Prompts for the value of a build argument; undefined if the prompt is dismissed. */
export function askArgument(
  { ui }: Dependencies,
  name: string,
  value: string | undefined,
): Promise<string | undefined> {
  const secret = isSecret(name);
  const detail = secret ? labels.secretDetail(ui.t) : labels.argumentDetail(ui.t);
  return ui.ask(titles.buildArgument(ui.t, name), { value, detail, secret });
}

/** The remembered build options of a file, or undefined if the file no longer has the remembered stage. */
export function rememberedBuild(
  { memory }: Dependencies,
  uri: string,
  { stages }: BuildPlan,
): BuildChoice | undefined {
  const kept = memory.builds?.[uri];
  const secrets = memory.secrets?.[uri];
  if (!kept && !secrets) return undefined;
  if (kept?.stage !== undefined && !stages.includes(kept.stage)) return undefined;
  return { ...kept, arguments: { ...kept?.arguments, ...secrets } };
}

/** Remembers how a file is built. Likely secrets are stored separately. */
export function remember({ memory }: Dependencies, uri: string, choice: BuildChoice): void {
  const entries = Object.entries(choice.arguments);
  const plain = entries.filter(([name]) => !isSecret(name));
  const secret = entries.filter(([name]) => isSecret(name));
  memory.builds = { ...memory.builds, [uri]: { ...choice, arguments: Object.fromEntries(plain) } };
  memory.secrets = { ...memory.secrets, [uri]: Object.fromEntries(secret) };
}
