// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are variables of compose
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ContainerSpec, SpecChange } from "../../../server/src/core/container/spec";
import { composeProblems, readCompose } from "../../../server/src/core/surfaces/compose/read";
import { growth } from "../../growth";
import { bareSpec, dedent, service, steps, uri } from "../container/helpers";
import { keyed } from "../keyed";

/** The run of the service `web` whose body is given. */
function web(body: string): ContainerSpec {
  const lines = dedent(body).split("\n");
  return service(`services:\n  web:\n${lines.map((line) => `    ${line}`).join("\n")}`).spec;
}

describe("a compose service", () => {
  it("without a body is a bare run", () => {
    expect(service("services:\n  web:\n").spec).toEqual(bareSpec);
  });

  it("is read with every key", () => {
    expect(
      web(`
        image: registry/fedora-init:41
        command: [/sbin/init, "--unit=x"]
        entrypoint: []
        privileged: true
        init: no
        tty: "yes"
        user: 0
        stop_signal: SIGRTMIN+3
        stop_grace_period: 1m30s
        cgroup: host
        pid: host
        network_mode: host
        userns_mode: host
        runtime: sysbox-runc
        read_only: True
        restart: always
        cap_add: [CAP_SYS_ADMIN, net_admin]
        container_name: web-1
        hostname: web.example
        mem_limit: 512m
        ports:
          - 80
          - "8443:443"
          - target: 53
            protocol: udp
          - { target: 22, published: 2222, host_ip: 127.0.0.1 }
        devices:
          - /dev/fuse
          - source: /dev/net/tun
            target: /dev/net/tun
            permissions: rwm
        security_opt:
          - seccomp:unconfined
          - label:user:USER
          - writable-cgroups=true
          - no-new-privileges
      `),
    ).toEqual({
      ...bareSpec,
      image: "registry/fedora-init:41",
      command: { words: ["/sbin/init", "--unit=x"] },
      entrypoint: { words: [] },
      privileged: true,
      init: false,
      tty: true,
      user: "0",
      stopSignal: "SIGRTMIN+3",
      stopGrace: 90,
      cgroupNamespace: "host",
      pid: "host",
      network: "host",
      usernsMode: "host",
      runtime: "sysbox-runc",
      readOnly: true,
      restart: "always",
      capabilities: ["SYS_ADMIN", "NET_ADMIN"],
      name: "web-1",
      hostname: "web.example",
      memory: "512m",
      ports: ["80", "8443:443", "53/udp", "127.0.0.1:2222:22"],
      devices: ["/dev/fuse", "/dev/net/tun:/dev/net/tun:rwm"],
      securityOptions: [
        "seccomp=unconfined",
        "label=user:USER",
        "writable-cgroups=true",
        "no-new-privileges",
      ],
    });
  });

  it.each([
    ["90s", 90],
    ["1h1m1s", 3661],
    ["1.5s", 1.5],
    ["200ms", 0.2],
    ["10", undefined],
    ["soon", undefined],
  ])("reads the duration %s", (text, seconds) => {
    expect(web(`stop_grace_period: ${text}`).stopGrace).toBe(seconds);
  });

  it.each([
    ["/sbin/init --log-level=debug", ["/sbin/init", "--log-level=debug"]],
    [`sh -c "exec /sbin/init 'a b'"`, ["sh", "-c", "exec /sbin/init 'a b'"]],
    ["a\\ b ''", ["a b", ""]],
    ["mkdir /x && /sbin/init", ["mkdir", "/x"]],
    ["echo $$HOME", ["echo", "$HOME"]],
  ])("splits the command %s", (text, words) => {
    expect(web(`command: ${JSON.stringify(text)}`).command).toEqual({ words });
  });

  it.each([
    ["environment: {A: b, B: 1, C: true, D: }"],
    ["environment: [A=b, B=1, C=true, D]"],
    ["environment:\n  A: b\n  B: 1\n  C: true\n  D:"],
    ["environment:\n  - A=b\n  - 'B=1'\n  - C=true\n  - D"],
  ])("reads %s", (text) => {
    expect(web(text).environment).toEqual({ A: "b", B: "1", C: "true", D: undefined });
  });

  it("reads tmpfs as a text, a list and a long volume", () => {
    expect(web("tmpfs: /run/").tmpfs).toEqual([{ path: "/run", options: [] }]);
    expect(
      web(`
        tmpfs:
          - /run
          - /tmp:exec,mode=1777
        volumes:
          - type: tmpfs
            target: /run/lock
            tmpfs: { size: 64m, mode: 0755 }
      `),
    ).toMatchObject({
      tmpfs: [
        { path: "/run", options: [] },
        { path: "/tmp", options: ["exec", "mode=1777"] },
        { path: "/run/lock", options: ["size=64m", "mode=0755"] },
      ],
      mounts: [],
    });
  });

  it.each([
    [
      "/sys/fs/cgroup:/sys/fs/cgroup:ro",
      { type: "bind", source: "/sys/fs/cgroup", target: "/sys/fs/cgroup", readOnly: true },
    ],
    ["./a:/b:rw,z", { type: "bind", source: "./a", target: "/b", readOnly: false, options: ["z"] }],
    ["data:/data", { type: "volume", source: "data", target: "/data", readOnly: false }],
    ["/data/", { type: "volume", target: "/data", readOnly: false }],
    ["C:\\a b:/c:ro", { type: "bind", source: "C:\\a b", target: "/c", readOnly: true }],
    ["${HOME}:/c", { type: "bind", source: "${HOME}", target: "/c", readOnly: false }],
    ["${SOURCE:-/a}:/c", { type: "bind", source: "/a", target: "/c", readOnly: false }],
  ])("reads the volume %s", (text, mount) => {
    expect(web(`volumes: [${JSON.stringify(text)}]`).mounts).toEqual([mount]);
  });

  it("reads volumes in long syntax", () => {
    expect(
      web(`
        volumes:
          - { type: bind, source: /a, target: /b, read_only: true, bind: { recursive: writable } }
          - { type: volume, target: /c }
          - { type: npipe, source: x, target: y }
      `).mounts,
    ).toEqual([
      { type: "bind", source: "/a", target: "/b", readOnly: true, recursive: "writable" },
      { type: "volume", target: "/c", readOnly: false },
    ]);
  });

  it.each([
    ["${TAG:-41}", "41"],
    ["${TAG-41}", "41"],
    ["a${A:-b${C:-d}}e", "abde"],
    ["${TAG}", "${TAG}"],
    ["$TAG", "$TAG"],
    ["${TAG:?needed}", "${TAG:?needed}"],
    ["${TAG:+x}", ""],
    ["$${TAG:-41}", "${TAG:-41}"],
    ["${TAG:-41", "${TAG:-41"],
    ["a$", "a$"],
  ])("evaluates %s", (text, value) => {
    expect(web(`stop_signal: "${text}"`).stopSignal).toBe(value);
  });

  it("takes what it merges, lists as a whole, the first of several first", () => {
    const text = dedent(`
      x-a: &a
        tmpfs: [/a]
        environment: &env { A: a, B: a }
        tty: true
      x-b: &b
        tmpfs: [/b]
        user: "1"
        tty: false
      services:
        web:
          <<: [*a, *b]
          environment:
            <<: *env
            B: b
        db:
          <<: *a
        odd:
          "<<": no merge
        all: *b
    `);
    expect(service(text).spec).toMatchObject({
      tmpfs: [{ path: "/a", options: [] }],
      environment: { A: "a", B: "b" },
      tty: true,
      user: "1",
    });
    expect(service(text, "all").spec).toMatchObject({ tmpfs: [{ path: "/b", options: [] }], tty: false });
    const changed = (step: SpecChange) =>
      service(text)
        .changes([step])
        .map(({ runs }) => [...runs].sort().join(" "));
    expect(changed({ do: "drop", key: "tmpfs", value: { path: "/a", options: [] } })).toEqual(["db web"]);
    expect(changed({ do: "set", key: "tty", value: false })).toEqual(["web", "db web"]);
    expect(changed({ do: "unset", key: "tty" })).toEqual(["all db web"]);
    expect(changed({ do: "set", key: "user", value: "2" })).toEqual(["web", "all web"]);
    expect(changed({ do: "setEnv", name: "A", value: "c" })).toEqual(["web", "db web"]);
    expect(changed({ do: "setEnv", name: "B", value: "c" })).toEqual(["web"]);
    expect(changed({ do: "set", key: "init", value: true })).toEqual(["web"]);
  });

  it("takes what it extends, in this file and in another, lists together", () => {
    const files = {
      "base/common.yaml": dedent(`
        services:
          init:
            build: .
            privileged: true
            tmpfs: [/run, /tmp]
            volumes: [one:/a, two:/b]
            environment: [A=1, B=1]
      `),
    };
    const text = dedent(`
      services:
        mid:
          extends: { file: base/common.yaml, service: init }
          tmpfs: /run/lock
          environment: { B: 2 }
        web:
          extends: mid
          volumes: [new:/a]
          init: true
    `);
    const found = service(text, "web", files);
    expect(found.spec).toMatchObject({
      privileged: true,
      init: true,
      tmpfs: [{ path: "/run" }, { path: "/tmp" }, { path: "/run/lock" }],
      mounts: [{ source: "new", target: "/a" }, { source: "two" }],
      environment: { A: "1", B: "2" },
    });
    expect(found.at({ key: "privileged" })).toBeUndefined();
    expect(found.at({ key: "init" })).toBeDefined();
    expect(found.build).toMatchObject({
      dockerfile: "file:///project/base/Dockerfile",
      context: "file:///project/base",
    });
    const change = found.changes([{ do: "setEnv", name: "B", value: "3" }]);
    expect(change.map(({ runs }) => runs)).toEqual([["web"], ["mid", "web"]]);
  });

  it("survives services that extend each other, themselves and nothing", () => {
    const text =
      "services:\n  web: {extends: db, tty: true}\n  db: {extends: web}\n  c: {extends: c}\n  d: {extends: {file: no, service: x}}\n";
    expect(service(text).spec.tty).toBe(true);
    expect(service(text, "c").spec).toEqual(bareSpec);
    expect(service(text, "d").spec).toEqual(bareSpec);
  });

  it("is merged with the project's override file, and the other way round", () => {
    const base =
      "services:\n  web:\n    image: x\n    tmpfs: [/run]\n    security_opt: [a=b]\n    cap_add: [ALL]\n    privileged: true\n";
    const override = dedent(`
      services:
        web:
          privileged: false
          tmpfs: /tmp
          security_opt: !reset []
          cap_add: !override [SYS_TIME]
        extra:
          image: y
    `);
    const merged = {
      image: "x",
      privileged: false,
      tmpfs: [{ path: "/run" }, { path: "/tmp" }],
      securityOptions: [],
      capabilities: ["SYS_TIME"],
    };
    const inBase = service(base, "web", { "compose.override.yaml": override });
    expect(inBase.spec).toMatchObject(merged);
    expect(inBase.at({ key: "privileged" })).toBeUndefined();
    expect(inBase.changes([{ do: "unset", key: "privileged" }])[0]).toBeUndefined();
    expect(inBase.changes([steps.tty])[0]).toBeDefined();

    const overrideUri = "file:///project/compose.override.yaml";
    const read = (asked: string) => (asked === uri ? base : undefined);
    const { containers, overrides } = readCompose(overrideUri, override, read);
    expect(overrides).toBe(uri);
    expect(containers.map(({ name }) => name)).toEqual(["web", "extra"]);
    expect(containers[0]?.spec).toMatchObject(merged);
    expect(containers[0]?.at({ key: "image" })).toBeUndefined();
  });

  it("says where everything stands", () => {
    const text = dedent(`
      x-s: &s "SIGTERM"
      services:
        web:
          stop_signal: *s
          init: true # c
          tmpfs:
            - "/run" # d
          security_opt: [seccomp=unconfined]
          environment:
            container: podman
            NAME:
          volumes:
            - type: bind
              source: /a
              target: /b
          command:
            - a
            - b

        db:
          environment: [container=podman]
    `);
    const found = service(text);
    const said = (place: Parameters<typeof found.at>[0], from = found) => {
      const span = from.at(place);
      return span && text.slice(span.start, span.end);
    };
    expect(text.slice(found.nameSpan.start, found.nameSpan.end)).toBe("web");
    expect(said({ key: "stopSignal" })).toBe("*s");
    expect(said({ key: "init" })).toBe("true");
    expect(said({ key: "tmpfs" })).toBe("tmpfs");
    expect(said({ key: "tmpfs", item: { path: "/run", options: [] } })).toBe('"/run"');
    expect(said({ key: "tmpfs", item: { path: "/x", options: [] } })).toBeUndefined();
    expect(said({ key: "securityOptions", item: "seccomp=unconfined" })).toBe("seccomp=unconfined");
    expect(said({ key: "mounts", item: found.spec.mounts[0] })).toMatch(/^type: bind\n[\s\S]*target: \/b$/);
    expect(said({ key: "command" })).toMatch(/^- a\n +- b$/);
    expect(said({ variable: "container" })).toBe("podman");
    expect(said({ variable: "NAME" })).toBe("NAME");
    expect(said({ variable: "container" }, service(text, "db"))).toBe("container=podman");
    expect(said({ key: "tty" })).toBeUndefined();
    expect(said({ key: "systemd" })).toBeUndefined();
  });

  it("spells steps as compose does", () => {
    const { toDisplay } = service("services: {web: {}}");
    const spelled = [
      steps.signal,
      steps.noInit,
      steps.tmp,
      steps.bind,
      steps.env,
      steps.noEnv,
      steps.command,
      steps.grace,
    ];
    expect(spelled.map(toDisplay)).toEqual([
      "stop_signal: SIGRTMIN+3",
      "init",
      'tmpfs: "/tmp:exec,mode=1777"',
      "volumes: /sys/fs/cgroup:/sys/fs/cgroup:rw",
      "environment: container=docker",
      "environment: container",
      'command: ["/sbin/init", "--unit=multi-user.target"]',
      "stop_grace_period: 90s",
    ]);
  });
});

