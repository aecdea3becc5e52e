import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applySteps, bareSpec, type ContainerSpec } from "../../../server/src/core/container/spec";
import {
  danger,
  equalsRoot,
  grantStep,
  grantsIn,
  lackingOn,
  readGrant,
  strip,
  tiers,
} from "../../../server/src/core/least/grants";

const docker = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;

const spec: ContainerSpec = {
  ...bareSpec,
  privileged: true,
  pid: "host",
  network: "host",
  capabilities: ["NET_ADMIN", "CAP_SYS_MODULE"],
  devices: ["/dev/fuse", "/dev/sda:/dev/xvda"],
  securityOptions: ["seccomp:unconfined", "no-new-privileges=true", "writable-cgroups=true"],
  cgroupNamespace: "host",
  mounts: [
    { type: "bind", source: "/sys/fs/cgroup", target: "/sys/fs/cgroup", readOnly: false },
    { type: "bind", source: "/lib/modules", target: "/lib/modules", readOnly: true },
    { type: "bind", source: "/var/run/docker.sock", target: "/var/run/docker.sock", readOnly: false },
    { type: "bind", source: "/home/me/site", target: "/srv", readOnly: true },
    { type: "volume", source: "data", target: "/data", readOnly: false },
  ],
};

describe("what a run grants", () => {
  test("is taken from it, and its data, its network and its protections stay", () => {
    const { spec: bare, grants, steps } = strip(spec);
    expect([...grants.keys()].sort()).toEqual([
      ...[
        "/dev/fuse",
        "/dev/sda",
        "/lib/modules:/lib/modules:ro",
        "/var/run/docker.sock:/var/run/docker.sock",
      ],
      ...["NET_ADMIN", "SYS_MODULE", "pid=host", "privileged", "seccomp=unconfined"],
    ]);
    expect(bare).toMatchObject({
      ...{ capabilities: [], devices: [], network: "host" },
      securityOptions: ["no-new-privileges=true", "writable-cgroups=true"],
    });
    expect([bare.privileged, bare.pid, bare.cgroupNamespace]).toEqual([undefined, undefined, undefined]);
    expect(bare.mounts.map(({ target }) => target)).toEqual(["/srv", "/data"]);
    expect(applySteps(spec, steps)).toEqual(bare);
  });

  test("is what it had once everything is added again, but for the cgroup tree", () => {
    const { spec: bare, grants } = strip(spec);
    const again = strip(applySteps(bare, [...grants.values()]));
    expect([...again.grants.keys()].sort()).toEqual([...grants.keys()].sort());
    expect(again.spec).toEqual(bare);
  });
});

describe("a grant", () => {
  test.each([
    ["privileged", true],
    ["SYS_ADMIN", true],
    ["SYS_MODULE", true],
    ["SYS_RAWIO", true],
    ["ALL", true],
    ["/dev/sda", true],
    ["/dev/mem", true],
    ["/var/run/docker.sock:/var/run/docker.sock", true],
    ["pid=host", true],
    ["systempaths=unconfined", true],
    ["/dev/fuse", false],
    ["/dev/net/tun", false],
    ["SYS_TIME", false],
    ["NET_ADMIN", false],
    ["apparmor=unconfined", false],
  ])("%s equals root on the host: %s", (grant, is) => {
    expect(equalsRoot(grant)).toBe(is);
  });

  test("is written and read in one form", () => {
    expect(["cap_sys_admin", "Net_Admin", "/dev/fuse", "privileged", "pid=host"].map(readGrant)).toEqual([
      "SYS_ADMIN",
      "NET_ADMIN",
      "/dev/fuse",
      "privileged",
      "pid=host",
    ]);
    for (const grant of ["SYS_TIME", "/dev/fuse", "apparmor=unconfined", "privileged", "pid=host"]) {
      const step = grantStep(grant);
      expect(step && [...strip(applySteps(bareSpec, [step])).grants.keys()]).toEqual([grant]);
    }
    expect(grantStep("what is this?")).toBeUndefined();
  });

  test("is found in the words of a log, if it is one", () => {
    const line = "needs CAP_SYS_NICE and CAP_FOO, and /dev/net/tun, not /dev/sda";
    expect(grantsIn(line)).toEqual(["SYS_NICE", "/dev/net/tun"]);
  });

  test("that the engine gives to every container is not lacking", () => {
    expect(lackingOn(docker, ["AUDIT_WRITE", "SYS_TIME"])).toEqual(["SYS_TIME"]);
    expect(lackingOn({ engine: "podman" }, ["AUDIT_WRITE"])).toEqual(["AUDIT_WRITE"]);
    expect(lackingOn({ ...docker, appArmor: false }, ["apparmor=unconfined"])).toEqual([]);
  });
});

describe("the tiers", () => {
  test("begin with what the file grants, end with privileged, and ask for nothing that changes the host unasked", () => {
    const own = ["NET_ADMIN", "SYS_MODULE", "privileged"];
    const all = tiers(own, docker);
    expect([all[0], all.at(-1)]).toEqual([["NET_ADMIN"], ["privileged"]]);
    const harmless = all.flat().filter((grant) => !equalsRoot(grant));
    expect(harmless).not.toContain("SYS_TIME");
    expect(all.flat()).toContain("SYS_MODULE");
  });

  test("do not contain what equals root before everything else was tried", () => {
    fc.assert(
      fc.property(fc.subarray(["NET_ADMIN", "SYS_MODULE", "/dev/sda", "SYS_NICE"]), (own) => {
        const isRoot = tiers(own, docker).map((tier) => tier.some(equalsRoot));
        expect(isRoot).toEqual([...isRoot].sort());
      }),
    );
  });

  test("and the order of danger agree: privileged is the last thing to keep", () => {
    const grants = ["privileged", "/dev/sda", "SYS_ADMIN", "NET_ADMIN", "/dev/fuse"];
    expect(grants.map(danger)).toEqual(grants.map(danger).sort((a, b) => b - a));
  });
});
