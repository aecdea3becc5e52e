import { message } from "../core/base/message";
import { recording, type Snapshot } from "../core/base/snapshot";
import {
  type BootSystemdParams,
  bootSystemdMethod,
  type DoctorParams,
  doctorMethod,
  type ExplainParams,
  explainMethod,
  type PlanParams,
  planMethod,
} from "../protocol";
import type * as Answers from "./answers";
import type { Files } from "./files";
import { guard } from "./guard";
import { noDiagnosis, noEdits, noExplanation, noPlan } from "./no-answer";
import type { Session } from "./session";

/** Gives what answers, loaded when it is first needed. */
export type LoadAnswers = () => typeof Answers;

/** An answer that asks for files in more rounds than this is made without the last of them. */
const maxRounds = 8;

/** Answers the requests beside LSP's own that the client's commands send. */
export function answerCommands(session: Session, load: LoadAnswers): void {
  const { client, connection, files, analysis, kindOf, log, say, starts } = session;
  const failed = message(
    "plan.failed",
    "No plan because of a bug in this extension. See the log (Show Log).",
  );
  const unread = message("plan.unread", "The file cannot be read.");
  const noEditsFound = message(
    "convert.failed",
    "Nothing was changed because of a bug in this extension. See the log (Show Log).",
  );
  connection.onRequest(planMethod, (params: PlanParams, token) =>
    guard(log, "plan", token, noPlan(say(failed)), async () => {
      const { uri } = params;
      const { answerPlan } = load();
      if (uri === undefined) return answerPlan(params, await client.settings.of(), undefined, say);
      const findings = (await analysis.lint(uri, token))?.findings ?? [];
      const settings = await client.settings.of(uri);
      starts(uri);
      return withFiles(files, (snapshot) =>
        answerPlan(params, settings, { uri, kind: kindOf(uri), findings, snapshot }, say),
      );
    }),
  );
  connection.onRequest(bootSystemdMethod, ({ uri }: BootSystemdParams, token) =>
    guard(log, "edits for systemd", token, noEdits(say(noEditsFound)), async () => {
      const { target } = await client.settings.of(uri);
      starts(uri);
      return withFiles(files, (snapshot) => {
        const text = snapshot.read(uri);
        if (text === undefined) return noEdits(say(unread));
        return load().answerBootSystemd({ uri, text, kind: "dockerfile", snapshot, target }, say);
      });
    }),
  );
  connection.onRequest(doctorMethod, (params: DoctorParams, token) =>
    guard(log, "doctor", token, noDiagnosis(say), async () => load().answerDoctor(params, say)),
  );
  connection.onRequest(explainMethod, (params: ExplainParams, token) =>
    guard(log, "explain", token, noExplanation, async () => load().answerExplain(params, session, token)),
  );
}

/**
 * The answer of a work with the files that it reads. What nothing else reads, as `.env` of a project and the files that it
 * names, is not loaded yet, and it is not watched: the next answer reads it again.
 */
async function withFiles<T>(files: Files, work: (snapshot: Snapshot) => T): Promise<T> {
  const asked = new Set<string>();
  for (let round = 1; ; round++) {
    const { snapshot, missed } = recording(await files.snapshot());
    const result = work(snapshot);
    for (const other of missed) asked.add(other);
    if (round < maxRounds && (await files.load(missed))) continue;
    for (const other of asked) files.forget(other);
    return result;
  }
}
