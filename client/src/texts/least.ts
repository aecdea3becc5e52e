import type { Found, Purpose } from "../ports/launching";
import { plain, type Text, type Texts, type Translate } from "../text";

/** The strings of the search for the least privilege. */
export const leastTexts = {
  finding: (t, name: string) => t("Finding the least privilege for {0}", name),
  boot: (t, number: number, most: number, purpose: Purpose) =>
    t("Boot {0} of at most {1}: {2}", number, most, purposeText(t, purpose)),
  result: (t, state: Found["state"], grants: readonly string[] | undefined, ownChecks: boolean) =>
    resultText(t, state, grants, ownChecks),
  count: (t, boots: number, seconds: string) => t("{0} boots in {1} s.", boots, seconds),
  needed: (t, grant: string, what: string, line: string) =>
    line === ""
      ? t("{0}: without it, {1} fails.", grant, what)
      : t("{0}: without it, {1} fails ({2})", grant, what, line),
  untried: (t, grants: readonly string[]) => t("Removal not tested: {0}.", grants.join(", ")),
  fails: (t, what: string, line: string) =>
    line === "" ? t("{0} fails.", what) : t("{0} fails: {1}", what, line),
  refused: (t, grants: readonly string[]) =>
    t("Not booted, because you did not agree: {0}.", grants.join(", ")),
  mixed: (t, sets: number) => t("Sets with inconsistent results: {0}.", sets),

  askCheck: (t) => t("A command that must succeed in the container"),
  checkDetail: (t) => t("If empty, all enabled units must be active, and the health check must pass."),
  writeInto: (t) => t("Write to File"),
  showResult: (t) => t("Show Result"),
  changed: (t, file: string) => t("{0} now grants only this. Review the change before you save it.", file),
  notChanged: (t, file: string) => t("{0} could not be changed.", file),
} as const satisfies Texts;

function purposeText(t: Translate, purpose: Purpose): Text {
  if (!("grants" in purpose))
    return purpose.kind === "plan" ? t("the launch plan alone") : t("all grants of the final set");
  const grants = purpose.grants.join(", ");
  return purpose.kind === "with" ? t("with {0}", grants) : t("without {0}", grants);
}

/** What the search found, as one sentence. "Works" appears only if the user specified checks. */
function resultText(
  t: Translate,
  state: Found["state"],
  grants: readonly string[] | undefined,
  ownChecks: boolean,
): Text {
  if (state === "needs-agreement")
    return t(
      "It needs a privilege that is equivalent to root on the host, and was not booted with that privilege.",
    );
  if (state === "not-found")
    return t("It did not boot as expected with any of the sets of grants that were tried.");
  if (grants === undefined) return t("The search ended before it found a sufficient set of grants.");
  if (state === "unsteady")
    return t("The final set of grants failed when it was tested again: {0}", namesOf(t, grants));
  if (state === "over")
    return t(
      "The search ended early. This set is sufficient, but perhaps not the smallest: {0}",
      namesOf(t, grants),
    );
  if (grants.length === 0)
    return ownChecks ? t("It works with the launch plan alone.") : t("It boots with the launch plan alone.");
  return ownChecks
    ? t("It works with: {0}", namesOf(t, grants))
    : t("It boots with: {0}", namesOf(t, grants));
}

function namesOf(t: Translate, grants: readonly string[]): Text {
  return grants.length === 0 ? t("the launch plan alone") : plain(grants.join(", "));
}

/** The parts of a result that are needed to describe it. */
interface Result {
  readonly found: Found;
  readonly ownChecks: boolean;
  readonly seconds: number;
}

/** The description of a result: first the set, then what each grant is needed for and what failed. */
export function leastLines(t: Translate, { found, ownChecks, seconds }: Result): readonly Text[] {
  const { state, needed, untried, refused, failures, grants, boots, mixed } = found;
  const failing = grants === undefined || state === "unsteady" ? failures : [];
  return [
    leastTexts.result(t, state, grants, ownChecks),
    ...needed.map(({ grant, failure: { what, line } }) => leastTexts.needed(t, grant, what, line)),
    ...(grants && untried.length > 0 ? [leastTexts.untried(t, untried)] : []),
    ...failing.map(({ what, line }) => leastTexts.fails(t, what, line)),
    ...(grants === undefined && refused.length > 0 ? [leastTexts.refused(t, refused)] : []),
    ...(mixed > 0 ? [leastTexts.mixed(t, mixed)] : []),
    leastTexts.count(t, boots, seconds.toFixed(0)),
  ];
}
