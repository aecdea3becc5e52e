import type { Seen } from "../../../server/src/core/evidence/proofs";
import type { EngineFacts } from "../../../server/src/core/facts";
import { flags, podmanArguments, words } from "../../../server/src/core/launch/arguments";
import { isPlan, plan } from "../../../server/src/core/launch/plan";
import { createOptions, renderCompose } from "../../../server/src/core/launch/render";
import type { ImageFacts, LaunchPlan, Requirement } from "../../../server/src/core/launch/types";
import { format } from "../../../server/src/core/message";
import { applySteps, bareRun, type Run } from "../../../server/src/core/run/run";
import { type Boot, type BootRequest, boot, type Engine } from "..";
import { seen, versionOf } from "./prove";
import { bootByApi, bootCompose } from "./start";

/** What became of the launch plan for one systemd on one engine. */
export interface PlanProof {
  readonly date: string;
  readonly engine: EngineFacts["engine"];
  readonly version: string;
  readonly cgroupVersion: number;
  readonly systemd: number;
  /** Why there is no plan. `boots` is what came of a plan that does not know systemd's version. */
  readonly refused?: string;
  /** By rendering: command line, Engine API, compose. */
  readonly boots: Readonly<Record<string, Seen>>;
  /** What came of it without one of its requirements, by requirement. */
  readonly without: Readonly<Record<string, Seen>>;
}

export const systemds = [247, 252, 257, 262];

/** Boots the plan for an image with that systemd in all its renderings, and without each of its requirements. */
export async function provePlan(
  engine: Engine,
  systemd: number,
): Promise<{ proof: PlanProof; contradictions: string[] }> {
  const { facts } = engine;
  const made = plan(imageWith(systemd), facts);
  const contradictions: string[] = [];
  const boots: Record<string, Seen> = {};
  const without: Record<string, Seen> = {};
  const row = {
    date: new Date().toISOString().slice(0, 10),
    engine: facts.engine,
    version: versionOf(facts),
    cgroupVersion: facts.cgroupVersion ?? 0,
    systemd,
  };
  if (!isPlan(made)) {
    const blind = plan({ ...imageWith(systemd), systemd: undefined }, facts);
    if (isPlan(blind)) boots.docker = seen(await start(engine, blind.run, systemd));
    if (boots.docker?.state === "running") contradictions.push("it boots, though the plan refuses");
    return { proof: { ...row, refused: format(made.refused), boots, without }, contradictions };
  }
  for (const [name, work] of Object.entries(renderings(engine, made, systemd))) {
    let id = "";
    const booted = await work(async ({ name: container }) => {
      id = (await engine.exec([facts.engine, "inspect", "--format", "{{.Id}}", container])).stdout.trim();
    });
    const found = seen(booted);
    boots[name] = found;
    if (found.state !== "running") contradictions.push(`${name}: ${found.state} ${booted.log.slice(-300)}`);
    else if (found.stopCode !== 0) contradictions.push(`${name}: stopped with ${found.stopCode}`);
    else if (!isOwn(booted.group, id, made.run.cgroupNamespace))
      contradictions.push(`${name}: PID 1 is in ${booted.group}, not a group of its own`);
  }
  // Podman's own init is a package of its own, which the lab leaves out: it refuses, and nothing is shown.
  const droppable = ({ id, advice }: Requirement) =>
    !advice && !(id === "no-init" && row.engine === "podman");
  for (const requirement of made.requirements.filter(droppable)) {
    const found = seen(await start(engine, lacking(made, requirement), systemd));
    without[requirement.id] = found;
    if (found.state === "refused") contradictions.push(`without ${requirement.id}: ${found.log}`);
    if (found.state === "running" && found.stopCode === 0)
      contradictions.push(`without ${requirement.id} it boots and stops as well`);
  }
  return { proof: { ...row, boots, without }, contradictions };
}

/** An image of the lab with that systemd, as Debian has it. */
export function imageWith(systemd: number): ImageFacts {
  return {
    reference: `systemd-test:${systemd}`,
    systemd,
    family: "debian",
    argv: ["/sbin/init"],
    volumes: [],
    contentBelow: [],
    tmpMount: systemd >= 257,
    needs: [],
  };
}

type Inspect = BootRequest["inspect"];

function renderings(engine: Engine, { run, image }: LaunchPlan, systemd: number) {
  const { reference } = image;
  const { engine: client, version = "" } = engine.facts;
  const all: Record<string, (inspect: Inspect) => Promise<Boot>> = {
    [client]: (inspect) => start(engine, run, systemd, inspect),
    api: (inspect) => bootByApi(engine, createOptions(run, reference), inspect),
  };
  // Debian's Docker 20.10 has no compose plugin.
  if (!version.startsWith("20.")) {
    const text = renderCompose({ ...run, image: reference }, "web");
    const project = { path: "compose.yaml", files: { "compose.yaml": text } };
    all.compose = (inspect) => bootCompose(engine, project, systemd, inspect);
  }
  return all;
}

function start(engine: Engine, run: Run, systemd: number, inspect?: Inspect): Promise<Boot> {
  const image = `systemd-test:${systemd}`;
  if (engine.facts.engine === "docker")
    return boot(engine, { image, args: flags(run), command: words(run), inspect });
  const line = podmanArguments(run, image);
  const at = line.indexOf(image);
  return boot(engine, { image, args: line.slice(3, at), command: line.slice(at + 1), inspect });
}

/** The run without a requirement; what the engine does by itself unless it is configured otherwise, is. */
function lacking({ requirements }: LaunchPlan, left: Requirement): Run {
  const others = requirements.filter((requirement) => requirement !== left);
  const run = applySteps(
    bareRun,
    others.flatMap(({ steps }) => steps),
  );
  return left.id === "no-init" ? { ...run, init: true } : run;
}

/**
 * In a private namespace what is outside of the container's own group begins with `/..`; in the host's the
 * container's own has its ID in the path.
 */
function isOwn(group = "/..", id: string, namespace: Run["cgroupNamespace"]): boolean {
  return namespace === "host" ? group.includes(id) : !group.startsWith("/..");
}
