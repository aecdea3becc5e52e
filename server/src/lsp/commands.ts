import type { CancellationToken } from "vscode-languageserver";
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
import type { AskedFile } from "./plan";
import type { Session } from "./session";
import { withFiles } from "./with-files";

/** What a request returns if this extension fails. */
const bugs = {
  plan: message(
    "plan.failed",
    "Because of a bug in this extension, no plan was created. See the log (Show Log).",
  ),
  convert: message(
    "convert.failed",
    "Because of a bug in this extension, nothing was changed. See the log (Show Log).",
  ),
  verify: message(
    "verify.failed",
    "Because of a bug in this extension, the units were not verified. See the log (Show Log).",
  ),
};

/** Returns the module with the answers, which is loaded on first use. */
export type LoadAnswers = () => typeof Answers;

/** Answers the requests of the client's commands that are not part of LSP. */
export function answerCommands(session: Session, load: LoadAnswers): void {
  const { client, connection, files, analysis, kindOf, log, say, starts } = session;
  const current = async () => ({ snapshot: await files.snapshot() });
  connection.onRequest(planMethod, (params: PlanParams, token) =>
    guard(log, "plan", token, noPlan(say(bugs.plan)), async () => {
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
  const onFile = fileHandlers(session, load);
  connection.onRequest<LeastStep, void>(
    leastMethod,
    onFile<LeastParams, LeastStep>(
      "least privilege",
      { step: "refused", refused: say(bugs.plan) },
      ({ answerLeast }, params, file) => answerLeast(params, file, say),
    ),
  );
  connection.onRequest<VerifyStep, void>(
    verifyMethod,
    onFile<VerifyParams, VerifyStep>(
      "units",
      { refused: say(bugs.verify) },
      ({ answerVerify }, params, file) => answerVerify(params, file),
    ),
  );
  connection.onRequest(convertMethod, (params: ConvertParams, token) =>
    guard(log, "edits of files", token, noEdits(say(bugs.convert)), async () => {
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

/** Creates handlers of requests about a file or, if a request names none, about an image alone. */
function fileHandlers({ files, kindOf, log }: Session, load: LoadAnswers) {
  return <Params extends { readonly uri?: string }, Step>(
    what: string,
    bug: Step,
    answer: (answers: typeof Answers, params: Params, file: AskedFile | undefined) => Step,
  ) =>
    (params: Params, token: CancellationToken) =>
      guard<Step>(log, what, token, bug, async () => {
        const { uri } = params;
        const answers = load();
        if (uri === undefined) return answer(answers, params, undefined);
        const project = async () => ({ snapshot: await files.snapshot() });
        return withFiles(files, project, ({ snapshot }) =>
          answer(answers, params, { uri, kind: kindOf(uri), snapshot }),
        );
      });
}
