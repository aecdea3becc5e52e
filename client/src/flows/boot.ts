import type { Container, Dependencies, Engine, Job, Login, Ui } from "../ports";
import { plain, type Text } from "../text";
import { buttons } from "../texts/buttons";
import { consoleText } from "../texts/console";
import { doings, faultWords, isFault } from "../texts/faults";
import { notices } from "../texts/notices";
import { progress } from "../texts/progress";
import { questions } from "../texts/questions";
import { rememberBlamed } from "./blamed";
import { runBuild } from "./build";
import { tellFailure, withAction } from "./failure";
import { titleOf, withInstead } from "./instead";
import { type Booted, tellOutcome } from "./outcome";
import type { Boot } from "./plan";
import { isFailed, showGoing } from "./report";

/** The person sees what it does and can cancel it. */
type Told = Pick<Job<Text>, "report" | "signal">;

/** An earlier container of the name makes room, once what replaces it is built. */
interface Replacing extends Told {
  readonly earlier?: Container;
}

/** Boots what is planned, in place of an earlier container of the name if the user agrees, and reports how it went. */
export async function bootPlanned(deps: Dependencies, engine: Engine, boot: Boot): Promise<void> {
  const { ui } = deps;
  const earlier = (await engine.containers()).find(({ name }) => name === boot.name);
  if (earlier && !boot.replaces && !ui.replacesAlways() && !(await wantsToReplace(ui, earlier))) return;
  if (boot.uri !== undefined) ui.blame(boot.uri, []);
  const booted = await ui
    .progress(doingOf(ui, boot), (report, signal) => run(deps, engine, boot, { earlier, report, signal }))
    .catch((error: unknown) => Promise.reject(offering(deps, engine, boot, error)));
  if (boot.debug) {
    ui.print(`\n${consoleText(ui.t, booted.report)}\n`);
    ui.showOutput();
  }
  await tellOutcome(deps, engine, booted);
  rememberBlamed(deps, booted);
}

function doingOf({ t }: Ui, { name, build }: Boot): Text {
  return build ? progress.buildingAndBooting(t, name) : progress.booting(t, name);
}

/** Where a name or a port is taken, the failure has a button that goes on with what is free. */
function offering(deps: Dependencies, engine: Engine, boot: Boot, error: unknown): unknown {
  if (!isFault(error) || !("instead" in error) || !error.instead) return error;
  const { ui } = deps;
  const { instead } = error;
  const goOn = async () => {
    const next = await withInstead(deps, engine, boot, instead);
    if (next) await bootPlanned(deps, engine, next);
  };
  const run = () => goOn().catch((failure) => tellFailure(deps, doings.boot(ui.t), failure));
  return withAction(error, { title: titleOf(ui, instead), run });
}

/** The part that can be cancelled: whatever ends it early, no container is left behind, and a cancel no image. */
async function run(deps: Dependencies, engine: Engine, boot: Boot, job: Replacing): Promise<Booted> {
  const { ui } = deps;
  const { earlier, report, signal } = job;
  const { name, uri, create, build, seconds, login } = boot;
  const undo = build && (await engine.rememberImage(build.tag));
  try {
    ui.busy({ icon: "sync~spin", text: plain(name), detail: doingOf(ui, boot) });
    if (build) {
      report(progress.buildingFirst(ui.t));
      await runBuild(deps, engine, build, job);
    }
    if (earlier) await makeRoom(engine, earlier);
    report(progress.starting(ui.t));
    const container = await engine.start({ name, uri, create }, signal);
    try {
      report(progress.waiting(ui.t));
      const say = (line: string) => report(plain(line));
      const ended = await showGoing(deps, container, (hear) =>
        engine.boot(container, seconds, { report: say, hear, signal }),
      );
      if (isFailed(ended)) await engine.remove(container);
      else if (login) await letIn(deps, engine, container, login, job);
      return { container, report: ended, uri, service: build?.stage };
    } catch (error) {
      // The engine may be what failed; then it cannot remove anything.
      await engine.remove(container).catch(() => undefined);
      throw error;
    }
  } catch (error) {
    // An image whose boot fails stays: it can be looked into, and need not be built again.
    if (signal.aborted) await undo?.().catch(() => undefined);
    throw error;
  } finally {
    ui.busy();
  }
}

/** A container without its user is still one that booted, so it is only reported. */
async function letIn(
  { ui }: Dependencies,
  engine: Engine,
  container: Container,
  login: Login,
  { report, signal }: Told,
): Promise<void> {
  report(progress.creatingUser(ui.t, login.name));
  try {
    await engine.addLogin(container, login, signal);
    await tellWayIn(ui, engine, container, login);
  } catch (error) {
    if (!isFault(error)) throw error;
    ui.tell("warning", plain(faultWords(ui.t, error).message));
  }
}

/** How to log in, where the port of SSH is published and reached from here. */
async function tellWayIn(ui: Ui, engine: Engine, container: Container, { name }: Login): Promise<void> {
  const ssh = (await engine.published(container)).find(({ inside }) => inside === 22);
  if (ssh?.host === undefined) return;
  const line = `ssh -p ${ssh.port} ${name}@${ssh.host}`;
  ui.tell("info", notices.logIn(ui.t, name, line), {
    title: buttons.copyCommand(ui.t),
    run: () => ui.copy(line),
  });
}

async function makeRoom(engine: Engine, earlier: Container): Promise<void> {
  if (earlier.running) await engine.stop(earlier);
  await engine.remove(earlier);
}

function wantsToReplace(ui: Ui, { name, running }: Container): Promise<boolean> {
  const also = { title: buttons.alwaysReplace(ui.t), run: () => ui.alwaysReplace() };
  return ui.confirm(...questions.replace(ui.t, name, running), { also });
}
