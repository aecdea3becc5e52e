import { expect } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import type { ContainerSource } from "../../../server/src/core/container/source";
import {
  applySteps,
  bareSpec,
  type ContainerSpec,
  type SpecChange,
} from "../../../server/src/core/container/spec";
import { readCompose } from "../../../server/src/core/surfaces/compose/read";

export const uri = "file:///project/compose.yaml";

/** A text written inside a test: without the empty first line and the indentation of the test. */
export function dedent(text: string): string {
  const lines = text
    .replace(/^\n/, "")
    .replace(/\n[ ]*$/, "\n")
    .split("\n");
  const indents = lines
    .filter((line) => line.trim() !== "")
    .map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return lines.map((line) => line.slice(indent)).join("\n");
}

export function service(text: string, name = "web", files: Record<string, string> = {}): ContainerSource {
  const { containers } = readCompose(uri, text, (asked) => files[asked.replace("file:///project/", "")]);
  const found = containers.find((run) => run.name === name);
  if (!found) throw new Error(`there is no service ${name}`);
  return found;
}

/** Keys and items in one order, so that runs that say the same are equal. */
export function normal(spec: ContainerSpec): unknown {
  const sorted = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).sort();
  return {
    ...Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined)),
    environment: Object.fromEntries(Object.entries(spec.environment).sort(([a], [b]) => (a < b ? -1 : 1))),
    tmpfs: sorted(spec.tmpfs),
    mounts: sorted(spec.mounts.map((mount) => ({ ...bareMount, ...mount }))),
    securityOptions: sorted(spec.securityOptions),
    capabilities: sorted(spec.capabilities),
    devices: sorted(spec.devices),
    ports: sorted(spec.ports),
  };
}

const bareMount = { type: "", source: "", target: "", readOnly: false, recursive: "" };

/** Applies steps in the file's text, and checks that the text then means what the steps mean. */
export function edited(text: string, steps: readonly SpecChange[], name = "web"): string {
  const source = service(text, name);
  const edits = source.changes(steps)[0]?.edits;
  if (!edits) throw new Error("the surface cannot say it");
  const after = applyEdits(text, edits);
  expect(normal(service(after, name).spec)).toEqual(normal(applySteps(source.spec, steps)));
  return after;
}

export const steps = {
  noInit: { do: "unset", key: "init" },
  init: { do: "set", key: "init", value: false },
  tty: { do: "set", key: "tty", value: true },
  signal: { do: "set", key: "stopSignal", value: "SIGRTMIN+3" },
  unprivileged: { do: "unset", key: "privileged" },
  grace: { do: "set", key: "stopGrace", value: 90 },
  command: { do: "set", key: "command", value: { words: ["/sbin/init", "--unit=multi-user.target"] } },
  run: { do: "add", key: "tmpfs", value: { path: "/run", options: [] } },
  lock: { do: "add", key: "tmpfs", value: { path: "/run/lock", options: [] } },
  tmp: { do: "add", key: "tmpfs", value: { path: "/tmp", options: ["exec", "mode=1777"] } },
  dropRun: { do: "drop", key: "tmpfs", value: { path: "/run", options: [] } },
  dropLock: { do: "drop", key: "tmpfs", value: { path: "/run/lock", options: [] } },
  cgroups: { do: "add", key: "securityOptions", value: "writable-cgroups=true" },
  dropBare: { do: "drop", key: "securityOptions", value: "writable-cgroups" },
  dropSeccomp: { do: "drop", key: "securityOptions", value: "seccomp=unconfined" },
  bind: { do: "add", key: "mounts", value: cgroupBind(false) },
  dropReadOnlyBind: { do: "drop", key: "mounts", value: cgroupBind(true) },
  host: { do: "set", key: "cgroupNamespace", value: "host" },
  env: { do: "setEnv", name: "container", value: "docker" },
  noEnv: { do: "unsetEnv", name: "container" },
} as const satisfies Record<string, SpecChange>;

function cgroupBind(readOnly: boolean) {
  return { type: "bind", source: "/sys/fs/cgroup", target: "/sys/fs/cgroup", readOnly } as const;
}

export { bareSpec };
