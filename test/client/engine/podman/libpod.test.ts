import { describe, expect, test } from "vitest";
import { libpodCreatePath, specGenerator } from "../../../../client/src/engine/podman/libpod";
import { connectTo } from "../connect-to";
import { docker28, refuse, serve } from "../recording-server";

const spec = (body: object) => {
  const { name: _, systemd: __, ...rest } = specGenerator("web", "always", body as Record<string, unknown>);
  return rest;
};

describe("what Docker's body says, in the words of Podman's own API", () => {
  test.each([
    [
      { Image: "a b:1", Cmd: ["/entry", "$(x)"], Entrypoint: [""] },
      { image: "a b:1", command: ["/entry", "$(x)"], entrypoint: [""] },
    ],
    [{ Env: ["A=b=c", "E=", "N"] }, { env: { A: "b=c", E: "", N: "" } }],
    [
      { Tty: true, User: "0", Hostname: "h", StopTimeout: 90 },
      { terminal: true, user: "0", hostname: "h", stop_timeout: 90 },
    ],
    [{ StopSignal: "SIGRTMIN+3" }, { stop_signal: 37 }],
    [{ StopSignal: "RTMAX-13" }, { stop_signal: 51 }],
    [{ StopSignal: "SIGTERM" }, { stop_signal: 15 }],
    [{ StopSignal: "37" }, { stop_signal: 37 }],
    [{ ExposedPorts: { "80/tcp": {}, "53/udp": {} } }, { expose: { 80: "tcp", 53: "udp" } }],
    [{ HostConfig: { Init: false, ReadonlyRootfs: true } }, { init: false, read_only_filesystem: true }],
    [
      {
        HostConfig: {
          SecurityOpt: [
            "apparmor=unconfined",
            "label=type:a:b",
            "label=disable",
            "seccomp=/p=1",
            "no-new-privileges",
          ],
        },
      },
      {
        apparmor_profile: "unconfined",
        selinux_opts: ["type:a:b", "disable"],
        seccomp_profile_path: "/p=1",
        no_new_privileges: true,
      },
    ],
    [{ HostConfig: { CapAdd: ["SYS_TIME"] } }, { cap_add: ["SYS_TIME"] }],
    [
      {
        HostConfig: {
          Devices: [{ PathOnHost: "/dev/fuse", PathInContainer: "/dev/fuse", CgroupPermissions: "rwm" }],
        },
      },
      { devices: [{ path: "/dev/fuse:/dev/fuse:rwm" }] },
    ],
    [
      { HostConfig: { Tmpfs: { "/x": "exec,mode=1777", "/y": "" }, Binds: ["/h:/c:ro", "data:/d"] } },
      {
        mounts: [
          { destination: "/x", type: "tmpfs", source: "tmpfs", options: ["exec", "mode=1777"] },
          { destination: "/y", type: "tmpfs", source: "tmpfs", options: [] },
          { destination: "/c", type: "bind", source: "/h", options: ["rbind", "ro"] },
        ],
        volumes: [{ Name: "data", Dest: "/d", Options: ["rw"] }],
      },
    ],
    [
      {
        HostConfig: {
          Mounts: [
            { Type: "bind", Source: "/a:b", Target: "/c", ReadOnly: true },
            { Type: "volume", Source: "v", Target: "/v" },
          ],
        },
      },
      {
        mounts: [{ destination: "/c", type: "bind", source: "/a:b", options: ["rbind", "ro"] }],
        volumes: [{ Name: "v", Dest: "/v", Options: ["rw"] }],
      },
    ],
    [
      { HostConfig: { PortBindings: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8080" }, {}] } } },
      {
        portmappings: [
          { container_port: 80, protocol: "tcp", host_port: 8080, host_ip: "127.0.0.1" },
          { container_port: 80, protocol: "tcp" },
        ],
      },
    ],
    [{ HostConfig: { NetworkMode: "none", PidMode: "" } }, { netns: { nsmode: "none" } }],
    [{ HostConfig: { NetworkMode: "default" } }, {}],
    [{ HostConfig: { NetworkMode: "own" } }, { netns: { nsmode: "bridge" }, Networks: { own: {} } }],
    [{ HostConfig: { UsernsMode: "keep-id:uid=1" } }, { userns: { nsmode: "keep-id", value: "uid=1" } }],
    [
      { HostConfig: { Memory: 1e9, NanoCpus: 1.5e9 } },
      { resource_limits: { memory: { limit: 1e9 }, cpu: { period: 100_000, quota: 150_000 } } },
    ],
    [
      { HostConfig: { RestartPolicy: { Name: "on-failure", MaximumRetryCount: 3 } } },
      { restart_policy: "on-failure", restart_tries: 3 },
    ],
  ])("%j", (body, wanted) => {
    expect(spec(body)).toEqual(wanted);
  });

  test("what has no translation is refused by its name", () => {
    const refused = (body: object) => {
      try {
        return spec(body);
      } catch (error) {
        return error;
      }
    };
    expect(refused({ HostConfig: { BlkioWeight: 5 } })).toMatchObject({
      code: "refused",
      message: "This container needs Podman's systemd mode, where BlkioWeight cannot be said.",
    });
    expect(refused({ HostConfig: { SecurityOpt: ["writable-cgroups=true"] } })).toMatchObject({
      code: "refused",
    });
    expect(refused({ StopSignal: "SIGNONSENSE" })).toMatchObject({ code: "refused" });
    expect(refused({ toString: 1 })).toMatchObject({ code: "refused" });
  });
});

describe("starting a container", () => {
  const start = {
    name: "it's $(x)",
    uri: "file:///p/Dockerfile",
    stopSignal: "SIGRTMIN+3",
    createOptions: { Image: "web:systemd", Env: ["PASSWORD=hunter2"] },
  };
  const never = new AbortController().signal;
  const answers = {
    ...docker28,
    "POST /containers/create": { Id: "abc" },
    [`POST ${libpodCreatePath}`]: { Id: "abc" },
    "POST /containers/abc/start": {},
  };

  test("goes through Podman's own API only where the systemd mode has to be said", async () => {
    const server = await serve(answers);
    const engine = await connectTo(`unix://${server.socket}`);
    await engine.start(start, never);
    expect(server.lines()).not.toContain(`POST ${libpodCreatePath}`);
    await engine.start({ ...start, systemd: "always" }, never);
    const created = server.requests.find(({ path }) => path === libpodCreatePath);
    expect(created?.url).toBe(libpodCreatePath);
    expect(JSON.parse(created?.body.toString() ?? "")).toEqual({
      name: "it's $(x)",
      systemd: "always",
      image: "web:systemd",
      env: { PASSWORD: "hunter2" },
      stop_signal: 37,
      labels: {
        "dev.systemd-containers.container": "true",
        "dev.systemd-containers.source": "file:///p/Dockerfile",
      },
    });
  });

  test("what Podman refuses there is told like everything else", async () => {
    const server = await serve({
      ...answers,
      [`POST ${libpodCreatePath}`]: (response) =>
        refuse(response, 500, 'container create: the container name "web" is already in use by 9f.'),
    });
    const engine = await connectTo(`unix://${server.socket}`);
    await expect(engine.start({ ...start, systemd: "always" }, never)).rejects.toMatchObject({
      code: "name-taken",
    });
  });
});
