import { describe, expect, test } from "vitest";
import { format } from "../../../server/src/core/base/message";
import type { Target } from "../../../server/src/core/engine";
import type { InspectedImage } from "../../../server/src/core/image/seen-image";
import { readInspected } from "../../../server/src/core/plan/inspected";
import { isPlan, plan } from "../../../server/src/core/plan/plan";
import { commandFor, displayCommand } from "../../../server/src/core/plan/render/command";
import { commandParts, explainParts } from "../../../server/src/core/plan/render/parts";
import type { ImageFacts, LaunchOptions, LaunchPlan } from "../../../server/src/core/plan/types";
import { buildArguments, imageLaunch } from "../../../server/src/core/project/plans";
import { readFile } from "../../../server/src/core/surfaces/files";
import { docker28 } from "./services";

const image: ImageFacts = {
  reference: "web",
  systemdVersion: 252,
  family: "debian",
  containerEnv: "docker",
  stopSignal: "SIGRTMIN+3",
  argv: ["/sbin/init"],
  direct: true,
  volumes: [],
  needs: [],
};

function planned(options: LaunchOptions, facts: Target, more: Partial<ImageFacts> = {}): LaunchPlan {
  const result = plan({ ...image, ...more }, facts, options);
  if (!isPlan(result)) throw new Error(format(result.refused));
  return result;
}

const everything: LaunchOptions = {
  name: "it's me",
  hostname: "web.example",
  memory: "512m",
  ports: ["8080:80", "127.0.0.1:2222:22"],
  volumes: ["/srv/data:/data:ro", "cache:/var/cache"],
  environment: { GREETING: "a b" },
  debug: true,
};

describe("what a person asks of a launch", () => {
  test("is in the command, after what systemd needs", () => {
    expect(displayCommand(commandFor(planned(everything, docker28), "docker"))).toBe(
      "docker run -d -t --init=false '--name=it'\\''s me' --hostname=web.example --memory=512m --cgroupns=private " +
        "--security-opt writable-cgroups=true --publish 8080:80 --publish 127.0.0.1:2222:22 " +
        "--env 'GREETING=a b' --tmpfs /run --tmpfs /run/lock --tmpfs /tmp:exec,mode=1777 " +
        "-v /srv/data:/data:ro -v cache:/var/cache web /sbin/init --log-level=debug --log-target=console",
    );
    expect(displayCommand(commandFor(planned(everything, docker28), "podman"))).toBe(
      "podman run -d -t --init=false '--name=it'\\''s me' --hostname=web.example --memory=512m " +
        "--publish 8080:80 --publish 127.0.0.1:2222:22 --env 'GREETING=a b' " +
        "-v /srv/data:/data:ro -v cache:/var/cache web /sbin/init --log-level=debug --log-target=console",
    );
  });

  test.each<[LaunchOptions, [key: string, args: Record<string, string>]]>([
    [{ ports: ["http:80"] }, ["plan.option.bad-port", { port: "http:80" }]],
    [{ ports: ["80:70000"] }, ["plan.option.bad-port", { port: "80:70000" }]],
    [{ ports: ["80-82:90-91"] }, ["plan.option.bad-port", { port: "80-82:90-91" }]],
    [{ memory: "much" }, ["plan.option.bad-memory", { memory: "much" }]],
    [{ volumes: ["./data"] }, ["plan.option.bad-volume", { volume: "./data" }]],
  ])("is refused in words where no engine would take it: %j", (options, [key, args]) => {
    const result = plan(image, docker28, options);
    expect(isPlan(result) ? "a plan" : result.refused).toMatchObject({ key, args });
  });

  test("costs what it opens: a port beyond the machine, a folder that can be written", () => {
    const costs = (options: LaunchOptions) => planned(options, docker28).requirements.at(-1)?.cost?.key;
    expect(costs({ ports: ["80"] })).toBe("plan.option.port-cost");
    expect(costs({ ports: ["127.0.0.1:80:80"] })).toBeUndefined();
    expect(costs({ volumes: ["/srv:/srv"] })).toBe("plan.option.bind-cost");
    expect(costs({ volumes: ["/srv:/srv:ro"] })).toBeUndefined();
  });
});

describe("a debug log is asked for", () => {
  const debug = (more: Partial<ImageFacts>) => planned({ debug: true }, docker28, more).spec;

  test("by arguments of the systemd that the engine executes", () => {
    expect(debug({ hasEntrypoint: true, argv: ["/sbin/init", "--unit=a.target"] })).toMatchObject({
      entrypoint: { words: ["/sbin/init"] },
      command: { words: ["--unit=a.target", "--log-level=debug", "--log-target=console"] },
    });
    expect(debug({ direct: false, argv: ["/run.sh"], command: ["/sbin/init"] }).command).toEqual({
      words: ["/sbin/init", "--log-level=debug", "--log-target=console"],
    });
  });

  test("by the environment where a script starts it", () => {
    const spec = debug({ direct: false, argv: ["/entry.sh", "/sbin/init"] });
    expect(spec.command).toBeUndefined();
    expect(spec.environment).toEqual({ SYSTEMD_LOG_LEVEL: "debug", SYSTEMD_LOG_TARGET: "console" });
  });
});

