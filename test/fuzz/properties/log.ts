import { type Cause, explainLog } from "../../../server/src/core/logs/explain";
import { explainUnit } from "../../../server/src/core/logs/unit";
import type { Broken, Property } from "./judged";

/** No cause quotes more of a log than this. */
const longestLine = 2_000;

/** The explainer reports each cause once, quotes a line within bounds, and does not care about line endings. */
const explains: Property = function* ({ input: { text, target, exitCode } }) {
  const known = { facts: target, exitCode };
  const causes = explainLog({ log: text, ...known });
  yield* wellFormed(causes);
  const again = explainLog({ log: text, ...known });
  if (!same(causes, again)) yield { property: "explain: the second time is not as the first" };
  const crlf = explainLog({ log: text.replace(/\r?\n/g, "\r\n"), ...known });
  if (!same(causes, crlf)) yield { property: "explain: line endings matter" };
  const unit = { unit: "a.service", result: "exit-code", status: "203/EXEC", journal: text.split("\n") };
  yield* wellFormed(explainUnit(unit, known));
};

export const logProperties: readonly Property[] = [explains];

function* wellFormed(causes: readonly Cause[]): Generator<Broken> {
  if (new Set(causes.map(({ id }) => id)).size !== causes.length)
    yield { property: "explain: tells a cause twice" };
  for (const { id, line, cause, fix } of causes) {
    if (line.length > longestLine || holdsControls(line))
      yield { property: `explain: ${id} quotes a line that is not one`, detail: line.slice(0, 300) };
    for (const { template, args } of [cause, fix]) {
      for (const [, name = ""] of template.matchAll(/\{(\w+)\}/g))
        if (args[name] === undefined) yield { property: `explain: ${id} lacks its ${name}` };
    }
  }
}

function holdsControls(line: string): boolean {
  return /\p{Cc}/u.test(line);
}

function same(a: readonly Cause[], b: readonly Cause[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
