import { describe, expect, test } from "vitest";
import { format } from "../../../server/src/core/base/message";
import { commandFor, explain, leftOut } from "../../../server/src/core/plan/render/command";
import { createOptions } from "../../../server/src/core/plan/render/docker-api";
import { explainParts } from "../../../server/src/core/plan/render/parts";
import { implicitNetwork } from "../../../server/src/core/surfaces/compose/networks";
import { docker28, found, planned, service } from "./services";

describe("a service keeps what it says itself", () => {
  const flags: readonly (readonly [keys: string, flag: string])[] = [
    ["hostname: db1", "--hostname=db1"],
    ["ports: ['8080:80']", "--publish 8080:80"],
    ["environment: {TZ: UTC}", "--env TZ=UTC"],
    ["cap_add: [NET_ADMIN]", "--cap-add NET_ADMIN"],
    ["cap_drop: [MKNOD]", "--cap-drop MKNOD"],
    ["sysctls: {net.core.somaxconn: 1024}", "--sysctl net.core.somaxconn=1024"],
    ["sysctls: ['a.b=1']", "--sysctl a.b=1"],
    ["ulimits: {nofile: {soft: 1, hard: 2}, core: 0}", "--ulimit nofile=1:2 --ulimit core=0"],
    ["labels: {a: b}", "--label a=b"],
    ["extra_hosts: {a: 10.0.0.1}", "--add-host a:10.0.0.1"],
    ["extra_hosts: ['a=10.0.0.1']", "--add-host a:10.0.0.1"],
    ["dns: 10.0.0.1", "--dns 10.0.0.1"],
    ["working_dir: /srv", "--workdir /srv"],
    ["shm_size: 1g", "--shm-size 1g"],
    ["stdin_open: true", "--interactive"],
    ["env_file: [a.env, {path: b.env}]", "--env-file /srv/My Shop/a.env --env-file /srv/My Shop/b.env"],
    ["healthcheck: {test: [CMD, a, b c], interval: 5s}", "--health-cmd a 'b c' --health-interval 5s"],
    ["healthcheck: {disable: true}", "--no-healthcheck"],
    ["logging: {driver: local, options: {max-size: 1m}}", "--log-driver local --log-opt max-size=1m"],
    ["volumes: ['./a:/a:ro,z']", "-v /srv/My Shop/a:/a:ro,z"],
    ["volumes: ['../a:/a']", "-v /srv/a:/a"],
    ["volumes: ['data:/a']", "-v myshop_data:/a"],
    ["networks: [back]", "--network myshop_back"],
    ["networks: {back: {aliases: [db]}}", "--network name=myshop_back,alias=db"],
  ];
  test.each(flags)("%s", (keys, flag) => {
    const { line, plan } = planned(service(keys), docker28);
    expect(` ${line} `).toContain(` ${flag} `);
    expect(plan.own?.left).toEqual([]);
  });

  test("and gets what it lacks beside it", () => {
    const { line } = planned(service("tmpfs: [/run:size=64m]\nstop_signal: RTMIN+3"), docker28);
    expect(line).toContain("--tmpfs /run:size=64m");
    expect(line).not.toContain("--tmpfs /run ");
    expect(line).toContain("--stop-signal=RTMIN+3");
    expect(line).toContain("--security-opt writable-cgroups=true");
  });

  test("and is told what it said itself apart from what is added", () => {
    const [own, ...added] = explain(planned(service("hostname: db1"), docker28).plan);
    expect(own).toMatchObject({ what: "--hostname=db1 /sbin/init" });
    expect(added.map(({ what }) => what)).toContain("--tmpfs /run");
    for (const engine of ["docker", "podman"] as const) {
      const { plan } = planned(service("hostname: db1\nenvironment: [A=b]\ncap_drop: [MKNOD]"), docker28);
      const words = explainParts(plan, engine).flatMap(({ what }) =>
        what === "note" ? [] : what.split(" "),
      );
      expect(words.sort()).toEqual([...commandFor(plan, engine)].sort());
    }
  });

  test("and a completed file changes nothing else of it", () => {
    const text = service("hostname: db1 # kept\ndepends_on: [other]", "  other: {image: busybox}\n");
    const { launch } = planned(text, docker28);
    const lines = new Set(launch.completed?.split("\n"));
    expect(text.split("\n").filter((line) => !lines.has(line))).toEqual([]);
    expect(launch.completed).toContain("writable-cgroups=true");
  });

  test("in the Engine API too", () => {
    const keys = "ports: ['8080:80']\nexpose: [90]\ncap_drop: [MKNOD]\nlabels: {a: b}\nvolumes: ['data:/a']";
    const { plan } = planned(service(`${keys}\nnetworks: {back: {aliases: [db]}}`), docker28);
    expect(createOptions(plan.spec, "db")).toMatchObject({
      ExposedPorts: { "80/tcp": {}, "90/tcp": {} },
      Labels: { a: "b" },
      NetworkingConfig: { EndpointsConfig: { myshop_back: { Aliases: ["db"] } } },
      HostConfig: { CapDrop: ["MKNOD"], Binds: ["myshop_data:/a:rw"], NetworkMode: "myshop_back" },
    });
  });

  test("and Podman names a network's aliases in its own way", () => {
    const { line } = planned(service("networks: {back: {aliases: [db]}}"), { engine: "podman" });
    expect(line).toContain("--network myshop_back:alias=db");
  });
});

