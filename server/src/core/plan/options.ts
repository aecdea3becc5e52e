import { type Message, message } from "../base/message";
import { readMount } from "../container/mount";
import { readBytes, readPorts } from "../container/quantities";
import type { ScalarKey, SpecChange } from "../container/spec";
import type { LaunchOptions, Refusal, Requirement } from "./types";

/** Why an option is invalid. An engine would report it later and with less detail. */
export function optionProblem({ ports = [], memory, volumes = [] }: LaunchOptions): Refusal | undefined {
  const port = ports.find((each) => readPorts(each).length === 0);
  if (port !== undefined) {
    const text = "Invalid port mapping {port}. Use 80, 8080:80 or 127.0.0.1:8080:80; append /udp for UDP.";
    return { refused: message("plan.option.bad-port", text, { port }) };
  }
  if (memory !== undefined && readBytes(memory) === undefined) {
    const text = "Invalid memory size {memory}. Use bytes, or a number with k, m or g.";
    return { refused: message("plan.option.bad-memory", text, { memory }) };
  }
  const volume = volumes.find((each) => !readMount(each).target.startsWith("/"));
  if (volume !== undefined) {
    const text =
      "Invalid volume {volume}. Use SOURCE:TARGET with an absolute TARGET; append :ro for read-only.";
    return { refused: message("plan.option.bad-volume", text, { volume }) };
  }
  return undefined;
}

/** The options that the user set, each with its effect and its cost. */
export function asked(options: LaunchOptions): Requirement[] {
  const { name, hostname, memory, ports = [], volumes = [], environment = {} } = options;
  return [
    ...one("name", name, nameReason),
    ...one("hostname", hostname, hostnameReason),
    ...one("memory", memory, memoryReason),
    ...ports.map(published),
    ...volumes.map(mounted),
    ...Object.entries(environment).map(([variable, value]) =>
      option([{ do: "setEnv", name: variable, value }], environmentReason),
    ),
  ];
}

const nameReason = message("plan.option.name", "Container name. By default the engine generates one.");
const hostnameReason = message("plan.option.hostname", "Hostname of the container.");
const memoryReason = message(
  "plan.option.memory",
  "Memory limit. The kernel kills processes that exceed it.",
);
const environmentReason = message(
  "plan.option.environment",
  "Environment variable for PID 1. Services do not inherit it unless their units set PassEnvironment=.",
);
const reachable = message(
  "plan.option.port-cost",
  "Anyone who can reach the host can reach the port. Prefix the port with `127.0.0.1:` to allow only the host itself.",
);

function option(steps: readonly SpecChange[], reason: Message, cost?: Message): Requirement {
  return { id: "option", steps, reason, cost };
}

function one(key: ScalarKey, value: string | undefined, reason: Message): Requirement[] {
  return value === undefined ? [] : [option([{ do: "set", key, value }], reason)];
}

function published(port: string): Requirement {
  const [first] = readPorts(port);
  const local = /^(127\.|::1$)/.test(first?.address ?? "");
  const reason = message("plan.option.port", "Publishes the container's port on the host.");
  return option([{ do: "add", key: "ports", value: port }], reason, local ? undefined : reachable);
}

function mounted(volume: string): Requirement {
  const mount = readMount(volume);
  const { type, readOnly, source = "", target } = mount;
  const reason =
    type === "bind"
      ? message("plan.option.bind", "Mounts the host's {source} on {target}.", { source, target })
      : message(
          "plan.option.volume",
          "Stores {target} in a volume that persists after the container is removed.",
          {
            target,
          },
        );
  const cost =
    type === "bind" && !readOnly
      ? message("plan.option.bind-cost", "Root in the container can change and delete files there.")
      : undefined;
  return option([{ do: "add", key: "mounts", value: mount }], reason, cost);
}
