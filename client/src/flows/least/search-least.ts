import type { LeastFound } from "../../../../server/src/least-protocol";
import type { Dependencies, Engine, Ui } from "../../ports";
import { plain, type Text } from "../../text";
import { leastLines, leastTexts } from "../../texts/least";
import { questions } from "../../texts/questions";
import { connect } from "../connect";
import { buildOfService, chooseTrialBuild, type TrialBuild, withTrialImage } from "../trial-image";
import { findLeast, type LeastJob, type LeastResult } from "./find-least";

/** The maximum number of boots in a search. */
const most = 40;

/**
 * Finds the least privilege of an image or a service, shows it, and offers to write it into the file. Everything that
 * was created for the search is removed.
 */
export async function searchLeast(deps: Dependencies, uri: string, name?: string): Promise<void> {
  const { ui } = deps;
  const line = await ui.ask(leastTexts.askCheck(ui.t), { detail: leastTexts.checkDetail(ui.t) });
  if (line === undefined) return;
  const engine = await connect(deps);
  const chosen = await buildFor(deps, engine, uri, name);
  if (!chosen) return;
  const title = leastTexts.finding(ui.t, name ?? ui.label(uri));
  const exec = line.trim() === "" ? undefined : line;
  const result = await ui.progress(title, (report, signal) =>
    withImage(deps, engine, { uri, name: chosen.name, exec, build: chosen.build }, { report, signal }),
  );
  if (result.step === "refused") return ui.tell("warning", plain(result.refused));
  tellResult(ui, result);
}

/**
 * The build to run before the search: that of the Dockerfile or of the service. Undefined if a prompt is dismissed.
 */
async function buildFor(
  deps: Dependencies,
  engine: Engine,
  uri: string,
  name: string | undefined,
): Promise<TrialBuild | undefined> {
  const { ui, server } = deps;
  if (ui.kind(uri) === "dockerfile") return chooseTrialBuild(deps, engine, uri, name);
  const asked = { uri, name, reference: "", facts: engine.facts, ownChecks: false, most, answers: [] };
  const step = await server.least(asked);
  return { name, build: step.step === "boot" ? buildOfService(ui, step.build) : undefined };
}

async function withImage(
  deps: Dependencies,
  engine: Engine,
  { uri, name, exec, build }: TrialBuild & { readonly uri: string; readonly exec?: string },
  { report, signal }: Pick<LeastJob, "report" | "signal">,
): Promise<LeastResult> {
  const { ui, server } = deps;
  return withTrialImage(deps, engine, build, { report, signal }, ({ name: prefix, tag, labels, built }) => {
    const search = {
      ...{ uri, name, reference: tag, checks: { active: [], allowFailed: [], exec }, built },
      ...{ prefix, labels, most, seconds: ui.bootTimeout(uri) },
    };
    const agrees: LeastJob["agrees"] = async ({ grants, because }) =>
      ui.confirm(...questions.bootWith(ui.t, grants, because));
    return findLeast({ t: ui.t, server }, engine, search, { report, signal, agrees });
  });
}

/** Shows the set, with buttons that write it into the file and that show what each grant is needed for. */
function tellResult(ui: Ui, result: LeastFound & { readonly seconds: number }): void {
  const { found, change, command } = result;
  const lines = leastLines(ui.t, result);
  const show = {
    title: leastTexts.showResult(ui.t),
    run: () => ui.newText("plaintext", textOf(lines, command)),
  };
  const write = change && {
    title: leastTexts.writeInto(ui.t),
    run: async () => {
      const isChanged = await ui.change({ changed: [change], created: [] });
      const file = ui.label(change.uri);
      if (isChanged) ui.tell("info", leastTexts.changed(ui.t, file));
      else ui.tell("error", leastTexts.notChanged(ui.t, file));
    },
  };
  const [summary] = lines;
  if (summary === undefined) return;
  const kind = found.state === "found" ? "info" : "warning";
  ui.tell(kind, summary, ...(write ? [write, show] : [show]));
}

function textOf(lines: readonly Text[], command: readonly string[]): string {
  const run = command.length === 0 ? [] : ["", command.join(" ")];
  return [...lines, ...run, ""].join("\n");
}
