import type { Target } from "../../../server/src/core/engine";
import { isPlan } from "../../../server/src/core/plan/plan";
import { commandFor } from "../../../server/src/core/plan/render/command";
import type { LaunchPlan } from "../../../server/src/core/plan/types";
import { type Launch, launches } from "../../../server/src/core/project/plans";

/** Docker 28 on cgroup v2. */
export const docker28 = { engine: "docker", version: "28.5", cgroupVersion: 2 } as const;

type Asked = Parameters<typeof launches>[2];

export interface Service {
  readonly launch: Launch;
  readonly plan: LaunchPlan;
  readonly line: string;
}

export const folder = "file:///srv/My%20Shop/";

/** What is planned of the compose file in /srv/My Shop. */
export function found(
  text: string,
  target: Target,
  files: Record<string, string> = {},
  asked: Asked = {},
): Launch[] {
  const uri = `${folder}compose.yaml`;
  const read = (other: string) => (other === uri ? text : files[other.replace(folder, "")]);
  return launches({ uri, text, snapshot: { read, runFiles: [] } }, target, asked);
}

/** The plan of its only service, or of the one that is requested. */
export function planned(
  text: string,
  target: Target,
  files: Record<string, string> = {},
  asked: Asked = {},
): Service {
  const [launch] = found(text, target, files, asked);
  if (!launch || !isPlan(launch.plan)) throw new Error("there is no plan");
  const { plan } = launch;
  return { launch, plan, line: commandFor(plan, plan.facts.engine, { secrets: true }).join(" ") };
}

/** A compose file with a service in which systemd boots, with these keys, and what is below it. */
export const service = (keys: string, below = "") =>
  `services:\n  db:\n    image: example.com/db\n    command: /sbin/init\n${keys.replace(/^/gm, "    ")}\n${below}`;
