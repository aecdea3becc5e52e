import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { format } from "../../../server/src/core/base/message";
import { visible } from "../../../server/src/core/base/visible";
import { bareSpec, type ContainerSpec } from "../../../server/src/core/container/spec";
import type { Target } from "../../../server/src/core/engine";
import { isPlan, plan } from "../../../server/src/core/plan/plan";
import { dockerArguments, podmanArguments } from "../../../server/src/core/plan/render/arguments";
import { commandFor, displayCommand, explain } from "../../../server/src/core/plan/render/command";
import { createOptions } from "../../../server/src/core/plan/render/docker-api";
import type { ImageFacts, LaunchPlan } from "../../../server/src/core/plan/types";
import { renderCompose } from "../../../server/src/core/surfaces/compose/render";
import { keyed } from "../keyed";

const image: ImageFacts = {
  reference: "web",
  systemdVersion: 247,
  family: "debian",
  volumes: [],
  needs: [],
};

function planned(facts: Target, more: Partial<ImageFacts> = {}): LaunchPlan {
  const result = plan({ ...image, ...more }, facts);
  if (!isPlan(result)) throw new Error(format(result.refused));
  return result;
}

/** A run that reports everything that can be reported. */
const full: ContainerSpec = {
  command: { words: ["--unit=multi-user.target"] },
  entrypoint: { words: ["/sbin/init", "--show-status=1"] },
  environment: { container: "docker", HANDED_ON: undefined, EMPTY: "" },
  tmpfs: [
    { path: "/run", options: [] },
    { path: "/tmp", options: ["exec", "mode=1777"] },
  ],
  mounts: [
    { type: "bind", source: "/sys/fs/cgroup", target: "/sys/fs/cgroup", readOnly: false },
    { type: "bind", source: "/etc/hosts", target: "/hosts", readOnly: true },
    { type: "bind", source: "/a,b", target: "/c", readOnly: true, recursive: "writable" },
    { type: "volume", source: "data", target: "/data", readOnly: false },
    { type: "volume", target: "/anonymous", readOnly: false },
    { type: "bind", source: "/with:colon", target: "/d", readOnly: false },
  ],
  cgroupNamespace: "host",
  securityOptions: ["label=disable"],
  capabilities: ["SYS_TIME"],
  devices: ["/dev/fuse", "/dev/kvm:/dev/kvm2:rw"],
  ports: ["80", "8443:443", "127.0.0.1:2200-2201:22-23/udp", "[::1]:8053:53"],
  name: "it's me",
  hostname: "web.example",
  memory: "1.5g",
  privileged: false,
  init: false,
  stopSignal: "SIGRTMIN+3",
  stopGrace: 90,
  tty: true,
  user: "root",
  pid: "host",
  network: "none",
  restart: "on-failure:3",
  readOnly: true,
  usernsMode: "host",
  runtime: "runc",
};

