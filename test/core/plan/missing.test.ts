import { describe, expect, test } from "vitest";
import {
  applySteps,
  bareSpec,
  type ContainerSpec,
  type Mount,
} from "../../../server/src/core/container/spec";
import type { EngineFacts } from "../../../server/src/core/engine";
import { missing, servesWithheld } from "../../../server/src/core/plan/missing";
import { needsOf } from "../../../server/src/core/plan/needs";
import { isPlan, plan } from "../../../server/src/core/plan/plan";
import type { ImageFacts, LaunchPlan, RequirementId } from "../../../server/src/core/plan/types";

function planned(version: string, cgroupVersion: 1 | 2, more: Partial<ImageFacts> = {}): LaunchPlan {
  const facts: EngineFacts = { engine: "docker", version, cgroupVersion };
  const image = {
    reference: "web",
    systemdVersion: 247,
    volumes: [],
    needs: needsOf(["chronyd.service"]),
  };
  const result = plan({ ...image, ...more }, facts);
  if (!isPlan(result)) throw new Error("refused");
  return result;
}

function left(
  result: LaunchPlan,
  id: RequirementId,
  run: Partial<ContainerSpec>,
  volumes?: readonly string[],
): string[] {
  const requirement = result.requirements.find((candidate) => candidate.id === id);
  if (!requirement) throw new Error(`no ${id}`);
  return missing({ ...bareSpec, ...run }, requirement, volumes).map((step) =>
    "key" in step ? `${step.do} ${step.key}` : step.do,
  );
}

const bind = (more: Partial<Mount> = {}): Mount => ({
  type: "bind",
  source: "/sys/fs/cgroup",
  target: "/sys/fs/cgroup",
  readOnly: false,
  ...more,
});
const newer = planned("28.5.2", 2);
const older = planned("20.10.24", 2);
const one = planned("26.1.5", 1);

describe("what a run lacks of the cgroup recipe", () => {
  test.each<[string, LaunchPlan, Partial<ContainerSpec>, string[]]>([
    ["Docker 28: nothing said", newer, {}, ["add securityOptions"]],
    ["Docker 28: the option", newer, { securityOptions: ["writable-cgroups=true"] }, []],
    ["Docker 28: the option in Go's other words", newer, { securityOptions: ["writable-cgroups=1"] }, []],
    [
      "Docker 28: the option switched off",
      newer,
      { securityOptions: ["writable-cgroups=false"] },
      ["add securityOptions"],
    ],
    [
      "Docker 28: the option in the host's namespace",
      newer,
      { securityOptions: ["writable-cgroups=true"], cgroupNamespace: "host" },
      ["set cgroupNamespace"],
    ],
    ["Docker 28: the older recipe", newer, { mounts: [bind()], cgroupNamespace: "host" }, []],
    ["Docker 28: bind in a private namespace", newer, { mounts: [bind()] }, ["add securityOptions"]],
    ["Docker 28: privileged", newer, { privileged: true }, []],
    [
      "Docker 28: privileged, read-only bind",
      newer,
      { privileged: true, mounts: [bind({ readOnly: true })] },
      ["add securityOptions"],
    ],
    ["Docker 28: Sysbox", newer, { runtime: "sysbox-runc" }, []],
    [
      "Docker 28: SYS_ADMIN",
      newer,
      { capabilities: ["SYS_ADMIN"], securityOptions: ["apparmor=unconfined"] },
      ["add securityOptions"],
    ],
    ["Docker 20.10: nothing said", older, {}, ["add mounts", "set cgroupNamespace"]],
    ["Docker 20.10: the bind alone", older, { mounts: [bind()] }, ["set cgroupNamespace"]],
    [
      "Docker 20.10: both, with a slash",
      older,
      { mounts: [bind({ target: "/sys/fs/cgroup/" })], cgroupNamespace: "host" },
      [],
    ],
    [
      "Docker 20.10: read-only",
      older,
      { mounts: [bind({ readOnly: true })], cgroupNamespace: "host" },
      ["add mounts"],
    ],
    [
      "Docker 20.10: the option",
      older,
      { securityOptions: ["writable-cgroups=true"] },
      ["add mounts", "set cgroupNamespace"],
    ],
    ["v1: the bind, whose namespace is the host's", one, { mounts: [bind()] }, []],
    ["v1: read-only, not recursive", one, { mounts: [bind({ readOnly: true, recursive: "writable" })] }, []],
    ["v1: read-only since Docker 25", one, { mounts: [bind({ readOnly: true })] }, ["add mounts"]],
    ["v1: read-only before Docker 25", planned("24.0", 1), { mounts: [bind({ readOnly: true })] }, []],
    [
      "v1: a private namespace",
      one,
      { mounts: [bind()], cgroupNamespace: "private" },
      ["set cgroupNamespace"],
    ],
    ["v1: the option of Docker 28", planned("28.5.2", 1), { securityOptions: ["writable-cgroups=true"] }, []],
    [
      "v1: the option, unknown to Docker 26",
      one,
      { securityOptions: ["writable-cgroups=true"] },
      ["add mounts"],
    ],
    [
      "a VOLUME of the image defeats privileges",
      planned("28.5.2", 2, { volumes: ["/sys/fs/cgroup"] }),
      { privileged: true },
      ["add mounts", "set cgroupNamespace"],
    ],
  ])("%s", (_, result, run, expected) => {
    expect(left(result, "cgroup-writable", run)).toEqual(expected);
  });
});

