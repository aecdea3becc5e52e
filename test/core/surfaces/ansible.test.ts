import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import type { SpecChange } from "../../../server/src/core/container/spec";
import { fixAll } from "../../../server/src/core/lint/fix";
import { lint } from "../../../server/src/core/lint/lint";
import { kindOfFound, readFile } from "../../../server/src/core/surfaces/files";
import { noFiles } from "../no-files";
import { expectStaysParsable } from "./stays-parsable";

const uri = "file:///site/play.yml";
const target = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;

function read(text: string, of = uri) {
  const file = readFile({ uri: of, text }, () => undefined);
  if (!file) throw new Error("not read");
  return file;
}

const input = (text: string) => ({ uri, text, snapshot: noFiles, settings: { rules: {}, target } });
const rulesIn = (text: string) => lint(input(text)).findings.map(({ rule }) => rule);

/** A task with these arguments of a module. */
function task(module: string, ...args: readonly string[]) {
  return [`- name: Start it`, `  ${module}:`, ...args.map((line) => `    ${line}`), ""].join("\n");
}

const docker = (...args: readonly string[]) => task("community.docker.docker_container", ...args);
const podman = (...args: readonly string[]) => task("containers.podman.podman_container", ...args);
const image = "image: geerlingguy/docker-debian12-ansible";

describe("a task", () => {
  test("of docker_container is a container of Docker", () => {
    const [container] = read(
      docker(
        "name: box",
        "image: example/systemd",
        "command: /sbin/init",
        "entrypoint: [/usr/bin/env]",
        "privileged: true",
        "init: no",
        "tty: yes",
        "capabilities: [cap_sys_admin]",
        "cgroupns_mode: host",
        "security_opts: ['seccomp:unconfined']",
        "stop_signal: SIGRTMIN+3",
        "stop_timeout: 30",
        "env: { container: docker }",
        "tmpfs: ['/run', '/tmp:exec']",
        "volumes:",
        "  - /sys/fs/cgroup:/sys/fs/cgroup:rw",
        "mounts:",
        "  - { type: volume, source: data, target: /var/lib/x }",
      ),
    ).containers;
    expect(container?.runsOn).toBe("docker");
    expect(container?.name).toBe("box");
    expect(container?.spec).toMatchObject({
      ...{ image: "example/systemd", privileged: true, init: false, tty: true, stopGrace: 30 },
      ...{ command: { words: ["/sbin/init"] }, entrypoint: { words: ["/usr/bin/env"] } },
      ...{ capabilities: ["SYS_ADMIN"], securityOptions: ["seccomp=unconfined"], cgroupNamespace: "host" },
      ...{ stopSignal: "SIGRTMIN+3", environment: { container: "docker" } },
      tmpfs: [{ path: "/run" }, { path: "/tmp", options: ["exec"] }],
      mounts: [
        { type: "bind", target: "/sys/fs/cgroup" },
        { type: "volume", source: "data", target: "/var/lib/x" },
      ],
    });
  });

  test("of podman_container is one of Podman, under any name of its parameters", () => {
    const specOf = (text: string) => {
      const [container] = read(text).containers;
      expect(container?.runsOn).toBe("podman");
      return container?.spec;
    };
    const first = podman(
      ...[
        "image: ubi9-init",
        "cap_add: [SYS_ADMIN]",
        "volume: ['data:/b']",
        "systemd: always",
        "stop_signal: 37",
      ],
      "tmpfs: { /run: 'size=1m' }",
    );
    const second = podman(
      ...["image: ubi9-init", "capabilities: [SYS_ADMIN]", "volumes: ['data:/b']", "systemd: always"],
      ...["stop_signal: 37", "tmpfs:", "  /run: size=1m"],
    );
    expect(specOf(first)).toMatchObject({
      ...{ systemd: "always", capabilities: ["SYS_ADMIN"], stopSignal: "37" },
      tmpfs: [{ path: "/run", options: ["size=1m"] }],
      mounts: [{ target: "/b" }],
    });
    expect(specOf(second)).toEqual(specOf(first));
  });

  test.each(["docker_container", "community.docker.docker_container", "podman_container"])(
    "is found by %s in plays and blocks",
    (module) => {
      const text = `- hosts: all\n  tasks:\n    - block:\n        - ${module}:\n            image: example/systemd\n`;
      expect(read(text).containers.map(({ spec }) => spec.image)).toEqual(["example/systemd"]);
    },
  );

  test("that removes or stops a container starts none", () => {
    for (const state of ["absent", "stopped"])
      expect(read(docker(image, `state: ${state}`)).containers).toEqual([]);
  });

  test("is removed after a test where it is Molecule's", () => {
    const of = "file:///role/molecule/default/create.yml";
    expect(read(docker(image), of).containers[0]?.forTest).toBe(true);
    expect(read(docker(image)).containers[0]?.forTest).toBeUndefined();
  });
});

