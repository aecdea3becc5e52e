import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import type { SpecChange } from "../../../server/src/core/container/spec";
import { lint } from "../../../server/src/core/lint/lint";
import { readFile } from "../../../server/src/core/surfaces/files";
import { lintProject, said } from "../lint-project";
import { noFiles } from "../no-files";
import { expectStaysParsable } from "./stays-parsable";

const uri = "file:///role/molecule/default/molecule.yml";

function read(text: string) {
  const file = readFile({ uri, text }, () => undefined);
  if (!file) throw new Error("not read");
  return file;
}

const only = (text: string) => {
  const [container] = read(text).containers;
  if (!container) throw new Error("no container");
  return container;
};

function platform(keys: string, driver = "docker") {
  return `driver:\n  name: ${driver}\nplatforms:\n  - name: one\n    image: example/systemd\n${keys}`;
}

/** A variable with its default. */
const variable = (name: string, value: string) => `\${${name}:-${value}}`;

describe("a platform", () => {
  test("is read with the keys of its driver", () => {
    const {
      spec,
      runsOn: engine,
      nameSpan,
    } = only(
      platform(
        [
          "    cgroupns_mode: host",
          "    privileged: true",
          "    capabilities: [SYS_ADMIN]",
          "    security_opts: [seccomp:unconfined]",
          "    tmpfs: [/run, /tmp]",
          "    volumes: ['/sys/fs/cgroup:/sys/fs/cgroup:ro']",
          "    env: { container: docker }",
          `    command: ${variable("COMMAND", "/sbin/init")}`,
          "",
        ].join("\n"),
      ),
    );
    expect(engine).toBe("docker");
    expect(nameSpan).toEqual({ start: 44, end: 47 });
    expect(spec).toMatchObject({
      ...{ image: "example/systemd", cgroupNamespace: "host", privileged: true },
      ...{ capabilities: ["SYS_ADMIN"], securityOptions: ["seccomp=unconfined"] },
      tmpfs: [{ path: "/run" }, { path: "/tmp" }],
      mounts: [{ type: "bind", target: "/sys/fs/cgroup", readOnly: true }],
      environment: { container: "docker" },
      command: { words: ["/sbin/init"] },
    });
  });

  test.each([
    ["", "bash", "molecule"],
    ["    command: ''\n", undefined, undefined],
    [`    command: ${variable("X", '""')}\n`, undefined, undefined],
    ["    override_command: false\n", undefined, undefined],
    ["    override_command: false\n    command: sleep 1\n", undefined, undefined],
    ["    command: sleep 1\n", "sleep", undefined],
  ])("with %j starts %s", (keys, program, tool) => {
    const { spec, standIn } = only(platform(keys));
    expect(spec.command?.words[0]).toBe(program);
    expect(standIn?.tool).toBe(tool);
  });

  test("of Podman has flags in extra_opts", () => {
    const keys = "    systemd: always\n    extra_opts: [--cgroupns=host, --tmpfs, /x]\n";
    const { spec, runsOn: engine } = only(platform(keys, "podman"));
    expect(engine).toBe("podman");
    expect(spec).toMatchObject({ systemd: "always", cgroupNamespace: "host", tmpfs: [{ path: "/x" }] });
    expect(spec.image).toBe("example/systemd");
  });

  test.each(["delegated", "default", "vagrant"])("of the driver %s is no container", (driver) => {
    expect(read(platform("", driver)).containers).toEqual([]);
  });
});

test("a file without a word of systemd is not parsed: nothing is wrong there, even if it is no YAML", () => {
  const text = "driver: { name: docker\nplatforms: [ - }\n";
  expect(read(text).problems()).toEqual([]);
  expect(read(`${text}# systemd\n`).problems()).not.toEqual([]);
});

test("dropping the program that Molecule starts keeps the image's", () => {
  const steps: SpecChange[] = [{ do: "unset", key: "command" }];
  const fixed = (keys: string) => {
    const text = platform(keys);
    const [change] = only(text).changes(steps);
    return change && applyEdits(text, change.edits);
  };
  expect(fixed("")).toBe(platform("    override_command: false\n"));
  expect(fixed("    command: sleep 1\n    tty: true\n")).toBe(
    platform("    tty: true\n    override_command: false\n"),
  );
});

test("what an alias repeats is not changed", () => {
  const text =
    platform("    volumes: &all\n      - /sys/fs/cgroup:/sys/fs/cgroup:ro\n") +
    "  - name: two\n    image: example/systemd\n    volumes: *all\n";
  const [mount] = only(text).spec.mounts;
  expect(mount && only(text).changes([{ do: "drop", key: "mounts", value: mount }])).toEqual([]);
});

