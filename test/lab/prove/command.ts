import { spawn } from "node:child_process";
import type { BootRow } from "../../../server/src/cli/formats/format";
import type { Seen } from "../../../server/src/core/docs/evidence/proofs";
import { proofsOf } from "../../../server/src/core/docs/evidence/proofs";
import type { Target } from "../../../server/src/core/engine";
import { readTarget } from "../../../server/src/core/lint/settings";
import { unfixed } from "../../../server/src/core/lint/unfixed";
import { buildLinks } from "../../../server/src/core/project/links";
import { launches } from "../../../server/src/core/project/plans";
import { program } from "../../cli/terminal";
import { lintExample, readMarks } from "../../core/example";
import { type Engine, ensureBases, isSkipped, startEngine } from "..";
import { reference } from "../engine";
import { digestOf } from "./digest";
import { inParallel } from "./parallel";
import { cellName } from "./part";
import { badProject, fixedProject, inFolder, type Project, snapshotOf, uriOf } from "./project";
import { allCases, type Case } from "./prove";
import { firstContainer, provideImage, referenceSystemd } from "./start";

/**
 * `npm run lab:boot [-- RULE…]`: runs the command line's `boot` on every example that was booted on the reference engine,
 * with its fault and without, and compares state, causes and exit code with the evidence. `boot` adds what the plan
 * adds, so a fault that the plan avoids does no harm: the boot is then as the evidence has it after the fix.
 */
const wanted = process.argv.slice(2);

/** What is expected of an example. */
interface Expected {
  readonly states: readonly BootRow["state"][];
  readonly code: number;
  /** The rule that one of the causes must name. */
  readonly names?: string;
}

const states = {
  running: ["running"],
  degraded: ["degraded"],
  // A container that certainly does not run systemd is not started.
  exited: ["exited", "not-started"],
  frozen: ["frozen", "not-started"],
  refused: ["not-started"],
  "build-fails": ["not-built"],
} as const satisfies Readonly<Record<Seen["state"], readonly BootRow["state"][]>>;

function expectedOf({ state, stopCode = 0 }: Seen, names?: string): Expected {
  const code = state === "running" && stopCode === 0 ? 0 : 1;
  return { states: states[state], code, names: code === 0 ? undefined : names };
}

/**
 * The faulty example: as before the fix if an error remains in what is started, as after the fix if the plan avoids the
 * error. Whether the plan avoids a fault that is not an error is not decided here, so both are right.
 */
function faulty(
  { rule, example }: Case,
  before: Seen,
  after: Seen,
  started: Project,
  target: Target,
): Expected[] {
  const { path, files } = started;
  const file = { uri: uriOf(path), text: files[path] ?? "", snapshot: snapshotOf(started) };
  const [launch] = launches(file, target);
  const input = { ...file, links: buildLinks(file.snapshot), settings: { rules: {}, target } };
  if (!launch || unfixed(input, launch).some(({ finding }) => finding.rule === rule.id))
    return [expectedOf(before, launch && rule.id)];
  const { findings } = lintExample(rule, example, readMarks(example.source).text, [rule]);
  const isError = findings.some(({ severity }) => severity === "error");
  return [...(isError ? [] : [expectedOf(before)]), expectedOf(after)];
}

/** The file of a project that is booted: what starts its image, if there is such a file. */
function startedBy({ path, files }: Project): string {
  return "compose.yaml" in files ? "compose.yaml" : path;
}

/** Runs `boot` on a project, in a separate directory and process. */
function bootProject(engine: Engine, project: Project, restarted: boolean) {
  return inFolder(project, async (folder) => {
    await ensureBases(engine, Object.values(project.files).join("\n"));
    const what = startedBy(project);
    const source = what === "compose.yaml" ? firstContainer({ ...project, path: what }) : undefined;
    if (source) await provideImage(engine, source, referenceSystemd);
    const options = ["--engine", `unix://${engine.socket}`, "--format", "json", "--timeout", "400"];
    const words = [program, "boot", ...options, ...(restarted ? ["--restart"] : []), what];
    const child = spawn(process.execPath, words, { cwd: folder });
    let out = "";
    let err = "";
    child.stdout.on("data", (data) => (out += data));
    child.stderr.on("data", (data) => (err += data));
    const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
    if (out === "") throw new Error(`${what}: ${code}: ${err}`);
    const row: BootRow = JSON.parse(out);
    return { code, row };
  });
}

function differences(
  expected: Expected,
  { code, row }: { readonly code: number | null; readonly row: BootRow },
) {
  const wrong: string[] = [];
  if (!expected.states.includes(row.state))
    wrong.push(`state ${row.state}, not ${expected.states.join(" or ")}`);
  if (code !== expected.code) wrong.push(`exit code ${code}, not ${expected.code}`);
  if (expected.names && !row.causes.some(({ rule }) => rule === expected.names))
    wrong.push(`no cause names ${expected.names}`);
  if (row.removeBy.length > 0) wrong.push(`left behind: ${row.removeBy.join("; ")}`);
  const causes = row.causes.map(({ rule, id }) => rule ?? id).join(", ");
  return wrong.map((text) => `${text} (causes: ${causes || "none"}; ${row.output.slice(-2).join(" ")})`);
}

/** The shortest list of differences: none if one of the expectations is met. */
function closest(lists: readonly string[][]): string[] {
  return lists.reduce((best, each) => (each.length < best.length ? each : best));
}

const engine = await startEngine();
if (isSkipped(engine)) throw new Error(engine.skipped);
let boots = 0;
const failures: string[] = [];
try {
  await engine.ensureImage("systemd-test:252");
  const cases = allCases().filter(({ rule, cells }) => {
    return cells.includes(reference) && (wanted.length === 0 || wanted.includes(rule.id));
  });
  await inParallel(cases, async (one) => {
    const { rule, example, claim } = one;
    const proof = proofsOf(rule).find(
      (each) => each.digest === digestOf(example) && cellName(each) === reference,
    );
    if (!proof) return void failures.push(`${rule.id}: ${example.says}: not in the evidence`);
    const bad = badProject(rule, example);
    const fixed = fixedProject(rule, example);
    const runs = [
      {
        name: "before",
        project: bad,
        expected: faulty(
          one,
          proof.before,
          proof.after,
          { ...bad, path: startedBy(bad) },
          readTarget(engine.facts),
        ),
      },
      ...(fixed ? [{ name: "after", project: fixed, expected: [expectedOf(proof.after)] }] : []),
    ];
    for (const { name, project, expected } of runs) {
      const found = await bootProject(engine, project, claim.restarted === true)
        .then((result) => closest(expected.map((each) => differences(each, result))))
        .catch(({ message }: Error) => [message]);
      boots++;
      const title = `${rule.id}: ${example.says} (${name})`;
      console.log([`${found.length > 0 ? "WRONG" : "shown"} ${title}`, ...found].join("\n      "));
      failures.push(...found.map((text) => `${title}: ${text}`));
    }
  });
} finally {
  await engine.stop();
}
console.log(`${boots} boots, ${failures.length} differ from the evidence`);
process.exitCode = failures.length === 0 ? 0 : 1;
