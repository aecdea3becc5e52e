import { hostname } from "node:os";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { trialOf } from "../../../client/src/flows/trial";
import { bootLabel } from "../../../client/src/flows/trial-mark";
import { leftOvers, newMark, removing } from "../../../server/src/cli/boot/mark";
import { nameOf, processPlace } from "../../../server/src/cli/boot/processes";

const own = (name: string) => `trial-${name}`;

describe("the container of a trial", () => {
  test("by Docker's API publishes nothing, is not restarted, and has separate volumes", () => {
    const body = {
      Image: "web",
      Env: ["A=b"],
      NetworkingConfig: { EndpointsConfig: { back: {} } },
      HostConfig: {
        Init: false,
        PortBindings: { "80/tcp": [{ HostPort: "80" }] },
        RestartPolicy: { Name: "always" },
        NetworkMode: "project_back",
        Binds: ["project_data:/data:rw", "/srv:/srv:ro", "C:\\srv:/c"],
        Mounts: [
          { Type: "volume", Source: "project_data", Target: "/a:b" },
          { Type: "volume", Target: "/anonymous" },
          { Type: "bind", Source: "/x:y", Target: "/z" },
        ],
      },
    };
    expect(trialOf({ api: "docker", body }, "built:1", own)).toEqual({
      create: {
        api: "docker",
        body: {
          Image: "built:1",
          Env: ["A=b"],
          HostConfig: {
            Init: false,
            Binds: ["trial-project_data:/data:rw", "/srv:/srv:ro", "C:\\srv:/c"],
            Mounts: [
              { Type: "volume", Source: "trial-project_data", Target: "/a:b" },
              { Type: "volume", Target: "/anonymous" },
              { Type: "bind", Source: "/x:y", Target: "/z" },
            ],
          },
        },
      },
      volumes: ["trial-project_data"],
    });
  });

  test("by Podman's API does the same", () => {
    const body = {
      image: "web",
      portmappings: [{ container_port: 80 }],
      restart_policy: "always",
      restart_tries: 3,
      netns: { nsmode: "bridge" },
      Networks: { back: {} },
      volumes: [
        { Name: "data", Dest: "/data" },
        { Name: "", Dest: "/anonymous" },
      ],
    };
    expect(trialOf({ api: "libpod", body }, undefined, own)).toEqual({
      create: {
        api: "libpod",
        body: {
          image: "web",
          volumes: [
            { Name: "trial-data", Dest: "/data" },
            { Name: "", Dest: "/anonymous" },
          ],
        },
      },
      volumes: ["trial-data"],
    });
  });

  test.each(["none", "host", "bridge", "container:db"])(
    "stays in the network %s, which is not the project's",
    (mode) => {
      const { create } = trialOf(
        { api: "docker", body: { HostConfig: { NetworkMode: mode } } },
        undefined,
        own,
      );
      expect(create.body).toEqual({ HostConfig: { NetworkMode: mode } });
      const libpod = { netns: { nsmode: mode } };
      expect(trialOf({ api: "libpod", body: libpod }, undefined, own).create.body).toEqual(libpod);
    },
  );

  test("never mounts a project volume, whatever its name", () => {
    const name = fc.stringMatching(/^[a-zA-Z0-9][\w.-]{1,20}$/);
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const body = { HostConfig: { Binds: names.map((each) => `${each}:/data`) } };
        const { create, volumes } = trialOf({ api: "docker", body }, undefined, own);
        expect(new Set(volumes)).toEqual(new Set(names.map(own)));
        const { Binds } = create.body.HostConfig as { Binds: string[] };
        expect(Binds.every((bind) => bind.startsWith("trial-"))).toBe(true);
      }),
    );
  });
});

describe("the mark of a run", () => {
  const container = (value: string) => ({ kind: "container", name: "c", value }) as const;
  const gone = 4_194_305;
  const later = Math.ceil(Date.now() / 1000) + 100;

  test("is no mark of something that is left while the run goes on, or where it is kept", () => {
    expect(leftOvers([newMark(10, false), newMark(10, true)].map(({ value }) => container(value)))).toEqual(
      [],
    );
    expect(leftOvers([container(""), container("true")])).toEqual([]);
  });

  test("is one when its process is gone, whatever its time, or its time is over elsewhere", () => {
    const again = process.platform === "linux" ? [`${later}/${processPlace()}/${process.pid}.1/ab`] : [];
    const ended = [`${later}/${processPlace()}/${gone}/ab`, `1/elsewhere/1/ab`, ...again].map(container);
    expect(leftOvers(ended)).toEqual(ended);
    // A host of this name, such as a container in the host's network, has other processes.
    const going = [
      `${later}/${hostname()}:elsewhere/${gone}/ab`,
      `1/${processPlace()}/${nameOf(process.pid)}/ab`,
    ];
    expect(leftOvers(going.map(container))).toEqual([]);
  });

  test("leads to the lines that remove what has it: containers first, by the engine's own program", () => {
    const all = [
      { kind: "volume", name: "v", value: "" },
      { kind: "image", name: "i:1", value: "" },
      { kind: "container", name: "a", value: "" },
      { kind: "container", name: "b", value: "" },
    ] as const;
    const lines = ["podman rm --force --volumes a b", "podman rmi i:1", "podman volume rm v"];
    expect(removing(all, "podman")).toEqual(lines);
    expect(bootLabel).not.toBe("dev.systemd-containers.container");
  });
});
