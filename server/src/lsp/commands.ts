import { message } from "../core/base/message";
import { type LeastParams, type LeastStep, leastMethod } from "../least-protocol";
import {
  type ConvertParams,
  convertMethod,
  type DoctorParams,
  doctorMethod,
  type ExplainParams,
  explainMethod,
  type MadeFromParams,
  madeFromMethod,
  type PlanParams,
  planMethod,
} from "../protocol";
import { type VerifyParams, type VerifyStep, verifyMethod } from "../verify-protocol";
import type * as Answers from "./answers";
import { guard } from "./guard";
import { noDiagnosis, noEdits, noExplanation, noPlan, unread } from "./no-answer";
import type { Session } from "./session";
import { withFiles } from "./with-files";

/** Returns the module with the answers, which is loaded on first use. */
export type LoadAnswers = () => typeof Answers;

/** Answers the requests of the client's commands that are not part of LSP. */
export function answerCommands(session: Session, load: LoadAnswers): void {
  const { client, connection, files, analysis, kindOf, log, say, starts } = session;
  const failed = message(
    "plan.failed",
    "No plan was created because of a bug in this extension. See the log (Show Log).",
  );
  const current = async () => ({ snapshot: await files.snapshot() });
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
      return withFiles(files, current, ({ snapshot }) =>
        answerPlan(params, settings, { uri, kind: kindOf(uri), findings, snapshot }, say),
      );
    }),
  );
  connection.onRequest<LeastStep, void>(leastMethod, (params: LeastParams, token) =>
    guard<LeastStep>(log, "least privilege", token, { step: "refused", refused: say(failed) }, async () => {
      const { uri } = params;
      const { answerLeast } = load();
      if (uri === undefined) return answerLeast(params, undefined, say);
      return withFiles(files, current, ({ snapshot }) =>
        answerLeast(params, { uri, kind: kindOf(uri), snapshot }, say),
      );
    }),
  );
  const notVerified = message(
    "verify.failed",
    "The units were not verified because of a bug in this extension. See the log (Show Log).",
  );
  connection.onRequest<VerifyStep, void>(verifyMethod, (params: VerifyParams, token) =>
    guard<VerifyStep>(log, "units", token, { refused: say(notVerified) }, async () => {
      const { uri } = params;
      const { answerVerify } = load();
      if (uri === undefined) return answerVerify(params, undefined);
      return withFiles(files, current, ({ snapshot }) =>
        answerVerify(params, { uri, kind: kindOf(uri), snapshot }),
      );
    }),
  );
  connection.onRequest(convertMethod, (params: ConvertParams, token) =>
    guard(log, "edits of files", token, noEdits(say(noEditsFound)), async () => {
      const { uri, to } = params;
      const { target } = await client.settings.of(uri);
      const kind = kindOf(uri) ?? (to === "runAtBoot" ? undefined : "dockerfile");
      starts(uri);
      return withFiles(files, analysis.project, ({ snapshot, links }) => {
        const text = snapshot.read(uri);
        if (text === undefined) return noEdits(say(unread));
        return load().answerConversion({ uri, text, kind, snapshot, links, target }, params, say);
      });
    }),
  );
  connection.onRequest<boolean, void>(madeFromMethod, ({ uri, name, other }: MadeFromParams, token) =>
    guard(log, "files of a build", token, false, async () => {
      const { target } = await client.settings.of(uri);
      return withFiles(files, current, ({ snapshot }) => {
        const text = snapshot.read(uri);
        const file = { uri, text: text ?? "", kind: kindOf(uri), snapshot, target };
        return text !== undefined && load().isMadeFrom(file, name, other);
      });
    }),
  );
  connection.onRequest(doctorMethod, (params: DoctorParams, token) =>
    guard(log, "doctor", token, noDiagnosis(say), async () => load().answerDoctor(params, say)),
  );
  connection.onRequest(explainMethod, (params: ExplainParams, token) =>
    guard(log, "explain", token, noExplanation, async () =>
      load().answerExplain(params, {
        ...session,
        targetOf: async (uri) => (await client.settings.of(uri)).target,
        lint: async (uri) => (await analysis.lint(uri, token))?.findings ?? [],
      }),
    ),
  );
}
