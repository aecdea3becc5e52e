import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";
import { readInputs } from "../../server/src/cli/input/files";
import { format } from "../../server/src/core/base/message";
import { isPlan } from "../../server/src/core/plan/plan";
import { dockerArguments, podmanArguments } from "../../server/src/core/plan/render/arguments";
import { launches } from "../../server/src/core/project/plans";
import { type Boot, boot } from "./boot";
import {
  type Engine,
  isSkipped,
  isVisible,
  reference,
  runningEngine,
  startEngine,
  startLastingEngine,
} from "./engine";
import { engineNames } from "./engines";
import { images } from "./images";
import { clean, states, sweep } from "./state";

const usage = `npm run lab -- COMMAND

  up [ENGINE [IMAGE…]]   brings an engine up and leaves it up, with images (debian:11, debian:12, systemd-test:252)
  down [ENGINE]          takes it down, or all of this checkout, and what crashes of it left
  status                 what is up of this checkout
  shell [ENGINE]         a shell beside the engine
  boot FILE [ENGINE]     builds a Dockerfile, starts it as the launch plan says, reports how it went

ENGINE  ${engineNames.join("  ")}   (${reference} unless said)
IMAGE   ${images.map(({ names }) => names[0]).join("  ")}
`;

/** Each resolves with the exit code: 0 done, 1 not so, 77 not possible here. */
const commands: Readonly<Record<string, (...args: string[]) => Promise<number>>> = {
  async up(name = reference, ...wanted) {
    const started = Date.now();
    const running = await runningEngine(name);
    const engine = running ?? (await startLastingEngine(name));
    if (isSkipped(engine)) return skip(engine.skipped);
    for (const image of wanted.length > 0 ? wanted : ["debian:11", "debian:12", "systemd-test:252"]) {
      await engine.ensureImage(image);
    }
    const { facts, socket } = engine;
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    console.log(
      `${name} is up: ${facts.engine} ${facts.version}, cgroup v${facts.cgroupVersion} (${seconds} s)`,
    );
    console.log(`export DOCKER_HOST=unix://${socket}`);
    return 0;
  },

  async down(name) {
    await sweep();
    for (const state of await states()) {
      // One that a test started is that test's.
      if (!state.lasting || (name !== undefined && state.name !== name)) continue;
      await clean(state);
      console.log(`${state.name} is down`);
    }
    return 0;
  },

  async status() {
    for (const { name, alive, lasting, folder } of await states()) {
      const state = alive
        ? `${lasting ? "up" : "a test's"}  ${folder}/engine.sock`
        : "crashed; `down` removes it";
      console.log(`${name}  ${state}`);
    }
    return 0;
  },

  async shell(name = reference) {
    const engine = await runningEngine(name);
    if (!engine) return fail(`${name} is not up`);
    return (await engine.exec(["bash", "-i"], { interactive: true })).code;
  },

  async boot(file, name = reference) {
    if (!file) return fail(usage);
    const running = await runningEngine(name);
    const engine = running ?? (await startEngine(name));
    if (isSkipped(engine)) return skip(engine.skipped);
    try {
      return await bootFile(engine, resolve(file));
    } finally {
      if (!running) await engine.stop();
    }
  },
};

async function bootFile(engine: Engine, file: string): Promise<number> {
  const context = dirname(file);
  const copied = isVisible(context) ? undefined : mkdtempSync(join(tmpdir(), "systemd-containers-context-"));
  if (copied) cpSync(context, copied, { recursive: true });
  try {
    const { args, command } = planned(file, engine);
    console.log(`${engine.facts.engine} run ${[...args, "IMAGE", ...command].join(" ")}`);
    const result = await boot(engine, {
      context: copied ?? context,
      dockerfile: basename(file),
      args,
      command,
    });
    console.log(report(result));
    return result.state === "running" ? 0 : 1;
  } finally {
    if (copied) rmSync(copied, { recursive: true });
  }
}

/** The words before and after the image with which the product would start it. */
function planned(file: string, { facts }: Engine): { args: string[]; command: string[] } {
  const image = "lab-image";
  const terminal = { cwd: "/", out: () => {}, err: (text: string) => console.error(text.trim()) };
  const { files, snapshot } = readInputs([file], "dockerfile", terminal);
  const [launch] = files.flatMap((read) => launches({ ...read, snapshot }, facts, { reference: image }));
  if (!launch) throw new Error(`${file} has no stage to start.`);
  if (!isPlan(launch.plan)) throw new Error(format(launch.plan.refused));
  const words = (facts.engine === "podman" ? podmanArguments : dockerArguments)(launch.plan.spec, image);
  const at = words.indexOf(image);
  return { args: words.slice(words.indexOf("-d") + 1, at), command: words.slice(at + 1) };
}

function report({ state, exitCode, failedUnits, secondsToBoot, group, stop, log }: Boot): string {
  const facts = {
    state,
    "exit code": exitCode,
    "failed units": failedUnits.join(", ") || undefined,
    "seconds to boot": secondsToBoot,
    "group of PID 1": group,
    stop: stop && `${stop.seconds} s, exit ${stop.exitCode}`,
  };
  const lines = Object.entries(facts).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${value}`],
  );
  return state === "running" ? lines.join("\n") : [...lines, log].join("\n");
}

function skip(reason: string): number {
  console.error(`skipped: ${reason}`);
  return 77;
}

function fail(reason: string): number {
  console.error(reason);
  return 2;
}

const [name = "", ...rest] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
process.exitCode = command
  ? await command(...rest).catch((error: Error) => {
      console.error(error.message);
      return 1;
    })
  : fail(usage);
