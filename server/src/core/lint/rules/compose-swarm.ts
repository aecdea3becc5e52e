import type { ContainerSpec } from "../../container/spec";
import { containerRule } from "../rule";

/** Keys that `docker stack deploy` ignores with a warning on standard error (docker/cli, UnsupportedProperties). */
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
  title: "Avoid options that docker stack deploy does not support",
  severity: "information",
  why: `
    \`docker stack deploy\` reads Compose files for a swarm and ignores settings that swarm services do not
    support: privileges, security options, devices and the host's namespaces. These include the options
    that give systemd a writable cgroup tree. A service that boots with \`docker compose up\` therefore does
    not boot in a swarm.
  `,
  consequence:
    "A swarm ignores these settings, and PID 1 exits with code 255 because the cgroup tree is not writable.",
  symptoms: ["exit-255", "no-effect"],
  ignore:
    "If the `deploy` section is only for `docker compose` (limits, replicas) and the file is never deployed to a swarm, you can disable this rule.",
  evidence: {
    sourced: "docker/cli, cli/compose/types, UnsupportedProperties",
    why: "the engines in our tests do not run a swarm.",
  },
  messages: {
    found: "docker stack deploy ignores {keys}. In a swarm, systemd starts without these settings.",
  },
  *check({ source }, say) {
    if (!source.cluster) return;
    const { spec } = source;
    const found = ignored.filter((key) => isSet(spec[key]));
    if (found.length === 0) return;
    const keys = found.map((key) => source.toDisplay({ do: "unset", key })).join(", ");
    yield { span: source.cluster, message: say("found", { keys }) };
  },
});

function isSet(value: ContainerSpec[(typeof ignored)[number]]): boolean {
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}
