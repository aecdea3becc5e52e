import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { format, type Message } from "../../../server/src/core/base/message";
import { bareSpec, type ContainerSpec } from "../../../server/src/core/container/spec";
import { libpodSpec } from "../../../server/src/core/plan/render/libpod";
import { runs } from "../container/arbitrary";

/** The spec without what every container has. */
function spec(run: Partial<ContainerSpec>): Record<string, unknown> {
  const result = libpodSpec({ ...bareSpec, ...run }, "a b:1");
  if ("refused" in result) throw new Error(format(result.refused));
  const { image, init, ...rest } = result.spec;
  expect({ image, init }).toEqual({ image: "a b:1", init: run.init ?? false });
  return rest;
}

function refused(run: Partial<ContainerSpec>): Message | undefined {
  const result = libpodSpec({ ...bareSpec, ...run }, "web");
  return "refused" in result ? result.refused : undefined;
}

describe("a run in the words of Podman's own API", () => {
  test.each<[run: Partial<ContainerSpec>, wanted: object]>([
    [{}, {}],
    [{ systemd: "always" }, { systemd: "always" }],
    [
      { command: { words: ["/entry", "$(x)"] }, entrypoint: { words: [] } },
      { command: ["/entry", "$(x)"], entrypoint: [""] },
    ],
    [{ command: { words: ["a"], shell: "a" } }, { command: ["/bin/sh", "-c", "a"] }],
    [{ environment: { A: "b=c", E: "", HANDED_ON: undefined } }, { env: { A: "b=c", E: "" } }],
    [
      { tty: true, user: "0", hostname: "h", stopGrace: 90 },
      { terminal: true, user: "0", hostname: "h", stop_timeout: 90 },
    ],
    [{ stopSignal: "SIGRTMIN+3" }, { stop_signal: 37 }],
    [{ stopSignal: "RTMAX-13" }, { stop_signal: 51 }],
    [{ stopSignal: "SIGTERM" }, { stop_signal: 15 }],
    [{ stopSignal: " sigabrt " }, { stop_signal: 6 }],
    [{ stopSignal: "SYS" }, { stop_signal: 31 }],
    [{ stopSignal: "37" }, { stop_signal: 37 }],
    [{ others: { expose: ["80", "53/udp"] } }, { expose: { 80: "tcp", 53: "udp" } }],
    [{ others: { expose: ["53-54", "53/udp"] } }, { expose: { 53: "tcp,udp", 54: "tcp" } }],
    [{ init: true, readOnly: true }, { read_only_filesystem: true }],
    [
      { privileged: true, runtime: "crun" },
      { privileged: true, oci_runtime: "crun" },
    ],
    [
      {
        securityOptions: [
          "apparmor=unconfined",
          "label=type:a:b",
          "label=disable",
          "seccomp=/p=1",
          "no-new-privileges",
        ],
      },
      {
        apparmor_profile: "unconfined",
        selinux_opts: ["type:a:b", "disable"],
        seccomp_profile_path: "/p=1",
        no_new_privileges: true,
      },
    ],
    [{ securityOptions: ["unmask=/proc/a:/sys/b"] }, { unmask: ["/proc/a", "/sys/b"] }],
    [{ capabilities: ["SYS_TIME"] }, { cap_add: ["SYS_TIME"] }],
    [{ devices: ["/dev/fuse:/dev/fuse:rwm"] }, { devices: [{ path: "/dev/fuse:/dev/fuse:rwm" }] }],
    [
      {
        tmpfs: [
          { path: "/x", options: ["exec", "mode=1777"] },
          { path: "/y", options: [] },
        ],
        mounts: [
          { type: "bind", source: "/h", target: "/c", readOnly: true },
          { type: "bind", source: "/i", target: "/e", readOnly: true, recursive: "readonly" },
          { type: "bind", source: "/j", target: "/f", readOnly: false, recursive: "disabled" },
          { type: "volume", source: "data", target: "/d", readOnly: false },
        ],
      },
      {
        mounts: [
          { destination: "/x", type: "tmpfs", source: "tmpfs", options: ["exec", "mode=1777"] },
          { destination: "/y", type: "tmpfs", source: "tmpfs", options: [] },
          { destination: "/c", type: "bind", source: "/h", options: ["rbind", "ro"] },
          { destination: "/e", type: "bind", source: "/i", options: ["rbind", "rro"] },
          { destination: "/f", type: "bind", source: "/j", options: ["bind", "rw"] },
        ],
        volumes: [{ Name: "data", Dest: "/d", Options: ["rw"] }],
      },
    ],
    [
      {
        mounts: [
          { type: "bind", source: "/a:b", target: "/c", readOnly: true, options: ["z"] },
          { type: "volume", source: "v", target: "/v", readOnly: false, options: ["nocopy"] },
          { type: "volume", target: "/anonymous", readOnly: false },
        ],
      },
      {
        mounts: [{ destination: "/c", type: "bind", source: "/a:b", options: ["rbind", "ro", "z"] }],
        volumes: [
          { Name: "v", Dest: "/v", Options: ["rw", "nocopy"] },
          { Name: "", Dest: "/anonymous", Options: ["rw"] },
        ],
      },
    ],
    [
      { ports: ["127.0.0.1:8080:80", "80", "[::1]:53:53/udp"] },
      {
        expose: { 80: "tcp", 53: "udp" },
        portmappings: [
          { container_port: 80, protocol: "tcp", host_port: 8080, host_ip: "127.0.0.1" },
          { container_port: 80, protocol: "tcp" },
          { container_port: 53, protocol: "udp", host_port: 53, host_ip: "::1" },
        ],
      },
    ],
    [{ network: "none", pid: "" }, { netns: { nsmode: "none" } }],
    [{ network: "default" }, {}],
    [{ network: "own" }, { netns: { nsmode: "bridge" }, Networks: { own: {} } }],
    [{ usernsMode: "keep-id:uid=1" }, { userns: { nsmode: "keep-id", value: "uid=1" } }],
    [
      { pid: "host", cgroupNamespace: "private" },
      { pidns: { nsmode: "host" }, cgroupns: { nsmode: "private" } },
    ],
    [
      { memory: "1000000000", others: { cpus: ["1.5"] } },
      { resource_limits: { memory: { limit: 1e9 }, cpu: { period: 100_000, quota: 150_000 } } },
    ],
    [{ restart: "on-failure:3" }, { restart_policy: "on-failure", restart_tries: 3 }],
    [{ restart: "always" }, { restart_policy: "always" }],
    [
      {
        others: {
          ...{ workdir: ["/srv"], interactive: [], label: ["a=b=c", "d"], "cap-drop": ["MKNOD"] },
          ...{ "shm-size": ["1k"], "add-host": ["a:10.0.0.1"] },
        },
      },
      {
        ...{ work_dir: "/srv", stdin: true, labels: { a: "b=c", d: "" }, cap_drop: ["MKNOD"] },
        ...{ shm_size: 1024, hostadd: ["a:10.0.0.1"] },
      },
    ],
  ])("%j", (run, wanted) => {
    expect(spec(run)).toEqual(wanted);
  });

  test.each<[run: Partial<ContainerSpec>, refusal: [key: string, args: Record<string, string>]]>([
    [{ others: { "blkio-weight": ["5"] } }, ["plan.libpod.unsaid", { key: "blkio-weight" }]],
    [{ others: { network: ["name=a,alias=b"] } }, ["plan.libpod.unsaid", { key: "network" }]],
    [{ others: { toString: [] } }, ["plan.libpod.unsaid", { key: "toString" }]],
    [{ ports: ["8000-8010:80"] }, ["plan.libpod.unsaid", { key: "publish 8000-8010:80" }]],
    [
      { securityOptions: ["writable-cgroups=true"] },
      ["plan.libpod.security-option", { option: "writable-cgroups=true" }],
    ],
    [{ stopSignal: "SIGNONSENSE" }, ["plan.libpod.signal", { signal: "SIGNONSENSE" }]],
    [{ stopSignal: "SIGRTMIN-1" }, ["plan.libpod.signal", { signal: "SIGRTMIN-1" }]],
  ])("%j is refused by its name", (run, [key, args]) => {
    expect(refused(run)).toMatchObject({ key, args });
  });

  test("every run is either refused or said whole", () => {
    const counts = (spec: ContainerSpec) => ({
      variables: Object.values(spec.environment).filter((value) => value !== undefined).length,
      mounts: spec.tmpfs.length + spec.mounts.length,
    });
    let said = 0;
    fc.assert(
      fc.property(runs, (drawn) => {
        const result = libpodSpec({ ...drawn, stopSignal: "37" }, "web");
        if ("refused" in result) return;
        said++;
        const { env = {}, mounts = [], volumes = [] } = JSON.parse(JSON.stringify(result.spec));
        expect({
          variables: Object.keys(env).length,
          mounts: mounts.length + volumes.length,
        }).toEqual(counts(drawn));
      }),
      { numRuns: 300 },
    );
    expect(said).toBeGreaterThan(50);
  });
});