describe("command lines", () => {
  test("of the plan for Docker 28, for older Docker and for Podman", () => {
    const newer = planned(undefined);
    expect(displayCommand(commandFor(newer, "docker"))).toBe(
      "docker run -d -t --init=false --stop-signal=SIGRTMIN+3 --cgroupns=private " +
        "--security-opt writable-cgroups=true --env container=docker " +
        "--tmpfs /run --tmpfs /run/lock --tmpfs /tmp:exec,mode=1777 web",
    );
    expect(newer.alternative && displayCommand(commandFor(newer.alternative, "docker"))).toBe(
      "docker run -d -t --init=false --stop-signal=SIGRTMIN+3 --cgroupns=host --env container=docker " +
        "--tmpfs /run --tmpfs /run/lock --tmpfs /tmp:exec,mode=1777 -v /sys/fs/cgroup:/sys/fs/cgroup web",
    );
    expect(displayCommand(commandFor(planned({ engine: "podman" }), "podman"))).toBe(
      "podman run -d -t --init=false web",
    );
    expect(displayCommand(commandFor(planned({ engine: "podman" }, { argv: ["/start.sh"] }), "podman"))).toBe(
      "podman run -d -t --init=false --systemd=always web",
    );
  });

  test("for the other engine are planned for it", () => {
    const onPodman = planned({ engine: "podman" }, { argv: ["/start.sh"] });
    expect(commandFor(onPodman, "docker")).toContain("writable-cgroups=true");
    expect(commandFor(planned(undefined, { argv: ["/start.sh"] }), "podman")).toContain("--systemd=always");
    expect(
      commandFor(planned({ engine: "podman", cgroupVersion: 1 }, { systemdVersion: 219 }), "docker"),
    ).toEqual([]);
  });

  test("say everything that a run says", () => {
    expect(dockerArguments(full, "web")).toEqual(
      [
        ["docker", "run", "-d", "-t", "--init=false", "--privileged=false", "--read-only"],
        ["--name=it's me", "--hostname=web.example", "--memory=1.5g"],
        ["--stop-signal=SIGRTMIN+3", "--stop-timeout=90", "--cgroupns=host", "--pid=host", "--network=none"],
        [
          "--restart=on-failure:3",
          "--user=root",
          "--userns=host",
          "--runtime=runc",
          "--entrypoint=/sbin/init",
        ],
        ["--security-opt", "label=disable", "--cap-add", "SYS_TIME"],
        ["--device", "/dev/fuse", "--device", "/dev/kvm:/dev/kvm2:rw"],
        ["--publish", "80", "--publish", "8443:443"],
        ["--publish", "127.0.0.1:2200-2201:22-23/udp", "--publish", "[::1]:8053:53"],
        ["--env", "container=docker", "--env", "HANDED_ON", "--env", "EMPTY="],
        ["--tmpfs", "/run", "--tmpfs", "/tmp:exec,mode=1777"],
        ["-v", "/sys/fs/cgroup:/sys/fs/cgroup", "-v", "/etc/hosts:/hosts:ro"],
        ["--mount", 'type=bind,"source=/a,b",target=/c,readonly,bind-recursive=writable'],
        ["-v", "data:/data", "-v", "/anonymous", "--mount", "type=bind,source=/with:colon,target=/d"],
        ["web", "--show-status=1", "--unit=multi-user.target"],
      ].flat(),
    );
  });

  test("of Podman leave out what it does by itself, whatever run they are made of", () => {
    const { spec } = planned(undefined);
    expect(podmanArguments(spec, "web")).toEqual([
      ..."podman run -d -t --init=false --stop-signal=SIGRTMIN+3 web".split(" "),
    ]);
    const own = { ...bareSpec, environment: { container: "oci" }, tmpfs: [{ path: "/srv", options: [] }] };
    expect(podmanArguments(own, "web")).toEqual(
      "podman run -d --env container=oci --tmpfs /srv web".split(" "),
    );
  });

  test("a shell's script and an entrypoint that is reset", () => {
    const run = {
      ...bareSpec,
      entrypoint: { words: [] },
      command: { words: ["ignored"], shell: "exec /sbin/init" },
    };
    expect(dockerArguments(run, "web")).toEqual([
      "docker",
      "run",
      "-d",
      "--entrypoint=",
      "web",
      "/bin/sh",
      "-c",
      "exec /sbin/init",
    ]);
    expect(createOptions(run, "web")).toMatchObject({
      Entrypoint: [""],
      Cmd: ["/bin/sh", "-c", "exec /sbin/init"],
    });
  });

  test.skipIf(process.platform === "win32")("are read back by a POSIX shell word for word", () => {
    // What is written as an escape needs `$'…'`, which not every sh knows.
    const words = fc.array(
      fc.string({ unit: "grapheme" }).filter((text) => visible(text) === text),
      { minLength: 1 },
    );
    const script = (line: string) =>
      execFileSync("sh", ["-c", `printf '%s\\0' ${line}`], { encoding: "utf8" });
    fc.assert(
      fc.property(words, (list) => script(displayCommand(list)) === list.map((word) => `${word}\0`).join("")),
      { numRuns: 60 },
    );
    expect(displayCommand(["A=b", "A=b", "", "it's"])).toBe("'A=b' A=b '' 'it'\\''s'");
  });
});

