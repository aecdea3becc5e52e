import { once } from "../../../server/src/core/base/once";
import { type FixOptions, type FixResult, fixAll } from "../../../server/src/core/lint/fix";
import { type LintInput, type LintResult, lint } from "../../../server/src/core/lint/lint";
import type { Finding } from "../../../server/src/core/lint/rule";
import { type Case, edited, inputOf } from "../case";

/** A property that does not hold: what it is, the same for every input that breaks it, and the particulars. */
export interface Broken {
  readonly property: string;
  readonly detail?: string;
}

/** A file with what lint reports of it, and what Fix All makes of it when that is requested. */
export interface Judged {
  readonly input: Case;
  /** What Fix All fixes. */
  readonly options: FixOptions;
  readonly asked: LintInput;
  readonly result: LintResult;
  readonly fixed: () => FixResult;
  /** The case, its text as Fix All leaves it. */
  readonly after: () => Case;
  /** The same with Fix All of hints, too. */
  readonly withHints: () => Judged;
}

export type Property = (judged: Judged) => Iterable<Broken>;

export function judge(input: Case): Judged {
  const asked = inputOf(input);
  return judgedAs(input, asked, lint(asked), {});
}

function judgedAs(input: Case, asked: LintInput, result: LintResult, options: FixOptions): Judged {
  const fixed = once(() => fixAll(asked, options));
  const withHints = once(() => judgedAs(input, asked, result, { hints: true }));
  const after = () => ({ ...input, text: fixed().text });
  return { input, asked, result, options, fixed, after, withHints };
}

/** A property of Fix All, asked again where Fix All with hints makes another text. */
export function alsoWithHints(property: Property): Property {
  return function* (judged) {
    yield* property(judged);
    const all = judged.withHints();
    if (all.fixed().text !== judged.fixed().text) yield* property(all);
  };
}

/** What makes two findings the same: the rule, what it reports and of what. Where it stands may move. */
export function identity({ rule, message: { key, args }, subjects }: Finding): string {
  return JSON.stringify([rule, key, args, subjects]);
}

/** How often each finding is there, by its identity or by what else reports it. */
export function counted(findings: readonly Finding[], tell = identity): Map<string, number> {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(tell(finding), (counts.get(tell(finding)) ?? 0) + 1);
  return counts;
}

/** Every fix of a case with its finding and the case after it. */
export function* eachFix({ input, result }: Judged) {
  for (const finding of result.findings) {
    for (const fix of finding.fixes) {
      const isOwn = fix.edits.every(({ uri, create }) => !create && (uri === undefined || knows(input, uri)));
      if (isOwn) yield { finding, fix, after: edited(input, fix.edits) };
    }
  }
}

function knows(input: Case, uri: string): boolean {
  return inputOf(input).snapshot.read(uri) !== undefined;
}
