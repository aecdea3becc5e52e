import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type PlanResult, planMethod } from "../../server/src/protocol";
import { connect, type Session } from "./connection";
import { keyedTexts } from "./keyed-texts";

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
  session = await connect({
    disk: { [uri]: dockerfile, [composeUri]: compose },
    texts: keyedTexts,
  });
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
    expect(result.create).toMatchObject({
      api: "docker",
      body: {
        Hostname: "web",
        HostConfig: { Memory: 512 * 1024 ** 2, PortBindings: { "80/tcp": [{ HostPort: "8080" }] } },
      },
    });
    for (const words of [result.docker, result.podman])
      expect(words).toEqual(expect.arrayContaining(["--hostname=web", "127.0.0.1:8080:80"]));
    expect(result.compose).toContain('mem_limit: "512m"');
    expect((await plan({ options: { memory: "lots" } })).refused).toBe("plan.option.bad-memory(memory=lots)");
  });

  test("of an image without systemd names the line that starts something else, and the finding about it", async () => {
    const of = async (text: string, name?: string) => {
      const own = await connect({ disk: { [uri]: text }, texts: keyedTexts });
      const result = await own.client.sendRequest<PlanResult>(planMethod, { uri, name, reference: "web:1" });
      await own.close();
      return result.startsOther;
    };
    const at = (line: number, character: number, endCharacter: number) => {
      return { uri, line, character, endLine: line, endCharacter };
    };
    const base = "FROM debian:12\nRUN apt-get update && apt-get install -y systemd nginx\n";
    expect(await of(`${base}RUN systemctl enable nginx\nCMD ["bash"]\n`)).toEqual({
      place: at(3, 4, 12),
      why: expect.stringContaining("image-no-init.advice"),
      wayOut: "fixes",
    });
    expect(await of(`${base}ENTRYPOINT ["nginx"]\n`)).toEqual({ place: at(2, 11, 20), wayOut: "edits" });
    expect(await of("FROM nginx:1\n")).toEqual({ place: at(0, 5, 12), wayOut: "none" });
    const unknown = 'FROM alpine:3\nENTRYPOINT ["nginx"]\n';
    expect(await of(unknown)).toEqual({ place: at(1, 11, 20), wayOut: "none" });
    expect(await of(`${base}CMD ["/lib/systemd/systemd"]\nNOTHING\n`)).toMatchObject({
      place: { line: 3 },
      why: expect.stringContaining("NOTHING"),
      wayOut: "none",
    });
    expect(await of(`${base}CMD ["/lib/systemd/systemd"]\n`)).toBeUndefined();
    const stages = `FROM debian:12 AS first\nCMD ["first"]\n${base}ENTRYPOINT ["nginx"]\n`;
    expect(await of(stages)).toMatchObject({ wayOut: "edits" });
    expect(await of(stages, "first")).toEqual({ place: at(1, 4, 13), wayOut: "none" });
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

  test("of a service reads .env and the files that it names anew each time", async () => {
    const env = "file:///project/.env";
    const own = await connect({
      disk: {
        [composeUri]: "services: {a: {image: one, command: /sbin/init, hostname: $NAME}}",
        [env]: "COMPOSE_FILE=compose.yaml:prod.yaml\nNAME=first",
        "file:///project/prod.yaml": "services: {a: {extends: {file: base.yaml, service: a}}}",
        "file:///project/base.yaml": "services: {a: {domainname: example.com}}",
      },
    });
    const words = async () =>
      (await own.client.sendRequest<PlanResult>(planMethod, { uri: composeUri, reference: "web:1" })).docker;
    expect(await words()).toEqual(expect.arrayContaining(["--hostname=first", "example.com"]));
    own.disk.set(env, "NAME=second");
    const second = await words();
    expect(second).toContain("--hostname=second");
    expect(second).not.toContain("example.com");
    await own.close();
  });

  test("of a service whose file cannot say what it lacks has no values of its variables", async () => {
    const override = "file:///project/compose.override.yaml";
    const own = await connect({
      disk: {
        [composeUri]: "services: {a: {image: one, command: /sbin/init, environment: {TOKEN: }}}",
        [override]: "services: {a: {stop_signal: SIGTERM}}",
        "file:///project/.env": "TOKEN=hunter2",
      },
    });
    const params = { uri: composeUri, reference: "web:1" };
    const result = await own.client.sendRequest<PlanResult>(planMethod, params);
    expect(result.compose).toContain("TOKEN:");
    expect(JSON.stringify([result.compose, result.docker, result.explain])).not.toContain("hunter2");
    expect(JSON.stringify(result.create)).toContain("TOKEN=hunter2");
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
      create: { body: { Image: "reg:5000/a/Web:1", Cmd: ["/sbin/init"], StopSignal: "SIGRTMIN+3" } },
    });
    expect((await of({})).compose).toContain("  web:\n");
    expect((await of({ programs: {} })).refused).toBe(
      "plan.refused.no-systemd(reference=reg:5000/a/Web:1, path=/usr/lib/systemd/systemd)",
    );
  });

  test("says another port in place of one that is taken, in an option or in a service's own ports", async () => {
    const replacePorts = [{ taken: 8080, free: 8081 }];
    const options = { hostname: "h", ports: ["8080:80", "exposed", "90:90"], replacePorts };
    expect((await plan({ options })).create).toMatchObject({
      body: {
        Hostname: "h",
        HostConfig: {
          PortBindings: {
            "80/tcp": [{ HostPort: "8081" }, { HostIp: "127.0.0.1", HostPort: "" }],
            "90/tcp": [{ HostPort: "90" }],
          },
        },
      },
    });
    const text = "services: {a: {image: one, command: /sbin/init, ports: ['8080:80'], hostname: h}}";
    const own = await connect({ disk: { [composeUri]: text } });
    const params = { uri: composeUri, name: "a", reference: "web:1", options: { replacePorts } };
    const { create } = await own.client.sendRequest<PlanResult>(planMethod, params);
    await own.close();
    const HostConfig = { PortBindings: { "80/tcp": [{ HostIp: "", HostPort: "8081" }] } };
    expect(create).toMatchObject({ body: { Hostname: "h", HostConfig } });
  });

  test("is for Podman's own API where its systemd mode has to be said, or tells what that cannot say", async () => {
    const facts = { engine: "podman", version: "5.8.6" };
    expect((await plan({ facts })).create).toMatchObject({ api: "docker", body: { Image: "web:1" } });
    const of = async (keys: string) => {
      const text = `services: {a: {image: one, entrypoint: /entry.sh, command: /sbin/init, ${keys}}}`;
      const own = await connect({ disk: { [composeUri]: text }, texts: keyedTexts });
      const params = { uri: composeUri, name: "a", reference: "web:1", facts };
      const result = await own.client.sendRequest<PlanResult>(planMethod, params);
      await own.close();
      return result;
    };
    expect((await of("labels: {b: c}, environment: {TOKEN: hunter2}")).create).toMatchObject({
      api: "libpod",
      body: {
        ...{ image: "one", systemd: "always", terminal: true, stop_signal: 37 },
        ...{ labels: { b: "c" }, env: { TOKEN: "hunter2" } },
      },
    });
    const { create, refused, podman } = await of("sysctls: {a.b: 1}");
    expect(create).toEqual({ refused: "plan.libpod.unsaid(key=sysctl)" });
    // `podman run` can say it.
    expect(refused).toBeUndefined();
    expect(podman).toEqual(expect.arrayContaining(["--systemd=always", "--sysctl", "a.b=1"]));
  });
});
