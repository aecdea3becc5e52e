import { type Message, message } from "../base/message";
import { readMount } from "../container/mount";
import { readBytes, readPorts } from "../container/quantities";
import type { ScalarKey, SpecChange } from "../container/spec";
import type { LaunchOptions, Refusal, Requirement } from "./types";

/** Why an option cannot be used as it is written; an engine would say it later and in fewer words. */
export function optionProblem({ ports = [], memory, volumes = [] }: LaunchOptions): Refusal | undefined {
  const port = ports.find((each) => readPorts(each).length === 0);
  if (port !== undefined) {
    const text =
      "{port} is no port to publish: write 80, 8080:80 or 127.0.0.1:8080:80, with /udp where it is no TCP.";
    return { refused: message("plan.option.bad-port", text, { port }) };
  }
  if (memory !== undefined && readBytes(memory) === undefined) {
    const text = "{memory} is no amount of memory: write bytes, or a number with k, m or g.";
    return { refused: message("plan.option.bad-memory", text, { memory }) };
  }
  const volume = volumes.find((each) => !readMount(each).target.startsWith("/"));
  if (volume !== undefined) {
    const text =
      "{volume} is no volume: write SOURCE:TARGET with an absolute TARGET, and :ro after it to protect it.";
    return { refused: message("plan.option.bad-volume", text, { volume }) };
  }
  return undefined;
}

/** What a person asks for, each with what it does and what it costs. */
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

const nameReason = message(
  "plan.option.name",
  "The container's name, instead of one that the engine makes up.",
);
const hostnameReason = message(
  "plan.option.hostname",
  "The name that the machine in the container gives itself.",
);
const memoryReason = message(
  "plan.option.memory",
  "The most memory that the container may use; the kernel ends processes that want more.",
);
const environmentReason = message(
  "plan.option.environment",
  "A variable of PID 1. Services do not inherit it, unless their unit has PassEnvironment=.",
);
const reachable = message(
  "plan.option.port-cost",
  "Whoever reaches that machine reaches the port. 127.0.0.1: before it keeps it to the machine itself.",
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
  const reason = message(
    "plan.option.port",
    "The container's port can be reached on the engine's machine, and by its network.",
  );
  return option([{ do: "add", key: "ports", value: port }], reason, local ? undefined : reachable);
}

function mounted(volume: string): Requirement {
  const mount = readMount(volume);
  const { type, readOnly, source = "", target } = mount;
  const reason =
    type === "bind"
      ? message("plan.option.bind", "{source} of the engine's machine, seen as {target}.", { source, target })
      : message("plan.option.volume", "{target} is kept outside of the container and outlives it.", {
          target,
        });
  const cost =
    type === "bind" && !readOnly
      ? message("plan.option.bind-cost", "The container's root can change and delete what is there.")
      : undefined;
  return option([{ do: "add", key: "mounts", value: mount }], reason, cost);
}
