import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type PlanResult, planMethod } from "../../server/src/protocol";
import { connect, type Session } from "./connection";
import { keyedTexts } from "./keyed-texts";

const dockerfile = `FROM debian:12 AS base
RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
FROM base
EXPOSE 80
CMD /sbin/init
`;
const compose =
  "services:\n  a:\n    image: one\n    command: /sbin/init\n  b:\n    build: .\n    command: /sbin/init\n";
const uri = "file:///project/Dockerfile";
const composeUri = "file:///project/compose.yaml";

let session: Session;
beforeEach(async () => {
  session = await connect({
    disk: { [uri]: dockerfile, [composeUri]: compose },
    texts: keyedTexts,
  });
});
afterEach(() => session.close());

const plan = (params: object) =>
  session.client.sendRequest<PlanResult>(planMethod, { uri, reference: "web:1", ...params });

describe("a plan", () => {
  test("of a Dockerfile is for the engine that is told", async () => {
    const result = await plan({ facts: { engine: "docker", version: "28.5.2", cgroupVersion: 2 } });
    expect(result).toMatchObject({
      boots: "certain",
      ports: ["80"],
      stages: ["base", "1"],
    });
    expect(result.create).toMatchObject({
      api: "docker",
      body: {
        Image: "web:1",
        StopSignal: "SIGRTMIN+3",
        HostConfig: { SecurityOpt: ["writable-cgroups=true"] },
      },
    });
    expect(result.docker.join(" ")).toContain("writable-cgroups=true");
    expect(result.podman.join(" ")).toMatch(/^podman run(?!.*cgroup)/);
    expect(result.explain.docker.length).toBeGreaterThan(3);
    expect(result.explain.podman.map(({ what }) => what)).toContain("podman run");
    expect(result.explain.compose.map(({ what }) => what)).toContain("tmpfs: /run");
  });

  test("of a compose service is for its own image, or for the one that will be built", async () => {
    const of = (name: string) => plan({ uri: composeUri, name, reference: "project-b" });
    expect(await of("a")).toMatchObject({ stages: ["a", "b"], create: { body: { Image: "one" } } });
    expect(await of("b")).toMatchObject({ create: { body: { Image: "project-b" } } });
  });

  test("that cannot be is refused in words", async () => {
    const { refused, stages } = await plan({ uri: composeUri, name: "c" });
    expect(refused).toBe("plan.nothing");
    expect(stages).toEqual(["a", "b"]);
    expect((await plan({ uri: "file:///project/none" })).refused).toBe("plan.unread");
  });
});
