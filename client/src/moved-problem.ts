import type { PlaceMessage } from "../../server/src/protocol";
import type { VerifyProblem } from "./ports";

interface Position {
  readonly line: number;
  readonly character: number;
}

/** A change of a text: the replaced range and the new text. */
interface TextChange {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

/** Where a place is after a change of its file. Undefined if the change touches its lines. */
function movedPlace(
  place: PlaceMessage,
  { range: { start, end }, text }: TextChange,
): PlaceMessage | undefined {
  const { line, endLine, endCharacter } = place;
  const isAtEnd = start.line === endLine && start.character >= endCharacter && /^\r?\n/.test(text);
  if (start.line > endLine || isAtEnd) return place;
  const keepsStart = text.endsWith("\n") || (text === "" && start.character === 0);
  const isAbove = end.line < line || (end.line === line && end.character === 0 && keepsStart);
  if (!isAbove) return undefined;
  const more = text.split("\n").length - 1 - (end.line - start.line);
  return { ...place, line: line + more, endLine: endLine + more };
}

/** Where a problem is after changes of its file, each made after the one before. Undefined if it may be solved. */
export function movedProblem<P extends VerifyProblem>(
  problem: P,
  changes: readonly TextChange[],
): P | undefined {
  if (problem.ofWholeUnit) return undefined;
  let place: PlaceMessage | undefined = problem.place;
  for (const change of changes) place = place && movedPlace(place, change);
  return place && { ...problem, place };
}
