import type { Container, Dependencies, Engine, Login, Ui } from "../ports";
import { plain, type Text } from "../text";
import { buttons } from "../texts/buttons";
import { consoleText } from "../texts/console";
import { doings, faultWords, isFault } from "../texts/faults";
import { notices } from "../texts/notices";
import { progress } from "../texts/progress";
import { questions } from "../texts/questions";
import { rememberBlamed } from "./blamed";
import { type BringUp, bringUp } from "./bring-up";
import type { Booted } from "./explain-report";
import { tellFailure, withAction } from "./failure";
import { titleOf, withInstead } from "./instead";
import { tellOutcome } from "./outcome";
import type { Boot } from "./plan";
import { isFailed, showGoing } from "./report";

/**
 * The progress callback, the signal for cancellation, and the earlier container of the same name, if there is one.
 */
type Replacing = Pick<BringUp, "report" | "signal" | "earlier">;

/**
 * Boots what is planned and reports how it went. An earlier container of the same name is replaced if the user
 * agrees.
 */
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

/** Adds a button to the failure if a name or a port is taken. The button continues with a free one. */
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

/**
 * Shows the boot while it is in progress. Afterwards, removes the container if the boot failed; otherwise creates the
 * user in it.
 */
async function run(deps: Dependencies, engine: Engine, boot: Boot, job: Replacing): Promise<Booted> {
  const { ui } = deps;
  const { name, uri, build, login } = boot;
  ui.busy({ icon: "sync~spin", text: plain(name), detail: doingOf(ui, boot) });
  const watch: BringUp["watch"] = (container, boots) => showGoing(deps, container, boots);
  try {
    return await bringUp(deps, engine, boot, { ...job, watch }, async (container, report) => {
      if (isFailed(report)) await engine.remove(container);
      else await letIn(deps, engine, container, login, job);
      return { container, report, uri, service: build?.stage };
    });
  } finally {
    ui.busy();
  }
}

/**
 * Creates the user, if there is one to create, and shows how to log in. A failure is only shown as a warning, because the
 * container has booted without it.
 */
async function letIn(
  { ui }: Dependencies,
  engine: Engine,
  container: Container,
  login: Login | undefined,
  { report, signal }: Replacing,
): Promise<void> {
  if (login) report(progress.creatingUser(ui.t, login.name));
  try {
    if (login) await engine.addLogin(container, login, signal);
    await tellWayIn(ui, engine, container, login);
  } catch (error) {
    if (!isFault(error)) throw error;
    ui.tell("warning", plain(faultWords(ui.t, error).message));
  }
}

/** Shows how to log in if the SSH port is published and can be reached from here. */
async function tellWayIn(ui: Ui, engine: Engine, container: Container, login?: Login): Promise<void> {
  const ssh = (await engine.published(container)).ports.find(({ inside }) => inside === 22);
  if (ssh?.host === undefined) return;
  const address = login ? `${login.name}@${ssh.host}` : ssh.host;
  const line = `ssh -p ${ssh.port} ${address}`;
  const notice = login ? notices.logIn(ui.t, login.name, line) : notices.connect(ui.t, line);
  ui.tell("info", notice, {
    title: buttons.copyCommand(ui.t),
    run: () => ui.copy(line),
  });
}

function wantsToReplace(ui: Ui, { name, running }: Container): Promise<boolean> {
  const also = { title: buttons.alwaysReplace(ui.t), run: () => ui.alwaysReplace() };
  return ui.confirm(...questions.replace(ui.t, name, running), { also });
}
