import type { ContainerSpec } from "../../container/spec";
import { containerRule } from "../rule";

/** What `docker stack deploy` leaves out with a word on standard error (docker/cli, UnsupportedProperties). */
const ignored = [
  "privileged",
  "securityOptions",
  "devices",
  "network",
  "pid",
  "usernsMode",
  "restart",
] as const satisfies readonly (keyof ContainerSpec)[];

export const composeSwarm = containerRule({
  id: "compose-swarm",
  title: "What docker stack deploy leaves out",
  severity: "information",
  why: `
    \`docker stack deploy\` reads compose files for a swarm, and leaves out settings that a service of a swarm
    cannot have: privileges, security options, devices, the host's namespaces. Among them is what gives
    systemd a cgroup tree it can write to, so that what boots with \`docker compose up\` does not boot there.
  `,
  consequence: "In a swarm the settings are ignored, and PID 1 exits 255 for want of a writable cgroup tree.",
  symptoms: ["exit-255", "no-effect"],
  ignore:
    "The `deploy` section is there for `docker compose` alone (limits, replicas), and nobody deploys the file to a swarm.",
  evidence: {
    sourced: "docker/cli, cli/compose/types, UnsupportedProperties",
    why: "the engines of the lab are no swarm.",
  },
  messages: {
    found:
      "docker stack deploy, which this section is for, ignores {keys}: in a swarm systemd starts without.",
  },
  *check({ source }, say) {
    if (!source.cluster) return;
    const { spec } = source;
    const found = ignored.filter((key) => isSaid(spec[key]));
    if (found.length === 0) return;
    const keys = found.map((key) => source.toDisplay({ do: "unset", key })).join(", ");
    yield { span: source.cluster, message: say("found", { keys }) };
  },
});

function isSaid(value: ContainerSpec[(typeof ignored)[number]]): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}
