import type { PlanResult } from "../../../server/src/protocol";
import { containerName, imageTag } from "../names";
import type { Engine, Ports } from "../ports";
import { type Build, runBuild } from "./build-image";
import { connect, running } from "./connect";
import { chooseDockerfile } from "./files";
import { type Booted, tellOutcome } from "./outcome";
import { chooseStage } from "./stage";

/** Builds a Dockerfile, starts it with the least that its plan asks for, and waits until systemd has booted. */
export async function buildAndBoot(ports: Ports, called?: string): Promise<void> {
  const { ui, server } = ports;
  const uri = await chooseDockerfile(ui, called);
  if (uri === undefined) return;
  const engine = await connect(ports);
  const ask = (name?: string) =>
    server.plan({ uri, name, reference: imageTag(ui.path(uri), name), facts: engine.facts });
  const whole = await ask();
  const stage = await chooseStage(ui, whole.stages);
  if (!stage) return;
  const plan = stage.name === undefined ? whole : await ask(stage.name);
  if (plan.refused !== undefined) {
    ui.tell("error", ui.t("{0} cannot boot on {1}: {2}", ui.label(uri), engine.name, plan.refused));
    return;
  }
  if (plan.boots === "no" && !(await wantsToBootAnyway(ports, uri))) return;
  const name = containerName(ui.path(uri), stage.name);
  if (!(await makeRoom(ports, engine, name))) return;

  const build = { uri, stage: stage.name, tag: imageTag(ui.path(uri), stage.name) };
  ui.blame(uri, []);
  const booted = await ui.progress(ui.t("Booting {0}", name), (report, signal) =>
    run(ports, engine, build, plan, name, report, signal),
  );
  await tellOutcome(ports, engine, { ...booted, uri, service: stage.name });
}

/** The part that can be cancelled: whatever ends it early, no container is left behind. */
async function run(
  ports: Ports,
  engine: Engine,
  build: Build,
  plan: PlanResult,
  name: string,
  report: (text: string) => void,
  signal: AbortSignal,
): Promise<Omit<Booted, "uri">> {
  const { ui } = ports;
  try {
    ui.status(`$(sync~spin) ${name}`, ui.t("{0} is built and booted", name));
    await runBuild(ports, engine, build, report, signal);
    report(ui.t("Starting the container"));
    const { createOptions, stopSignal, systemd } = plan;
    const start = { name, uri: build.uri, stopSignal, createOptions, systemd };
    const container = await engine.start(start, signal);
    try {
      report(ui.t("Waiting for systemd"));
      const boot = await engine.boot(container, ui.bootTimeout(build.uri), report, signal);
      if (boot.state === "exited" || boot.state === "frozen") await engine.remove(container);
      return { container, report: boot };
    } catch (error) {
      // The engine may be what failed; then there is nobody to ask for the removal.
      await engine.remove(container).catch(() => undefined);
      throw error;
    }
  } finally {
    await running(ports, engine).catch(() => ui.status());
  }
}

async function wantsToBootAnyway({ ui }: Ports, uri: string): Promise<boolean> {
  return ui.confirm(
    ui.t("{0} does not start systemd.", ui.label(uri)),
    ui.t("Its entry point or command is another program. It can be built and started all the same."),
    ui.t("Boot Anyway"),
  );
}

/** Asks before an earlier container of the same name is replaced; false when the user keeps it. */
async function makeRoom({ ui }: Ports, engine: Engine, name: string): Promise<boolean> {
  const earlier = (await engine.containers()).find((container) => container.name === name);
  if (!earlier) return true;
  const yes = await ui.confirm(
    earlier.running ? ui.t("{0} is still running.", name) : ui.t("{0} exists from an earlier boot.", name),
    ui.t("It is removed, with what was changed in it, before the new image boots."),
    ui.t("Replace"),
  );
  if (!yes) return false;
  if (earlier.running) await engine.stop(earlier);
  await engine.remove(earlier);
  return true;
}