describe("every word of a command is explained", () => {
  const cases: readonly [string, Target, Partial<ImageFacts>][] = [
    ["Docker 28", docker28, {}],
    [
      "Docker 26",
      { engine: "docker", version: "26.1", cgroupVersion: 2 },
      { containerEnv: undefined, systemdVersion: 247 },
    ],
    ["Podman", { engine: "podman" }, { argv: ["/entry.sh"], direct: false }],
    ["an image that starts something else", undefined, { command: ["/sbin/init"], hasEntrypoint: true }],
    ["an image whose user is not root", docker28, { user: "nobody", stopSignal: undefined }],
  ];

  test.each(cases)("%s", (_name, facts, more) => {
    const launch = planned(everything, facts, more);
    for (const engine of ["docker", "podman"] as const) {
      const words = commandParts(launch, engine).flatMap((part) => part.words);
      expect([...words].sort()).toEqual([...commandFor(launch, engine)].sort());
    }
    for (const tool of ["docker", "podman", "compose"] as const)
      for (const { what, why } of explainParts(launch, tool)) {
        expect(what).not.toBe("");
        expect(format(why)).not.toMatch(/\{\w+\}/);
      }
  });

  test("and each line of the compose service", () => {
    const what = explainParts(planned(everything, docker28), "compose").map((part) => part.what);
    expect(what).toEqual(
      expect.arrayContaining(["image: web", "tmpfs: /run", "hostname: web.example", 'ports: "8080:80"']),
    );
  });
});

describe("an image that an engine has", () => {
  const inspected: InspectedImage = {
    entrypoint: [],
    command: ["/sbin/init"],
    environment: { container: "oci" },
    volumes: ["/sys/fs/cgroup"],
    exposed: ["80/tcp"],
    programs: { "/sbin/init": "/usr/lib/systemd/systemd" },
    systemd: 257,
    distribution: ["ubuntu", "debian"],
    tmpMount: true,
  };
  const read = (more: Partial<InspectedImage>) => {
    const result = readInspected({ ...inspected, ...more }, "web:1");
    if (!("facts" in result)) throw new Error(format(result));
    return result;
  };

  test("is planned by what was found in it", () => {
    expect(read({}).facts).toMatchObject({
      reference: "web:1",
      systemdVersion: 257,
      family: "ubuntu",
      containerEnv: "oci",
      direct: true,
      command: undefined,
      tmpMount: true,
    });
    // Its VOLUME rules writable-cgroups out.
    const { plan: made } = imageLaunch(inspected, docker28, "web:1");
    expect(isPlan(made) && made.spec).toMatchObject({ cgroupNamespace: "host", securityOptions: [] });
  });

  test.each([
    [
      "starts systemd",
      { command: ["/lib/systemd/systemd"], programs: { "/lib/systemd/systemd": "/usr/lib/systemd/systemd" } },
      "certain",
    ],
    ["hands init to a script", { entrypoint: ["/entry.sh"] }, "likely"],
    ["starts something else", { command: ["bash"] }, "no"],
    ["starts nothing", { command: [] }, "no"],
  ] as const)("that %s", (_says, more, boots) => {
    const { boot, facts } = read(more as Partial<InspectedImage>);
    expect(boot.boots).toBe(boots);
    expect(facts.command).toEqual(boots === "no" ? ["/sbin/init"] : undefined);
  });

  test.each([
    [undefined, undefined],
    ["", undefined],
    ["0:0", undefined],
    ["root", undefined],
    ["1000", "root"],
  ])("with the user %s is started as %s", (user, as) => {
    const { plan: made } = imageLaunch({ ...inspected, user }, docker28, "web:1");
    expect(isPlan(made) && made.spec.user).toBe(as);
  });

  test("without systemd is refused, by the init that it has", () => {
    const refused = (programs: Record<string, string>) => {
      const { plan: made } = imageLaunch({ ...inspected, programs }, docker28, "alpine");
      return isPlan(made) ? "a plan" : made.refused;
    };
    expect(refused({})).toMatchObject({ key: "plan.refused.no-systemd", args: { reference: "alpine" } });
    expect(refused({ "/sbin/init": "/bin/busybox" })).toMatchObject({
      key: "plan.refused.other-init",
      args: { other: "/bin/busybox" },
    });
  });

  test("that cannot boot on the host is refused by its version", () => {
    const { plan: made } = imageLaunch(
      { ...inspected, systemd: 262 },
      { ...docker28, cgroupVersion: 1 },
      "sid",
    );
    expect(isPlan(made) ? "a plan" : made.refused).toMatchObject({
      key: "plan.refused.new-systemd",
      args: { version: "262" },
    });
  });
});

test("build arguments are those that a person sets", () => {
  const text = `ARG A=1
FROM debian:$A
ARG A B C='x y'
ARG HTTP_PROXY TARGETARCH BUILDKIT_SYNTAX
RUN echo $B
`;
  const file = readFile({ uri: "file:///Dockerfile", text }, () => undefined);
  expect(file && buildArguments(file)).toEqual([
    { name: "A", value: "1" },
    { name: "B", value: undefined },
    { name: "C", value: "x y" },
  ]);
});