describe("the name of the project", () => {
  const volume = (below: string, files?: Record<string, string>) =>
    / -v (\S+):\/a/.exec(planned(service("volumes: ['data:/a']", below), docker28, files).line)?.[1];

  test("is that of the directory", () => expect(volume("")).toBe("myshop_data"));
  test("or the top-level name", () => expect(volume("name: other\n")).toBe("other_data"));
  test("or COMPOSE_PROJECT_NAME of .env, which comes first", () =>
    expect(volume("name: other\n", { ".env": "A=1\nCOMPOSE_PROJECT_NAME=third\n" })).toBe("third_data"));
  test("and a volume may have a name of its own", () => {
    expect(volume("volumes: {data: {name: real}}\n")).toBe("real");
    expect(volume("volumes: {data: {external: true}}\n")).toBe("data");
    expect(volume("volumes: {data: {external: true, name: real}}\n")).toBe("real");
  });
  test("stands before that of an image that compose builds", () => {
    const text = "services: {db: {build: ., command: /sbin/init}}";
    expect(planned(text, docker28, { Dockerfile: "FROM debian:12\n" }).plan.image.reference).toBe(
      "myshop-db",
    );
  });
});

describe("what one container cannot say", () => {
  const left: readonly (readonly [keys: string, what: string])[] = [
    ["depends_on: [a]", "depends_on"],
    ["secrets: [a]", "secrets"],
    ["configs: [a]", "configs"],
    ["network_mode: service:vpn", "network_mode: service:vpn"],
    ["pid: service:vpn", "pid: service:vpn"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of compose
    ["environment: {A: '${B}'}", "${B}"],
    ["volumes: ['$HOME/a:/a']", "$HOME"],
    ["volumes: ['~/a:/a']", "volumes: ~/a"],
    ["volumes: [{type: npipe, source: a, target: b}]", "volumes: {type: npipe, source: a, target: b}"],
    ["some_new_key: 1", "some_new_key"],
  ];
  test.each(left)("%s is named", (keys, what) => {
    expect(planned(service(keys), docker28).plan.own?.left).toEqual([what]);
  });

  test("is no extension, nor what is the builder's", () => {
    const keys = "x-a: 1\nprofiles: [a]\nbuild: .\nenvironment: {A: $$HOME}";
    expect(planned(service(keys), docker28, {}, { name: "db" }).plan.own?.left).toEqual([]);
  });

  test("is in the explanation", () => {
    const found = explain(planned(service("depends_on: [a]"), docker28).plan).find(
      ({ what }) => what === leftOut,
    );
    expect(found && format(found.why)).toBe("depends_on");
  });
});

describe("secrets", () => {
  const text = service("environment: {TOKEN: hunter2, GIVEN: }\nentrypoint: /init.sh").replace(
    "/sbin/init",
    "[/sbin/init, --admin-password=hunter2, --token, hunter2]",
  );

  test("are not in a command or its explanation", () => {
    const { plan } = planned(text, docker28);
    const command = commandFor(plan, "docker").join(" ");
    expect(command).toContain("--env TOKEN --env GIVEN");
    expect(command).toContain("--admin-password=*** --token ***");
    const told = [explain(plan), explainParts(plan, "docker"), explainParts(plan, "podman"), command];
    expect(JSON.stringify(told)).not.toContain("hunter2");
  });

  test("are there for the engine, and where they are asked for", () => {
    const { plan, line } = planned(text, docker28);
    expect(line).toContain("--env TOKEN=hunter2");
    expect(createOptions(plan.spec, "db").Env).toContain("TOKEN=hunter2");
  });
});

describe("profiles", () => {
  const text =
    "services:\n  db: {image: db, command: /sbin/init}\n  debug: {image: db, command: /sbin/init, profiles: [dev, '$P']}\n";
  const names = (env: string, name?: string) =>
    found(text, docker28, { ".env": env }, { name }).map((each) => each.name);

  test("that are not active keep a service from being planned", () => expect(names("")).toEqual(["db"]));
  test("are active by COMPOSE_PROFILES of .env", () => {
    for (const env of [
      "COMPOSE_PROFILES=dev",
      "COMPOSE_PROFILES=a, dev",
      "COMPOSE_PROFILES=*",
      "P=a\nCOMPOSE_PROFILES=a",
    ])
      expect(names(env), env).toEqual(["db", "debug"]);
    expect(names("COMPOSE_PROFILES=test")).toEqual(["db"]);
  });
  test("are active for a service that is named", () => expect(names("", "debug")).toEqual(["debug"]));
});

describe("the network of the project", () => {
  const other = "  other: {image: busybox}\n";
  const lost = implicitNetwork;
  const left = (keys: string, below = other) => planned(service(keys, below), docker28).plan.own?.left;

  test("is not named, as compose takes it away, and what that means is told", () => {
    const { line, plan } = planned(service("tty: true", other), docker28);
    expect(line).not.toContain("--network");
    expect(plan.own?.left).toEqual([lost]);
    expect(left("networks: {}")).toEqual([lost]);
  });

  test("means nothing to a service that is alone there, or elsewhere", () => {
    expect(left("tty: true", "")).toEqual([]);
    expect(left("tty: true", "  other: {image: busybox, network_mode: host}\n")).toEqual([]);
    expect(left("tty: true", "  other: {image: busybox, networks: [back]}\n")).toEqual([]);
    expect(left("tty: true", "  other: {image: busybox, profiles: [dev]}\n")).toEqual([]);
    expect(left("network_mode: host")).toEqual([]);
    expect(left("networks: [back]")).toEqual([]);
  });

  test("is lost to a service that is named although its profile is not active", () => {
    const text = service("profiles: [dev]", other);
    expect(planned(text, docker28, {}, { name: "db" }).plan.own?.left).toEqual([lost]);
  });

  test("has in it who names it", () => {
    expect(left("tty: true", "  other: {image: busybox, networks: [default]}\n")).toEqual([lost]);
    expect(planned(service("networks: [default]", other), docker28).line).toContain(
      "--network myshop_default",
    );
  });

  test("is named where it is there without compose", () => {
    const below = `${other}networks: {default: {name: proxy, external: true}}\n`;
    const { line, plan } = planned(service("tty: true", below), docker28);
    expect(line).toContain("--network proxy ");
    expect(plan.own?.left).toEqual([]);
  });
});