const line = fc.constantFrom(
  ...["driver:", "  name: docker", "  name: podman", "platforms:", "  - name: a", "  - &x", "    <<: *x"],
  ...[
    "    image: x/systemd",
    "    command: [/sbin/init]",
    "    command: |",
    "      a",
    "    tmpfs: [/run",
    "]",
  ],
  ...[
    "    volumes:",
    "      - /sys/fs/cgroup:/sys/fs/cgroup:ro",
    "    privileged: yes",
    "    env:",
    "      A: b",
  ],
  ...[
    "# systemd",
    "\t",
    "---",
    "  - {name: b, image: init, cgroupns_mode: host}",
    "    override_command: no",
  ],
);

test("reading never throws, and a file stays one that can be parsed after every fix", () => {
  const texts = fc.array(line, { maxLength: 25 }).map((lines) => lines.join("\n"));
  expectStaysParsable(
    texts,
    (text) => ({ uri, text, snapshot: noFiles, settings: { rules: {}, target: undefined } }),
    read,
  );
});

test("a platform that keeps Molecule's program and has nothing for systemd lacks nothing", () => {
  const rulesOf = (keys: string) => {
    const text = `driver:\n  name: docker\nplatforms:\n  - name: proxy\n    image: geerlingguy/docker-debian12-ansible\n${keys}`;
    const { findings } = lint({ uri, text, snapshot: noFiles, settings: { rules: {}, target: undefined } });
    return findings.map(({ rule, severity }) => `${severity} ${rule}`);
  };
  expect(rulesOf("    ports: ['80:80']\n")).toEqual(["information molecule-command"]);
  expect(rulesOf("    tmpfs: [/run]\n    volumes: ['/sys/fs/cgroup:/sys/fs/cgroup:ro']\n")).toContain(
    "error run-cgroup-read-only",
  );
});

test("a platform whose Dockerfile Molecule builds may have the systemd that its image lacks", () => {
  const platforms =
    "platforms:\n  - name: one\n    image: debian:12\n    privileged: true\n    command: /sbin/init\n";
  const absent = (keys: string) =>
    said(lintProject({ "molecule.yml": `driver: { name: docker }\n${platforms}${keys}` }), "run-command");
  expect(absent("")).toHaveLength(1);
  expect(absent("    dockerfile: ../Dockerfile.j2\n")).toEqual([]);
  expect(absent("    dockerfile: ../Dockerfile.j2\n    pre_build_image: true\n")).toHaveLength(1);
});

describe("variables under `environment`, which Molecule does not read", () => {
  const boots = "    command: /sbin/init\n    privileged: true\n";
  const findingsOf = (keys: string, files: Readonly<Record<string, string>> = {}, driver = "docker") =>
    lintProject({ "molecule.yml": platform(boots + keys, driver), ...files }).filter(
      ({ message }) => message.key === "run-container-env.misnamed",
    );

  test.each(["docker", "podman"])("are reported, and the key is renamed, for %s", (driver) => {
    const keys = "    environment:\n      container: docker\n";
    const [finding] = findingsOf(keys, {}, driver);
    const text = platform(boots + keys, driver);
    expect(text.slice(finding?.span.start, finding?.span.end)).toBe("environment");
    expect(finding?.fixes.map(({ safe }) => safe)).toEqual([true]);
    expect(applyEdits(text, finding?.fixes[0]?.edits ?? [])).toBe(text.replace("environment", "env"));
  });

  test.each([
    ["a list, which `env` cannot be", "    environment: [container=docker]\n"],
    ["variables beside `env`", "    environment: { container: docker }\n    env: { A: b }\n"],
  ])("have no fix if they are %s", (_, keys) => {
    expect(findingsOf(keys).map(({ fixes }) => fixes)).toEqual([[]]);
  });

  test("have no fix if they are merged from what others may use", () => {
    const base = "x-base: &base\n  environment: { container: docker }\n";
    const [finding] = lintProject({ "molecule.yml": base + platform(`    <<: *base\n${boots}`) }).filter(
      ({ message }) => message.key === "run-container-env.misnamed",
    );
    expect(finding?.fixes).toEqual([]);
  });

  test.each([
    ["`container` is not among them", "    environment: { A: b }\n", {}],
    [
      "`env` sets `container`",
      "    environment: { container: docker }\n    env: { container: docker }\n",
      {},
    ],
    [
      "the scenario has a playbook that reads them",
      "    environment: { container: docker }\n",
      { "create.yml": '- docker_container:\n    env: "{{ item.environment }}"\n' },
    ],
  ])("are not reported if %s", (_, keys, files) => {
    expect(findingsOf(keys, files)).toEqual([]);
  });
});
