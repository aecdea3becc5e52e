import { message } from "../core/base/message";
import { recording } from "../core/base/snapshot";
import {
  type DoctorParams,
  doctorMethod,
  type ExplainParams,
  explainMethod,
  type PlanParams,
  planMethod,
} from "../protocol";
import type * as Answers from "./answers";
import { guard } from "./guard";
import { noDiagnosis, noExplanation, noPlan } from "./no-answer";
import type { Session } from "./session";

/** Gives what answers, loaded when it is first needed. */
export type LoadAnswers = () => typeof Answers;

/** A plan that asks for files in more rounds than this is made without the last of them. */
const maxRounds = 8;

/** Answers the requests beside LSP's own that the client's commands send. */
export function answerCommands(session: Session, load: LoadAnswers): void {
  const { client, connection, files, analysis, kindOf, log, say, starts } = session;
  const failed = message(
    "plan.failed",
    "No plan because of a bug in this extension. See the log (Show Log).",
  );
  connection.onRequest(planMethod, (params: PlanParams, token) =>
    guard(log, "plan", token, noPlan(say(failed)), async () => {
      const { uri } = params;
      const { answerPlan } = load();
      if (uri === undefined) return answerPlan(params, await client.settings.of(), undefined, say);
      const findings = (await analysis.lint(uri, token))?.findings ?? [];
      const settings = await client.settings.of(uri);
      starts(uri);
      // What only a plan asks for, as `.env` of a project and the files that it names, is not loaded yet, and
      // it is not watched: the next plan reads it again.
      const asked = new Set<string>();
      for (let round = 1; ; round++) {
        const { snapshot, missed } = recording(await files.snapshot());
        const result = answerPlan(params, settings, { uri, kind: kindOf(uri), findings, snapshot }, say);
        for (const other of missed) asked.add(other);
        if (round < maxRounds && (await files.load(missed))) continue;
        for (const other of asked) files.forget(other);
        return result;
      }
    }),
  );
  connection.onRequest(doctorMethod, (params: DoctorParams, token) =>
    guard(log, "doctor", token, noDiagnosis(say), async () => load().answerDoctor(params, say)),
  );
  connection.onRequest(explainMethod, (params: ExplainParams, token) =>
    guard(log, "explain", token, noExplanation, async () => load().answerExplain(params, session, token)),
  );
}
