import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { unitJournal } from "../../../client/src/engine/container/report";
import { exitStatus } from "../../../client/src/texts/exit-status";
import { type Engine, isSkipped, startEngine } from "..";
import { type Boot, type BootedContainer, boot } from "../boot";
import { output } from "../process";
import { digestOf } from "../prove/digest";
import { badProject, fixedProject } from "../prove/project";
import { starter } from "../prove/prove";
import { withBrokenUnits } from "./broken";
import { recordedCases, recordedEngines } from "./examples";
import { readShown, soundingBad, tidy } from "./tidy";

/**
 * `npm run lab:logs [-- examples|boots]`: records logs in test/core/logs/recorded, where the explainer's tests read
 * them. `boots` boots every systemd version on both cgroup versions and on Podman: without problems, with its debug
 * log, and with units that fail in every way that a container can cause. `examples` boots each example of a rule that
 * claims a boot, with its fault. Without an argument, both parts are recorded. If an engine is not available, the
 * command fails and nothing is written.
 */
const folder = join(import.meta.dirname, "../../core/logs/recorded");
const systemds = [247, 252, 257, 262];
const part = process.argv[2];
if (part !== undefined && part !== "examples" && part !== "boots")
  throw new Error(`There is no part ${part}.`);

interface FailedUnit {
  unit: string;
  result: string;
  status?: string;
  journal: string[];
}

/** Failed units with their journals. If several versions write the same journal, the unit is listed once. */
const units: (FailedUnit & { systemd: number[]; admin: boolean })[] = [];
const examples: unknown[] = [];
const debug: string[] = [];
const healthy = new Map<string, string>();

for (const name of recordedEngines) {
  const engine = await startEngine(name);
  if (isSkipped(engine)) throw new Error(engine.skipped);
  try {
    if (part !== "boots") await recordExamples(engine, name);
    for (const systemd of part === "examples" ? [] : systemds) {
      // systemd 258 and later do not boot on cgroup v1.
      if (systemd < 258 || !name.endsWith("/v1")) await recordBoots(engine, name, systemd);
    }
  } finally {
    await engine.stop();
  }
}
await mkdir(join(folder, "healthy"), { recursive: true });
if (part !== "boots") await writeJson("examples.json", examples);
if (part !== "examples") {
  for (const [name, log] of healthy) await writeFile(join(folder, "healthy", name), `${log.trimEnd()}\n`);
  await writeFile(join(folder, "debug-lines.log"), `${soundingBad(debug).join("\n")}\n`);
  await writeJson("units.json", units);
}
await output(["npx", "biome", "format", "--write", folder]);

async function recordBoots(engine: Engine, name: string, systemd: number): Promise<void> {
  const image = `systemd-test:${systemd}`;
  const label = `${name.replace(/[@/]/g, "-")}-${systemd}`;
  const args = flagsFor(engine);
  let journal = "";
  const well = await boot(engine, {
    image,
    args,
    inspect: async (container) => {
      journal = await readJournal(container);
    },
  });
  expectState(label, well, "running");
  healthy.set(`${label}.console.log`, tidy(well.log));
  healthy.set(`${label}.journal.log`, tidy(journal));

  const command = ["/sbin/init", "--log-level=debug", "--log-target=console"];
  const talkative = await boot(engine, { image, args, command });
  expectState(`${label} debug`, talkative, "running");
  debug.push(tidy(talkative.log));

  const admin = [...args, "--cap-add", "SYS_ADMIN", "--security-opt", "apparmor=unconfined"];
  for (const flags of name === "docker@28/v2" ? [args, admin] : []) {
    await withBrokenUnits(systemd, async (context) => {
      const inspect = async (container: BootedContainer) => {
        for (const unit of await failedUnits(container)) addUnit(unit, systemd, flags === admin);
      };
      expectState(`${label} units`, await boot(engine, { context, args: flags, inspect }), "degraded");
    });
  }
}

function addUnit(unit: FailedUnit, systemd: number, admin: boolean): void {
  const same = units.find((one) => one.admin === admin && one.unit === unit.unit && sameJournal(one, unit));
  if (same) same.systemd.push(systemd);
  else units.push({ ...unit, systemd: [systemd], admin });
}

function sameJournal(a: FailedUnit, b: FailedUnit): boolean {
  const plain = ({ status, journal }: FailedUnit) => JSON.stringify([status, journal]);
  return plain(a) === plain(b);
}

/** Records each example that claims a boot, with its fault, booted as for its proof. */
async function recordExamples(engine: Engine, name: string): Promise<void> {
  for (const { rule, example } of recordedCases().filter(({ cell }) => cell === name)) {
    let failed: FailedUnit[] = [];
    const inspect = async (container: BootedContainer) => {
      failed = await failedUnits(container);
    };
    const start = starter(engine, rule, badProject(rule, example), fixedProject(rule, example));
    const { state, exitCode, stop, log } = await start.before({ inspect });
    console.log(name, rule.id, state, exitCode ?? stop?.exitCode);
    examples.push({
      rule: rule.id,
      digest: digestOf(example),
      engine: name,
      state,
      exitCode: exitCode ?? stop?.exitCode,
      failed,
      log: tidy(log).split("\n"),
    });
  }
}

function flagsFor({ facts }: Engine): string[] {
  const common = ["-t", "--hostname", "web"];
  if (facts.engine === "podman") return common;
  const tmpfs = ["/run", "/run/lock", "/tmp:exec"].flatMap((path) => ["--tmpfs", path]);
  return [...common, "-e", "container=docker", ...tmpfs, "--security-opt", "writable-cgroups=true"];
}

async function readJournal({ exec }: BootedContainer): Promise<string> {
  const { stdout } = await exec(["journalctl", "--no-pager", "--quiet", "--output=short"]);
  return stdout;
}

async function failedUnits(container: BootedContainer): Promise<FailedUnit[]> {
  const list = "systemctl list-units --all --plain --no-legend --state=failed | cut -d' ' -f1";
  const show = "xargs -r systemctl show --property=Id,Result,ExecMainCode,ExecMainStatus,ExecMainPID --";
  const { stdout } = await container.exec(["sh", "-c", `${list} | ${show}`]);
  const found: FailedUnit[] = [];
  for (const { unit, result, code, status, pid } of readShown(stdout)) {
    const journal = tidy((await container.exec(unitJournal(unit, pid, 20))).stdout)
      .split("\n")
      .filter((line) => line !== "")
      // The program that wrote the line is the same at each boot, but its process ID is not.
      .map((line) => line.replace(/\[\d{2,}\]:/, "[42]:"));
    found.push({ unit, result, status: exitStatus({ result, code, status }), journal });
  }
  return found;
}

function expectState(what: string, { state, failedUnits: failed, log }: Boot, wanted: Boot["state"]): void {
  console.log(what, state, failed.join(" "));
  if (state !== wanted) throw new Error(`${what} is ${state}, not ${wanted}:\n${log}`);
}

async function writeJson(name: string, rows: unknown): Promise<void> {
  await writeFile(join(folder, name), `${JSON.stringify(rows, null, 1)}\n`);
}