describe("what Jinja writes", () => {
  test.each([
    "command: '{{ item.command }}'",
    "privileged: '{{ item.privileged | default(omit) }}'",
    "cgroupns_mode: '{{ mode }}'",
    "volumes: '{{ item.volumes }}'",
    "tmpfs: '{{ item.tmpfs }}'",
  ])("decides nothing: %s", (line) => {
    expect(rulesIn(docker(image, line))).toEqual([]);
  });

  test("hides nothing in the source of a bind, and what may be missing in an item", () => {
    const lacks = docker(image, "volumes:", "  - '{{ dir }}:/data'");
    expect(read(lacks).containers[0]?.incomplete).toBeUndefined();
    expect(rulesIn(lacks)).not.toEqual([]);
    const hidden = docker(image, "volumes:", "  - '{{ volume }}'");
    expect(read(hidden).containers[0]?.incomplete).toBe(true);
    expect(read(hidden).containers[0]?.spec.mounts).toEqual([]);
  });

  test("is no image, and no value of a variable", () => {
    const [container] = read(
      docker("image: 'systemd/{{ name }}'", "env: { A: '{{ a }}', container: docker }"),
    ).containers;
    expect(container?.spec.image).toBeUndefined();
    expect(container?.spec.environment).toEqual({ A: undefined, container: "docker" });
  });
});

test("what does not boot is reported and fixed in the style of the file", () => {
  const text = docker(image, "volumes:", "  - /sys/fs/cgroup:/sys/fs/cgroup:ro", "tmpfs:", "  - /run");
  const { findings } = lint(input(text));
  const [first] = findings.find(({ rule }) => rule === "run-cgroup-read-only")?.fixes ?? [];
  const suggested = applyEdits(text, first?.edits ?? []);
  expect(suggested).toBe(text.replace(":ro", ":rw").replace(/$/, "    cgroupns_mode: host\n"));
  expect(rulesIn(suggested)).not.toContain("run-cgroup-read-only");
  const { text: fixed } = fixAll(input(text));
  expect(fixed).toBe(text.replace(/$/, "      - /run/lock\n    stop_signal: SIGRTMIN+3\n"));
});

test.each<[SpecChange, string]>([
  [{ do: "set", key: "stopSignal", value: "SIGRTMIN+3" }, "stop_signal: 37"],
  [{ do: "set", key: "stopGrace", value: 12.5 }, "stop_timeout: 13"],
  [{ do: "set", key: "cgroupNamespace", value: "host" }, "cgroupns: host"],
  [{ do: "add", key: "capabilities", value: "SYS_ADMIN" }, "capabilities: [A, SYS_ADMIN]"],
])("a task of Podman is changed under the names that it uses: %j", (step, expected) => {
  const text = podman("image: ubi9-init", "capabilities: [A]");
  const [change] = read(text).containers[0]?.changes([step]) ?? [];
  expect(applyEdits(text, change?.edits ?? [])).toContain(`    ${expected}\n`);
});

test("a file that does not speak of systemd is not parsed", () => {
  const text = "- docker_container:\n    image: [\n";
  expect(read(text).problems()).toEqual([]);
  expect(read(`${text}# systemd\n`).problems()).not.toEqual([]);
});

test("other YAML files are none, whatever their names", () => {
  for (const text of [
    "a: 1\n",
    "- name: docker_container\n",
    "services:\n  a:\n    image: docker_container\n",
  ])
    expect(kindOfFound(uri, text)).toBe("unknown");
  expect(kindOfFound(uri, docker(image))).toBe("ansible");
  expect(kindOfFound("file:///a/compose.yaml", docker(image))).toBe("compose");
});

const line = fc.constantFrom(
  ...["- hosts: all", "  tasks:", "    - block:", "- docker_container: &a", "  podman_container:"],
  ...[
    "    image: x/systemd",
    "    command: [/sbin/init]",
    "    volumes:",
    "      - /sys/fs/cgroup:/sys/fs/cgroup:ro",
  ],
  ...[
    "    privileged: yes",
    "    tmpfs: { /run: '' }",
    "    env: { a: '{{ b }}' }",
    "    <<: *a",
    "- *a",
    "]",
  ],
  ...["    cgroupns_mode: host", "    name: '{{ x }}'", "---", "# systemd", "\t", "    systemd: false"],
);

test("reading never throws, and a file stays one that can be parsed after every fix", () => {
  const texts = fc
    .array(line, { maxLength: 20 })
    .map((lines) => `- docker_container:\n    image: systemd\n${lines.join("\n")}`);
  expectStaysParsable(texts, input, read);
});
