import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../server/src/core/base/text";
import type { Finding } from "../../server/src/core/lint/rule";
import { kindOf } from "../../server/src/core/surfaces/files";
import { Corpus, type CorpusFile, lineOf, readTable } from "./corpus";
import { brokenBy } from "./same";

// Real files belong to their authors and are not kept here. They are read from a directory that the environment
// names, which contains them as A/, B/ and C/ (see corpus.ts). Here are only the verdicts: what is known to be
// wrong in them (labels.tsv), and what each further finding on them is worth (judged.tsv).
const folder = process.env.SYSTEMD_CONTAINERS_CORPUS;

/** The rules that speak of a labelled problem; a problem that is not here is not a rule's business. */
const rulesOf: Readonly<Record<string, readonly string[]>> = {
  "missing-stop-signal": ["image-stop-signal", "run-stop-signal"],
  "volume-cgroup-shadow": ["image-cgroup-volume"],
  "cgroup-mount-readonly-on-v2": ["run-cgroup-read-only"],
  "privileged-unneeded": ["run-privileged"],
  "missing-container-env": ["image-container-env"],
  "volume-run-not-tmpfs": ["image-runtime-volume"],
  "shell-form-entrypoint": ["image-shell-form-init"],
  "user-nonroot-before-init": ["image-user-not-root"],
  "tmpfiles-setup-removed": ["image-wants-cleanup"],
  "cgroup-host-exposed": ["run-cgroup-host"],
};

describe.skipIf(!folder)("real files", () => {
  const corpus = new Corpus(folder ?? "", folder ? undefined : []);
  const { files } = corpus;
  const results = new Map(files.map((file) => [file.name, corpus.lint(file)]));
  const findingsOf = (name: string) => results.get(name)?.findings ?? [];
  const labels = readTable(readFileSync(join(__dirname, "labels.tsv"), "utf8"));
  const judged = readTable(readFileSync(join(__dirname, "judged.tsv"), "utf8"));
  const key = (file: string, line: number | string, rule: string) => `${file}\t${line}\t${rule}`;

  test("what they link to is there too (npx tsx test/corpus/link.ts MANIFEST MIRROR CORPUS)", () => {
    expect(existsSync(join(folder ?? "", "linked"))).toBe(true);
  });

  test("no rule throws", () => {
    expect([...results.values()].flatMap(({ failures }) => failures)).toEqual([]);
  });

  test("of what is known to be wrong, 95 % is found", () => {
    const rows = labels.flatMap(({ file = "", problem = "" }) => {
      const rules = rulesOf[problem];
      const source = files.find(({ name }) => name === file);
      // Surfaces without a reader count when there is one.
      if (!rules || !source || kindOf(source.uri, source.text) === "unknown") return [];
      return [{ problem, file, found: isFound(source, rules) }];
    });
    const problems = [...new Set(rows.map(({ problem }) => problem))];
    console.table(
      problems.map((problem) => {
        const all = rows.filter((row) => row.problem === problem);
        const missed = all.filter(({ found }) => !found).map(({ file }) => file);
        return { problem, labels: all.length, found: all.length - missed.length, missed: missed.join(" ") };
      }),
    );
    const recall = rows.filter(({ found }) => found).length / rows.length;
    console.log(`recall ${(100 * recall).toFixed(1)} % of ${rows.length} labels`);
    expect(recall).toBeGreaterThanOrEqual(0.95);
  });

  /** In the file, or, of what starts an image, in the Dockerfile that the same repository builds it from. */
  function isFound(source: CorpusFile, rules: readonly string[]): boolean {
    const speaks = (name: string) => findingsOf(name).some(({ rule }) => rules.includes(rule));
    if (speaks(source.name)) return true;
    return (
      source.kind === "B" &&
      files.some(
        ({ kind, repository, name }) => kind === "A" && repository === source.repository && speaks(name),
      )
    );
  }

  const inQuestion = files
    .filter(({ kind }) => kind !== "C")
    .flatMap((file) =>
      findingsOf(file.name).map((finding) => ({
        file,
        finding,
        key: key(file.name, lineOf(file.text, finding.span.start), finding.rule),
      })),
    );

  test("every finding is labelled or judged, and 98 % of the judged are right", () => {
    const verdicts = new Map(
      judged.map(({ file = "", line = "", rule = "", verdict }) => [key(file, line, rule), verdict]),
    );
    const labelled = new Set(
      labels.flatMap(({ file = "", line = "", problem = "" }) =>
        (rulesOf[problem] ?? []).map((rule) => key(file, line, rule)),
      ),
    );
    const unjudged = inQuestion
      .filter((one) => !labelled.has(one.key) && !verdicts.has(one.key))
      .map((one) => one.key);
    expect(unjudged).toEqual([]);
    const shown = inQuestion.filter((one) => verdicts.has(one.key));
    const right = shown.filter((one) => verdicts.get(one.key) === "right");
    const precision = right.length / shown.length;
    console.log(`precision ${(100 * precision).toFixed(1)} % of ${shown.length} judged findings`);
    expect(precision).toBeGreaterThanOrEqual(0.98);
  });

  test("what was judged is still found, so that the judgements stay true", () => {
    const found = new Set(inQuestion.map((one) => one.key));
    const gone = judged
      .map(({ file = "", line = "", rule = "" }) => key(file, line, rule))
      .filter((one) => !found.has(one));
    expect(gone).toEqual([]);
  });

  test("of files that have nothing to do with systemd, at most 0.5 % have a finding", () => {
    const controls = files.filter(({ kind }) => kind === "C");
    const noisy = controls.filter(({ name }) => findingsOf(name).length > 0).map(({ name }) => name);
    expect(controls.length).toBeGreaterThan(0);
    expect(noisy.length / controls.length, noisy.join(" ")).toBeLessThanOrEqual(0.005);
  });

  test("each safe fix takes its finding away, brings no other, and changes nothing else", () => {
    const worse = inQuestion.flatMap(({ file, finding }) => {
      const fix = finding.fixes.find(({ safe }) => safe);
      if (!fix || fix.edits.some(({ uri }) => uri !== undefined && uri !== file.uri)) return [];
      const fixed = applyEdits(file.text, fix.edits);
      const problem =
        compare(findingsOf(file.name), corpus.lint(file, fixed).findings, finding.rule) ??
        brokenBy(kindOf(file.uri, file.text), file.text, fixed, fix.edits.length);
      return problem ? [`${file.name} ${finding.rule}: ${problem}`] : [];
    });
    expect(worse).toEqual([]);
  });
});

test.skipIf(folder)("real files", ({ skip }) =>
  skip("SYSTEMD_CONTAINERS_CORPUS does not name the folder that holds them"),
);

/** What is wrong with a fixed file; undefined when it has the one finding less and no other. */
function compare(old: readonly Finding[], now: readonly Finding[], rule: string): string | undefined {
  const before = count(old);
  const after = count(now);
  if ((after.get(rule) ?? 0) >= (before.get(rule) ?? 0)) return "the finding is still there";
  const more = [...after].filter(([id, times]) => times > (before.get(id) ?? 0)).map(([id]) => id);
  return more.length > 0 ? `new: ${more.join(", ")}` : undefined;
}

function count(findings: readonly Finding[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  return counts;
}