describe("what a service builds", () => {
  const build = (body: string) => service(`services:\n  web:\n    build: ${body}\n`).build;

  it.each([
    [".", "file:///project", "file:///project/Dockerfile"],
    ["./my%20app dir", "file:///project/my%2520app%20dir", "file:///project/my%2520app%20dir/Dockerfile"],
    ["{context: ../x, dockerfile: docker/Dockerfile.web}", "file:///x", "file:///x/docker/Dockerfile.web"],
    ["{dockerfile: /abs/Dockerfile}", "file:///project", "file:///abs/Dockerfile"],
    ["{context: '${DIR:-app}'}", "file:///project/app", "file:///project/app/Dockerfile"],
    ["{context: 'https://example.org/a.git'}", undefined, undefined],
    ["{context: '${DIR}'}", undefined, undefined],
    ["{dockerfile_inline: 'FROM x'}", "file:///project", undefined],
  ])("%s", (body, context, dockerfile) => {
    expect(build(body)).toMatchObject({ ...(context && { context }), ...(dockerfile && { dockerfile }) });
    expect(build(body)?.context).toBe(context);
    expect(build(body)?.dockerfile).toBe(dockerfile);
  });

  it("has a target, arguments and an inline text", () => {
    expect(build("{target: dev, args: {A: 1, B: }}")).toMatchObject({
      target: "dev",
      args: { A: "1", B: undefined },
    });
    expect(build("{args: [A=1, B]}")?.args).toEqual({ A: "1", B: undefined });
    expect(build('{dockerfile_inline: "FROM a\\nUSER $$U"}')?.inline).toBe("FROM a\nUSER $U");
  });
});