describe("what a run lacks of the rest", () => {
  test.each<[string, RequirementId, Partial<ContainerSpec>, string[], string[]?]>([
    ["nothing on /run", "tmpfs-run", {}, ["add tmpfs"]],
    ["a tmpfs at /run", "tmpfs-run", { tmpfs: [{ path: "/run/", options: ["size=64m"] }] }, []],
    ["a tmpfs at /var/run", "tmpfs-run", { tmpfs: [{ path: "/var/run", options: [] }] }, []],
    ["a volume on /run", "tmpfs-run", { mounts: [{ type: "volume", target: "/run", readOnly: false }] }, []],
    ["a VOLUME of the image on /run", "tmpfs-run", {}, [], ["/run"]],
    ["a tmpfs below /run", "tmpfs-run", { tmpfs: [{ path: "/run/lock", options: [] }] }, ["add tmpfs"]],
    ["a tmpfs above /run/lock", "tmpfs-run-lock", { tmpfs: [{ path: "/run", options: [] }] }, ["add tmpfs"]],
    ["privileges on /run", "tmpfs-run", { privileged: true }, []],
    ["SYS_ADMIN under AppArmor", "tmpfs-run", { capabilities: ["SYS_ADMIN"] }, ["add tmpfs"]],
    [
      "SYS_ADMIN, unconfined",
      "tmpfs-run",
      { capabilities: ["CAP_SYS_ADMIN"], securityOptions: ["apparmor:unconfined"] },
      [],
    ],
    ["no variable", "container-env", {}, ["setEnv"]],
    ["an empty variable", "container-env", { environment: { container: "" } }, ["setEnv"]],
    ["another value", "container-env", { environment: { container: "oci" } }, []],
    ["a variable handed on", "container-env", { environment: { container: undefined } }, []],
    ["no signal", "stop-signal", {}, ["set stopSignal"]],
    ["SIGTERM", "stop-signal", { stopSignal: "SIGTERM" }, ["set stopSignal"]],
    ["the signal's number", "stop-signal", { stopSignal: "37" }, []],
    ["no word of an init", "no-init", {}, []],
    ["an init", "no-init", { init: true }, ["set init"]],
    ["no terminal", "tty", {}, ["set tty"]],
    ["a terminal", "tty", { tty: true }, []],
    ["no capability", "workload", {}, ["add capabilities"]],
    ["the capability", "workload", { capabilities: ["cap_sys_time"] }, []],
    ["every capability", "workload", { capabilities: ["ALL"] }, []],
    ["privileges for a workload", "workload", { privileged: true }, []],
  ])("%s", (_, id, run, expected, volumes) => {
    expect(left(newer, id, run, volumes)).toEqual(expected);
  });

  test("a command of its own, whatever it is", () => {
    const result = planned("28.5.2", 2, { command: ["/sbin/init"] });
    expect(left(result, "command", {})).toEqual(["set command"]);
    expect(left(result, "command", { command: { words: ["/lib/systemd/systemd"] } })).toEqual([]);
  });

  test("a device under another name on the host", () => {
    const result = planned("28.5.2", 2, { needs: needsOf(["openvpn.service"]) });
    expect(
      left(result, "workload", { capabilities: ["NET_ADMIN"], devices: ["/dev/tun7:/dev/net/tun"] }),
    ).toEqual([]);
  });
});

test("a run lacks nothing of the plan that it was made by, and after the missing steps nothing is missing", () => {
  for (const result of [
    newer,
    older,
    one,
    planned("28.5.2", 2, { command: ["/sbin/init"], hasEntrypoint: true }),
  ]) {
    for (const requirement of result.requirements) {
      expect(missing(result.spec, requirement)).toEqual([]);
      const repaired = applySteps(bareSpec, missing(bareSpec, requirement));
      expect(missing(repaired, requirement)).toEqual([]);
    }
  }
});

test.each<[string, Partial<ContainerSpec>, boolean]>([
  ["nothing", {}, false],
  ["privileged", { privileged: true }, true],
  ["Sysbox", { runtime: "sysbox-runc" }, true],
  ["SYS_ADMIN under AppArmor", { capabilities: ["SYS_ADMIN"] }, false],
  [
    "SYS_ADMIN without AppArmor",
    { capabilities: ["SYS_ADMIN"], securityOptions: ["apparmor=unconfined"] },
    true,
  ],
  [
    "the socket of the engine outside",
    { mounts: [{ type: "bind", source: "/a.sock", target: "/var/run/docker.sock", readOnly: false }] },
    true,
  ],
])("what runs an inner engine: %s", (_, spec, expected) => {
  const [need] = needsOf(["docker.service"]);
  expect(need && servesWithheld({ ...bareSpec, ...spec }, need)).toBe(expected);
});