describe("create options of the Engine API", () => {
  test("of the plan for Docker 28", () => {
    expect(createOptions(planned(undefined).spec, "web")).toEqual({
      Image: "web",
      Env: ["container=docker"],
      Tty: true,
      StopSignal: "SIGRTMIN+3",
      HostConfig: {
        Init: false,
        CgroupnsMode: "private",
        SecurityOpt: ["writable-cgroups=true"],
        Tmpfs: { "/run": "", "/run/lock": "", "/tmp": "exec,mode=1777" },
      },
    });
  });

  test("of the plan for older Docker and for Podman", () => {
    expect(
      createOptions(planned({ engine: "docker", version: "20.10", cgroupVersion: 2 }).spec, "web"),
    ).toMatchObject({
      HostConfig: { CgroupnsMode: "host", Binds: ["/sys/fs/cgroup:/sys/fs/cgroup:rw"] },
    });
    expect(createOptions(planned({ engine: "podman" }, { argv: ["/start.sh"] }).spec, "web")).toEqual({
      Image: "web",
      Tty: true,
      HostConfig: { Init: false },
    });
  });

  test("an engine's init is switched off unless the run asks for it", () => {
    expect(createOptions(bareSpec, "web")).toEqual({ Image: "web", HostConfig: { Init: false } });
    expect(createOptions({ ...bareSpec, init: true }, "web")).toMatchObject({ HostConfig: { Init: true } });
  });

  test.each([
    ["disabled", { NonRecursive: true }],
    ["writable", { ReadOnlyNonRecursive: true }],
    ["readonly", { ReadOnlyForceRecursive: true }],
  ])("say a bind that is recursive: %s", (recursive, BindOptions) => {
    const mount = { type: "bind", source: "/a", target: "/b", readOnly: true, recursive } as const;
    const { HostConfig } = createOptions({ ...bareSpec, mounts: [mount] }, "web");
    expect(HostConfig).toMatchObject({ Mounts: [{ Type: "bind", ReadOnly: true, BindOptions }] });
  });

  test("say everything that a run says", () => {
    expect(createOptions(full, "web")).toEqual({
      Image: "web",
      Cmd: ["--unit=multi-user.target"],
      Entrypoint: ["/sbin/init", "--show-status=1"],
      Env: ["container=docker", "EMPTY="],
      Tty: true,
      User: "root",
      Hostname: "web.example",
      ExposedPorts: { "80/tcp": {}, "443/tcp": {}, "22/udp": {}, "23/udp": {}, "53/tcp": {} },
      StopSignal: "SIGRTMIN+3",
      StopTimeout: 90,
      HostConfig: {
        Init: false,
        Privileged: false,
        CgroupnsMode: "host",
        SecurityOpt: ["label=disable"],
        CapAdd: ["SYS_TIME"],
        Devices: [
          { PathOnHost: "/dev/fuse", PathInContainer: "/dev/fuse", CgroupPermissions: "rwm" },
          { PathOnHost: "/dev/kvm", PathInContainer: "/dev/kvm2", CgroupPermissions: "rw" },
        ],
        Tmpfs: { "/run": "", "/tmp": "exec,mode=1777" },
        Binds: ["/sys/fs/cgroup:/sys/fs/cgroup:rw", "/etc/hosts:/hosts:ro", "data:/data:rw"],
        Mounts: [
          {
            Type: "bind",
            Source: "/a,b",
            Target: "/c",
            ReadOnly: true,
            BindOptions: { ReadOnlyNonRecursive: true },
          },
          { Type: "volume", Target: "/anonymous", ReadOnly: false },
          { Type: "bind", Source: "/with:colon", Target: "/d", ReadOnly: false },
        ],
        PortBindings: {
          "80/tcp": [{ HostIp: "", HostPort: "" }],
          "443/tcp": [{ HostIp: "", HostPort: "8443" }],
          "22/udp": [{ HostIp: "127.0.0.1", HostPort: "2200" }],
          "23/udp": [{ HostIp: "127.0.0.1", HostPort: "2201" }],
          "53/tcp": [{ HostIp: "::1", HostPort: "8053" }],
        },
        Memory: 1.5 * 1024 ** 3,
        PidMode: "host",
        NetworkMode: "none",
        UsernsMode: "host",
        Runtime: "runc",
        ReadonlyRootfs: true,
        RestartPolicy: { Name: "on-failure", MaximumRetryCount: 3 },
      },
    });
  });
});