describe("a compose file", () => {
  const read = (text: string) => readCompose(uri, text, () => undefined);
  let turn = 0;
  /** What was read before is not read again. */
  const readAnew = (text: string) => read(`${text}# ${turn++}\n`);

  it("names the files it includes", () => {
    const text =
      "include:\n  - a/compose.yaml\n  - path: [b.yaml, c.yaml]\n  - path: d.yaml\n  - https://example.org/x\n";
    expect(read(text).includes).toEqual(
      ["a/compose.yaml", "b.yaml", "c.yaml", "d.yaml"].map((path) => `file:///project/${path}`),
    );
  });

  it("reports what YAML and compose refuse, and reads the rest", () => {
    const broken = "services:\n  web:\n    tty: true\n    command: [a\n";
    expect(composeProblems(uri, broken)).toHaveLength(1);
    expect(read(broken).containers[0]?.spec.tty).toBe(true);
    const twice = composeProblems(uri, "services:\n  web:\n    tty: true\n    tty: false\n");
    expect(twice.map(({ message }) => keyed(message))).toEqual(["yaml.repeated-key(key=tty)"]);
    expect(twice[0]?.span).toEqual({ start: 35, end: 38 });
  });

  it("bears aliases to nothing, to themselves and to each other", () => {
    expect(
      read("services:\n  web: *none\n  db: {<<: *none, tmpfs: *none, environment: *none}\n").containers,
    ).toHaveLength(2);
    expect(
      read("services: &s\n  web: &w\n    <<: *w\n    tmpfs: &t [*t, /run]\n    environment: *s\n").containers,
    ).toHaveLength(1);
  });

  it("is read in time that grows with its lines", () => {
    const service = (n: number) =>
      `  s${n}:\n    <<: *b\n    init: true\n    tmpfs:\n      - /run\n      - /run/lock\n    environment:\n      A: b\n`;
    const make = (services: number) =>
      `x-b: &b {tty: true}\nservices:\n${Array.from({ length: services }, (_, n) => service(n)).join("")}`;
    expect(read(make(1_200)).containers).toHaveLength(1_200);
    expect(growth(make, readAnew, 75, 600, 1.5)).toBeLessThan(1.5);
  });

  it("bears a bomb of aliases", () => {
    const level = (n: number) =>
      `x-${n + 1}: &a${n + 1}\n  <<: [${Array(9).fill(`*a${n}`).join(", ")}]\n  k${n}: *a${n}\n`;
    const make = (levels: number) =>
      `x-0: &a0 {A: b}\n${Array.from({ length: levels }, (_, n) => level(n)).join("")}` +
      `services:\n  web:\n    <<: *a${levels}\n    environment: *a${levels}\n`;
    expect(Object.keys(read(make(60)).containers[0]?.spec.environment ?? {})).toHaveLength(61);
    // What the aliases stand for grows by 9 to the power of the levels.
    expect(growth(make, readAnew, 15, 60, 3)).toBeLessThan(3);
  });

  it("never makes the reader or the editor throw, and stays inside the text", () => {
    const piece = fc.constantFrom(
      "services:",
      "web:",
      "db:",
      "\n",
      "\n  ",
      "\n    ",
      "\n      ",
      " ",
      "- ",
      "? ",
      "<<: ",
      "*a",
      "&a ",
      "!reset ",
      "!!str ",
      "tmpfs:",
      "/run",
      "volumes:",
      "type: tmpfs",
      "environment:",
      "A=b",
      "A: b",
      "{",
      "}",
      "[",
      "]",
      ",",
      ": ",
      '"',
      "'",
      "#",
      "|",
      ">",
      "|+\n",
      "~",
      "null",
      "true",
      "init:",
      "init: true",
      "command:",
      "build:",
      "extends:",
      "x-a:",
      "\t",
      "\r\n",
      "---\n",
      "...\n",
      "%YAML 1.1\n",
      "${A:-",
      "}",
      "$$",
      "é",
      "\u0000",
      "\ufeff",
      "security_opt:",
      "stop_grace_period:",
      "1s",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(piece, { maxLength: 40 }).map((parts) => parts.join("")),
          fc.string({ maxLength: 80 }),
        ),
        fc.boolean(),
        (tail, named) => {
          const text = named ? `services:\n  web:\n    ${tail}` : tail;
          const { containers } = readCompose(uri, text, () => text);
          const inside = ({ start, end }: { start: number; end: number }) => {
            expect(start).toBeGreaterThanOrEqual(0);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(text.length);
          };
          for (const { span } of composeProblems(uri, text)) inside(span);
          for (const source of containers) {
            inside(source.nameSpan);
            for (const key of ["tmpfs", "init", "command", "mounts", "image"] as const) {
              const span = source.at({ key });
              if (span) inside(span);
            }
            for (const variable of Object.keys(source.spec.environment)) {
              const span = source.at({ variable });
              if (span) inside(span);
            }
            const all = source.changes([
              steps.run,
              steps.init,
              steps.env,
              steps.command,
              steps.dropLock,
              steps.cgroups,
              { do: "unset", key: "mounts" },
            ]);
            for (const { edits } of all) for (const { span } of edits) inside(span);
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });
});

describe("a file that names itself", () => {
  it.each([0, 120_000])("is one file, of %d characters more", (size) => {
    const services =
      "services:\n  base:\n    image: a\n    privileged: true\n  web:\n    extends: {file: compose.yaml, service: base}\n";
    const text = `${services}${"# so that it is long\n".repeat(size / 20)}`;
    const { containers } = readCompose("file:///p/compose.yaml", text, () => text);
    const web = containers.find(({ name }) => name === "web");
    expect(web?.spec.image).toBe("a");
    expect(web?.changes([steps.unprivileged])).not.toEqual([]);
  });
});
