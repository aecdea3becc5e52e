import { recording } from "../core/base/snapshot";
import type { Span } from "../core/base/text";
import type { Target } from "../core/engine";
import type { Finding } from "../core/lint/rule";
import { readTarget } from "../core/lint/settings";
import { blameCause, blameDirective, blameOrigin, blameTarget, type LintedFile } from "../core/logs/blame";
import { catalogue } from "../core/logs/catalogue";
import { type Cause, explainLog } from "../core/logs/explain";
import { readLines } from "../core/logs/lines";
import { blameRemark, readRemarks } from "../core/logs/remarks";
import { type Scene, sceneOf } from "../core/logs/scene";
import { explainUnit } from "../core/logs/unit";
import type { CauseMessage, ExplainParams, ExplainResult, UnitMessage } from "../protocol";
import { toPlace } from "./convert";
import type { Session } from "./session";

/** What an explanation needs from a session or a command line: files, their findings, and the reader's language. */
export interface Explainer extends Pick<Session, "say" | "starts" | "kindOf" | "documentOf"> {
  readonly files: Pick<Session["files"], "snapshot" | "load">;
  /** The engine that a file is linted for. */
  targetOf(uri: string): Promise<Target>;
  /** The findings of a file. */
  lint(uri: string): Promise<readonly Finding[]>;
}

/** Explains a log, why units failed, and where in the files of the project each fix belongs. */
export async function answerExplain(params: ExplainParams, session: Explainer): Promise<ExplainResult> {
  const { say } = session;
  const { log, exitCode, group, uri, failed = [] } = params;
  const facts = readTarget(params.facts) ?? (uri === undefined ? undefined : await session.targetOf(uri));
  const scene = uri === undefined ? { files: [] } : await findScene(uri, params, facts, session);
  const judged = await lintScene(scene, session);
  session.starts();
  const placeOf = (at: string, span: Span) => {
    const document = session.documentOf(at);
    return document && toPlace(document, span);
  };

  const toCause = (cause: Cause): CauseMessage => {
    const blamed = blameCause(cause, judged);
    const rule = blamed?.finding.rule ?? cause.rule;
    const at = blamed ? { uri: blamed.uri, span: blamed.finding.span } : blameTarget(cause, scene);
    return {
      line: cause.line,
      cause: say(cause.cause),
      fix: say(cause.fix),
      rule,
      place: at && placeOf(at.uri, at.span),
    };
  };
  const known = { facts, image: scene.facts };
  const causesOf = failed.map((unit) => explainUnit(unit, known));
  const ofUnits = new Set(causesOf.flat().map(({ id }) => id));
  const causes = explainLog({ log, exitCode, group, ...known }).filter(({ id }) => !ofUnits.has(id));
  const units = failed.map((unit, index): UnitMessage => {
    const explained = (causesOf[index] ?? []).map(toCause);
    const directive = blameDirective(unit, scene);
    const blame = directive ?? blameOrigin(unit, scene);
    const place = blame && placeOf(blame.uri, blame.span);
    // In order of preference: a line of the unit, which is the most specific place; a finding, which shows how to fix
    // the problem; and the origin of the unit, which only shows where it comes from.
    const found = directive ? undefined : explained.find((cause) => cause.place)?.place;
    return { unit: unit.unit, causes: explained, place: found ?? place, says: blame && say(blame.says) };
  });
  return {
    causes: causes.map(toCause),
    units,
    remarks: readRemarks(log).flatMap((remark) => {
      const blame = blameRemark(remark, scene);
      const place = blame && placeOf(blame.uri, blame.span);
      return place ? [{ says: remark.says, place }] : [];
    }),
    looked: { lines: readLines(log).length, known: catalogue.length },
  };
}

/**
 * Explaining a log can require files that are not loaded yet, such as units that a Dockerfile copies. They are loaded,
 * and the log is explained again. Further rounds would find nothing new.
 */
const maxRounds = 4;

async function findScene(
  uri: string,
  { log, name, planned, failed = [] }: ExplainParams,
  target: Target,
  { files, lint, kindOf }: Explainer,
): Promise<Scene> {
  // Linting the file also loads the files that it is linked to.
  await lint(uri);
  for (let round = 1; ; round++) {
    const { snapshot, missed } = recording(await files.snapshot());
    const text = snapshot.read(uri);
    if (text === undefined) return { files: [] };
    const scene = sceneOf({ uri, text, kind: kindOf(uri), snapshot, target }, { name, planned });
    for (const unit of failed) {
      blameDirective(unit, scene);
      blameOrigin(unit, scene);
    }
    for (const remark of readRemarks(log)) blameRemark(remark, scene);
    if (round === maxRounds || !(await files.load(missed))) return scene;
  }
}

/** The findings of the files that the container comes from, except those about other containers. */
async function lintScene({ files }: Scene, { lint }: Explainer): Promise<LintedFile[]> {
  const judged: LintedFile[] = [];
  for (const { uri, subject } of files) {
    const isOfIt = ({ subjects }: Finding) => subject === undefined || subjects.includes(subject);
    judged.push({ uri, findings: (await lint(uri)).filter(isOfIt) });
  }
  return judged;
}
