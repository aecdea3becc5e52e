import type { PlanParams } from "../../../server/src/protocol";
import { containerName, imageTag } from "../names";
import type { Dependencies, LaunchConfiguration } from "../ports";
import { questions } from "../texts/questions";
import { bootPlanned } from "./boot";
import { buildOf } from "./build";
import { chooseBuild } from "./build-options";
import { connect } from "./connect";
import { readLogin } from "./login";
import { creation, planOptions } from "./plan";
import { tellWithoutSystemd, wantsWithoutSystemd } from "./without-systemd";

/**
 * Builds and boots a Dockerfile as a launch configuration specifies. With `unasked`, an earlier container is replaced
 * without confirmation, and an image without systemd is not booted.
 */
export async function bootDockerfile(
  deps: Dependencies,
  uri: string,
  configuration: Partial<LaunchConfiguration>,
  unasked = false,
): Promise<void> {
  const { ui, server } = deps;
  const login = await readLogin(deps, configuration.user, uri);
  const engine = await connect(deps);
  const options = planOptions(deps, configuration, uri);
  const paramsOf = (name?: string): PlanParams => {
    const reference = imageTag(ui.path(uri), name);
    return { uri, name, reference, facts: engine.facts, options };
  };
  const whole = await server.plan(paramsOf());
  const choice = await chooseBuild(deps, uri, whole, configuration);
  if (!choice) return;
  const asked = paramsOf(choice.stage);
  const plan = choice.stage === undefined ? whole : await server.plan(asked);
  const create = creation(deps, engine, ui.label(uri), plan);
  if (!create) return;
  if (plan.boots === "no") {
    const question = questions.bootAnyway(ui.t, ui.label(uri));
    if (unasked) return tellWithoutSystemd(ui, plan, question);
    if (!(await wantsWithoutSystemd(ui, plan, question))) return;
  }
  await bootPlanned(deps, engine, {
    name: configuration.containerName ?? containerName(ui.path(uri), choice.stage),
    uri,
    asked,
    create,
    seconds: configuration.timeout ?? ui.bootTimeout(uri),
    build: buildOf(ui, uri, choice),
    login,
    replaces: unasked,
    debug: configuration.debug,
  });
}