describe("ports and memory of the Engine API", () => {
  const host = (run: Partial<ContainerSpec>) => createOptions({ ...bareSpec, ...run }, "web").HostConfig;

  test.each([
    ["80", "80/tcp", "", ""],
    ["127.0.0.1::22", "22/tcp", "127.0.0.1", ""],
    ["8000-8010:80", "80/tcp", "", "8000-8010"],
    ["[::1]:53:53/udp", "53/udp", "::1", "53"],
  ])("%s", (port, inside, HostIp, HostPort) => {
    expect(host({ ports: [port] })).toMatchObject({ PortBindings: { [inside]: [{ HostIp, HostPort }] } });
  });

  test("a port that is published twice has both places", () => {
    expect(host({ ports: ["8080:80", "8081:80"] })).toMatchObject({
      PortBindings: { "80/tcp": [{ HostPort: "8080" }, { HostPort: "8081" }] },
    });
  });

  test("what is no port is no port", () => {
    expect(host({ ports: ["x:y", "", "5-3"] })).toEqual({ Init: false });
  });

  test.each([
    ["512m", 512 * 1024 ** 2],
    ["2GiB", 2 * 1024 ** 3],
    ["1048576", 1048576],
    ["6kb", 6144],
  ])("%s of memory", (memory, Memory) => {
    expect(host({ memory })).toMatchObject({ Memory });
  });
});

describe("the explanation of a plan", () => {
  const lines = (result: LaunchPlan) => explain(result).map(({ what, why }) => `${what}: ${format(why)}`);

  test("gives what, why and a price, a line each", () => {
    const result = planned(
      { engine: "docker", version: "26.1", cgroupVersion: 2 },
      { command: ["/sbin/init"] },
    );
    expect(explain(result).map(({ what }) => what)).toEqual([
      "--cgroupns=host -v /sys/fs/cgroup:/sys/fs/cgroup",
      "--tmpfs /run",
      "--tmpfs /run/lock",
      "--tmpfs /tmp:exec,mode=1777",
      "--env container=docker",
      "--stop-signal=SIGRTMIN+3",
      "/sbin/init",
      "--init=false",
      "-t",
    ]);
    expect(explain(result)[0]?.cost?.key).toBe("plan.cgroup.host-cost");
    for (const line of lines(result)) expect(line).not.toMatch(/\n|\{\w+\}/);
  });

  test("says when the engine is assumed", () => {
    const notes = (target: Parameters<typeof planned>[0]) =>
      explain(planned(target)).flatMap(({ what, why }) => (what === "note" ? [keyed(why)] : []));
    expect(notes(undefined)).toEqual(["plan.note.assumed(version=28.0.0, cgroup=2)"]);
    expect(notes({ engine: "docker", version: "28", cgroupVersion: 2 })).toEqual([]);
  });
});

test("a compose service is called as the stage, and app where that has no name", () => {
  expect(renderCompose(bareSpec, "web")).toMatch(/^services:\n {2}web:/);
  expect(renderCompose(bareSpec, "0")).toMatch(/^services:\n {2}app:/);
});
