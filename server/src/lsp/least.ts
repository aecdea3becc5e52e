import { applyEdits } from "../core/base/text";
import { nothingStarts } from "../core/convert/conversion";
import { failuresIn } from "../core/least/failures";
import { danger, equalsRoot, tiers } from "../core/least/grants";
import { type LeastSubject, leastInFile, leastOfImage } from "../core/least/least";
import { type Answer, type Found, type Question, search } from "../core/least/search";
import { commandFor } from "../core/plan/render/command";
import { createRequest } from "../core/plan/render/create";
import type { LeastAnswer, LeastFound, LeastParams, LeastStep } from "../least-protocol";
import { closedDocument } from "./closed-document";
import { toTextEdit } from "./convert";
import { unread } from "./no-answer";
import type { AskedFile } from "./plan";
import type { Say } from "./session";

/** The next step of the search for the least privilege of the container that a file or an image defines. */
export function answerLeast(params: LeastParams, file: AskedFile | undefined, say: Say): LeastStep {
  const text = file?.snapshot.read(file.uri);
  if (!params.image && text === undefined) return { step: "refused", refused: say(unread) };
  const subject = params.image
    ? leastOfImage(params.image, params)
    : file && text !== undefined && leastInFile({ ...file, text }, params);
  if (!subject) return { step: "refused", refused: say(nothingStarts) };
  if ("refused" in subject) return { step: "refused", refused: say(subject.refused) };
  const { value, done } = replay(params, subject);
  if (done) return foundStep(value, subject, params, file);
  if (value.ask === "agreement") return { step: "agreement", grants: value.grants, because: value.because };
  const create = createRequest(subject.planWith(value.grants));
  if ("refused" in create) return { step: "refused", refused: say(create.refused) };
  const { number, purpose } = value;
  return { step: "boot", create, number, purpose, build: subject.build };
}

/** Repeats the search with all answers so far. */
function replay(
  { answers, most, ownChecks }: LeastParams,
  { image, facts, own }: LeastSubject,
): IteratorResult<Question, Found> {
  const known = { facts, image, ownChecks };
  const toAnswer = (answer: LeastAnswer): Answer =>
    "observed" in answer ? { failures: failuresIn(answer.observed, known) } : answer;
  const going = search({ tiers: tiers(own, facts), most, equalsRoot, danger });
  let step = going.next();
  for (const answer of answers) {
    if (step.done) break;
    step = going.next(toAnswer(answer));
  }
  return step;
}

function foundStep(
  found: Found,
  subject: LeastSubject,
  { ownChecks, facts }: LeastParams,
  file: AskedFile | undefined,
): LeastFound {
  const { state, grants } = found;
  if (grants === undefined) return { step: "found", found, ownChecks, command: [] };
  const command = commandFor(subject.planWith(grants), facts.engine);
  // A set of grants that is not certain is shown, but not written.
  const change = state === "found" && file ? changeFor(grants, subject, file) : undefined;
  return { step: "found", found, ownChecks, command, change };
}

function changeFor(
  grants: readonly string[],
  subject: LeastSubject,
  { snapshot }: AskedFile,
): LeastFound["change"] {
  const change = subject.editFor(grants);
  const before = change && snapshot.read(change.uri);
  if (!change || before === undefined || applyEdits(before, change.edits) === before) return undefined;
  const document = closedDocument(change.uri, before);
  return { uri: change.uri, edits: change.edits.map((edit) => toTextEdit(document, edit)) };
}
