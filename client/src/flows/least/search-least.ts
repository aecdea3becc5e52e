import type { LeastFound } from "../../../../server/src/least-protocol";
import type { Dependencies, Engine, Ui } from "../../ports";
import { plain, type Text } from "../../text";
import { leastLines, leastTexts } from "../../texts/least";
import { questions } from "../../texts/questions";
import { chooseBuild } from "../build-options";
import { connect } from "../connect";
import { type Build, runBuild } from "../run-build";
import { bootLabel, markOf, unknownOwner } from "../trial-mark";
import { findLeast, type LeastJob, type LeastResult } from "./find-least";

/** The maximum number of boots in a search, and its maximum duration in seconds. */
const most = 40;
const longest = 3_600;

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

interface Chosen {
  readonly name?: string;
  readonly build?: Omit<Build, "tag">;
}

/**
 * The build to run before the search: that of the Dockerfile or of the service. Undefined if a prompt is dismissed.
 */
async function buildFor(
  deps: Dependencies,
  engine: Engine,
  uri: string,
  name: string | undefined,
): Promise<Chosen | undefined> {
  const { ui, server } = deps;
  if (ui.kind(uri) === "dockerfile") {
    const plan = await server.plan({ uri, reference: "", facts: engine.facts });
    const choice = await chooseBuild(deps, uri, plan, { stage: name });
    return choice && { name: choice.stage, build: { ...choice, uri } };
  }
  const asked = { uri, name, reference: "", facts: engine.facts, ownChecks: false, most, answers: [] };
  const step = await server.least(asked);
  const from = step.step === "boot" ? step.build : undefined;
  if (from?.dockerfile === undefined) return { name };
  const set = Object.entries(from.args).filter((each): each is [string, string] => each[1] !== undefined);
  const context = from.context === undefined ? undefined : ui.path(from.context);
  return {
    name,
    build: { uri: from.dockerfile, stage: from.target, arguments: Object.fromEntries(set), context },
  };
}

async function withImage(
  deps: Dependencies,
  engine: Engine,
  { uri, name, exec, build }: Chosen & { readonly uri: string; readonly exec?: string },
  { report, signal }: Pick<LeastJob, "report" | "signal">,
): Promise<LeastResult> {
  const { ui, server } = deps;
  const mark = markOf(longest, false, unknownOwner);
  const labels = { [bootLabel]: mark.value };
  const { name: prefix, tag } = mark;
  const undo = build && (await engine.rememberImage(tag));
  try {
    if (build) await runBuild(deps, engine, { ...build, tag, labels }, { report, signal });
    const search = {
      ...{ uri, name, reference: tag, checks: { active: [], allowFailed: [], exec }, built: build && tag },
      ...{ prefix, labels, most, seconds: ui.bootTimeout(uri) },
    };
    const agrees: LeastJob["agrees"] = async ({ grants, because }) =>
      ui.confirm(...questions.bootWith(ui.t, grants, because));
    return await findLeast({ t: ui.t, server }, engine, search, { report, signal, agrees });
  } finally {
    await undo?.().catch(() => undefined);
  }
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
