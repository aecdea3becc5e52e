import { format } from "../../../server/src/core/base/message";
import { flags, words } from "../../../server/src/core/container/flags";
import { applySteps, bareSpec, type ContainerSpec } from "../../../server/src/core/container/spec";
import { type Seen, seenText } from "../../../server/src/core/docs/evidence/proofs";
import { isPlan, plan } from "../../../server/src/core/plan/plan";
import { podmanArguments } from "../../../server/src/core/plan/render/arguments";
import { createOptions } from "../../../server/src/core/plan/render/docker-api";
import type { ImageFacts, LaunchPlan, Requirement } from "../../../server/src/core/plan/types";
import { renderCompose } from "../../../server/src/core/surfaces/compose/render";
import { type Boot, boot, type Engine, engineNames } from "..";
import { type Cell, cellName, cellNow, type Part } from "./part";
import { seen } from "./prove";
import { bootByApi, bootCompose, type Watch } from "./start";

/** The outcome of the launch plan for one systemd version on one engine. */
export interface PlanProof extends Cell {
  readonly date: string;
  readonly systemd: number;
  /** Why there is no plan. In that case, `boots` is the outcome of a plan without systemd's version. */
  readonly refused?: string;
  /** By rendering: command line, Engine API, compose. */
  readonly boots: Readonly<Record<string, Seen>>;
  /** The outcome without one of its requirements, by requirement. */
  readonly without: Readonly<Record<string, Seen>>;
}

const systemds = [247, 252, 257, 262];

/** What the plan prints. */
export const plansPart: Part<PlanProof> = {
  name: "plans",
  jobs: () =>
    systemds.map((systemd) => ({
      title: `systemd ${systemd}`,
      work: (engine) => provePlan(engine, systemd),
    })),
  cellOf: cellName,
  order: (row) => engineNames.indexOf(cellName(row)) * 1000 + row.systemd,
  text: ({ systemd, refused, boots, without, ...row }) =>
    [
      `${cellName(row)} · systemd ${systemd}${refused ? `: refused. ${refused}` : ""}`,
      ...Object.entries(boots).map(([name, found]) => `  ${name.padEnd(24)} ${seenText(found)}`),
      ...Object.entries(without).map(([id, found]) => `  without ${id.padEnd(16)} ${seenText(found)}`),
    ].join("\n"),
};

/**
 * Boots the plan for an image with that systemd version in all its renderings, and without each of its requirements.
 */
async function provePlan(
  engine: Engine,
  systemd: number,
): Promise<{ proof: PlanProof; contradictions: string[] }> {
  const { facts } = engine;
  const made = plan(imageWith(systemd), facts);
  const contradictions: string[] = [];
  const boots: Record<string, Seen> = {};
  const without: Record<string, Seen> = {};
  const row = { ...cellNow(engine), systemd };
  if (!isPlan(made)) {
    const blind = plan({ ...imageWith(systemd), systemdVersion: undefined }, facts);
    if (isPlan(blind)) boots.docker = seen(await start(engine, blind.spec, systemd));
    if (boots.docker?.state === "running") contradictions.push("it boots, although the plan refuses it");
    return { proof: { ...row, refused: format(made.refused), boots, without }, contradictions };
  }
  for (const [name, work] of Object.entries(renderings(engine, made, systemd))) {
    let [id = "", added = "", ...mounted] = [] as string[];
    const booted = await work({
      inspect: async ({ name: container }) => {
        const format = "{{.Id}} {{json .HostConfig.CapAdd}}{{range .Mounts}} {{.Type}}{{end}}";
        const { stdout } = await engine.exec([facts.engine, "inspect", "--format", format, container]);
        [id = "", added = "", ...mounted] = stdout.trim().split(" ");
      },
    });
    const ofHost = mounted.filter((type) => type === "bind").length;
    const found = seen(booted);
    boots[name] = found;
    if (found.state !== "running") contradictions.push(`${name}: ${found.state} ${booted.log.slice(-300)}`);
    else if (found.stopCode !== 0) contradictions.push(`${name}: stopped with ${found.stopCode}`);
    else if (!isOwn(booted.group, id, made.spec.cgroupNamespace))
      contradictions.push(`${name}: PID 1 is in ${booted.group}, not in the container's own cgroup`);
    else if ((added !== "null" && added !== "[]") || ofHost > made.spec.mounts.length)
      contradictions.push(`${name}: ${added} capabilities and ${ofHost} mounts of the host beyond the plan`);
  }
  // Podman's init is a separate package that the lab does not install, so Podman refuses to use it and nothing is
  // shown.
  const droppable = ({ id, advice }: Requirement) =>
    !advice && !(id === "no-init" && row.engine === "podman");
  for (const requirement of made.requirements.filter(droppable)) {
    const found = seen(await start(engine, lacking(made, requirement), systemd));
    without[requirement.id] = found;
    if (found.state === "refused") contradictions.push(`without ${requirement.id}: ${found.log}`);
    if (found.state === "running" && found.stopCode === 0)
      contradictions.push(`without ${requirement.id}: it still boots and stops correctly`);
  }
  return { proof: { ...row, boots, without }, contradictions };
}

/** A lab image with that systemd version from Debian. */
export function imageWith(systemd: number): ImageFacts {
  return {
    reference: `systemd-test:${systemd}`,
    systemdVersion: systemd,
    family: "debian",
    argv: ["/sbin/init"],
    volumes: [],
    tmpMount: systemd >= 257,
    needs: [],
  };
}

function renderings(engine: Engine, { spec, image }: LaunchPlan, systemd: number) {
  const { reference } = image;
  const { engine: client, version = "" } = engine.facts;
  const all: Record<string, (watch: Watch) => Promise<Boot>> = {
    [client]: (watch) => start(engine, spec, systemd, watch),
    api: (watch) => bootByApi(engine, createOptions(spec, reference), watch),
  };
  // Debian's Docker 20.10 has no compose plugin.
  if (!version.startsWith("20.")) {
    const text = renderCompose({ ...spec, image: reference }, "web");
    const project = { path: "compose.yaml", files: { "compose.yaml": text } };
    all.compose = (watch) => bootCompose(engine, project, systemd, watch);
  }
  return all;
}

function start(engine: Engine, spec: ContainerSpec, systemd: number, watch?: Watch): Promise<Boot> {
  const image = `systemd-test:${systemd}`;
  if (engine.facts.engine === "docker")
    return boot(engine, { image, args: flags(spec), command: words(spec), ...watch });
  const line = podmanArguments(spec, image);
  const at = line.indexOf(image);
  return boot(engine, { image, args: line.slice(3, at), command: line.slice(at + 1), ...watch });
}

/** The spec without a requirement. Without `no-init`, an init is requested, because engines add none by default. */
function lacking({ requirements }: LaunchPlan, left: Requirement): ContainerSpec {
  const others = requirements.filter((requirement) => requirement !== left);
  const spec = applySteps(
    bareSpec,
    others.flatMap(({ steps }) => steps),
  );
  return left.id === "no-init" ? { ...spec, init: true } : spec;
}

/**
 * In a private namespace, paths outside of the container's own cgroup begin with `/..`; in the host's namespace, the
 * path of the container's own cgroup contains its ID.
 */
function isOwn(group = "/..", id: string, namespace: ContainerSpec["cgroupNamespace"]): boolean {
  return namespace === "host" ? group.includes(id) : !group.startsWith("/..");
}
