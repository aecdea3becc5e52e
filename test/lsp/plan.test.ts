import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type PlanResult, planMethod } from "../../server/src/protocol";
import { connect, type Session } from "./connection";

const dockerfile = `ARG VERSION=12
FROM debian:$VERSION
ARG TOKEN
ARG http_proxy TARGETARCH NAME="a b"
RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
EXPOSE 80
CMD /sbin/init
`;
const compose = "services:\n  a:\n    image: one\n    command: /sbin/init\n  db:\n    image: mysql\n";
const uri = "file:///project/Dockerfile";
const composeUri = "file:///project/compose.yaml";

let session: Session;
beforeEach(async () => {
  session = await connect({ disk: { [uri]: dockerfile, [composeUri]: compose } });
});
afterEach(() => session.close());

const plan = (params: object) =>
  session.client.sendRequest<PlanResult>(planMethod, { uri, reference: "web:1", ...params });

describe("a plan", () => {
  test("names what can be asked for, and has what was asked for in every rendering", async () => {
    const options = { ports: ["127.0.0.1:8080:80"], hostname: "web", memory: "512m", debug: true };
    const result = await plan({ options });
    expect(result.arguments).toEqual([
      { name: "VERSION", value: "12" },
      { name: "TOKEN" },
      { name: "NAME", value: "a b" },
    ]);
    expect(result.createOptions).toMatchObject({
      Hostname: "web",
      HostConfig: { Memory: 512 * 1024 ** 2, PortBindings: { "80/tcp": [{ HostPort: "8080" }] } },
    });
    for (const words of [result.docker, result.podman])
      expect(words).toEqual(expect.arrayContaining(["--hostname=web", "127.0.0.1:8080:80"]));
    expect(result.compose).toContain('mem_limit: "512m"');
    expect((await plan({ options: { memory: "lots" } })).refused).toMatch(/lots is no amount/);
  });

  test("of a compose service comes with the errors that are about it", async () => {
    const of = async (name: string) => (await plan({ uri: composeUri, name })).errors.length;
    expect(await of("a")).toBeGreaterThan(0);
    expect(await of("db")).toBe(0);
  });

  test("of a service has the volumes that compose gives it, by the project's name in .env", async () => {
    const text =
      "services: {a: {image: one, command: /sbin/init, volumes: ['data:/d'], environment: {A: b}}}";
    const own = await connect({
      disk: { [composeUri]: text, "file:///project/.env": "COMPOSE_PROJECT_NAME=shop" },
    });
    const params = { uri: composeUri, reference: "web:1" };
    const result = await own.client.sendRequest<PlanResult>(planMethod, params);
    expect(result.docker).toEqual(expect.arrayContaining(["shop_data:/d", "A"]));
    expect(result.compose).toContain("data:/d");
    await own.close();
  });

  test("of an inspected image needs no file", async () => {
    const image = {
      entrypoint: [],
      command: ["/bin/bash"],
      environment: {},
      volumes: [],
      exposed: ["22/tcp"],
      programs: { "/sbin/init": "/usr/lib/systemd/systemd" },
      systemd: 252,
      distribution: ["debian"],
    };
    const of = (more: object) =>
      plan({ uri: undefined, reference: "reg:5000/a/Web:1", image: { ...image, ...more } });
    expect(await of({})).toMatchObject({
      boots: "no",
      ports: ["22/tcp"],
      createOptions: { Image: "reg:5000/a/Web:1", Cmd: ["/sbin/init"], StopSignal: "SIGRTMIN+3" },
    });
    expect((await of({})).compose).toContain("  web:\n");
    expect((await of({ programs: {} })).refused).toMatch(/no systemd/);
  });
});
