import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { lint } from "../../../server/src/core/lint/lint";
import { readFile } from "../../../server/src/core/surfaces/files";
import { withoutRuby } from "../../../server/src/core/surfaces/kitchen/erb";
import { lintProject, said } from "../lint-project";
import { noFiles } from "../no-files";
import { expectStaysParsable } from "./stays-parsable";

const uri = "file:///cookbook/kitchen.dokken.yml";

function read(text: string) {
  const file = readFile({ uri, text }, () => undefined);
  if (!file) throw new Error("not read");
  return file;
}

const dokken = (shared: string, own: string) =>
  `driver:\n  name: dokken\n${shared}platforms:\n  - name: one\n    driver:\n      image: dokken/debian-12\n${own}`;

test("a platform has what the shared driver sets, and its lists replace the shared ones", () => {
  const text = dokken(
    "  privileged: true\n  volumes: [/a, /b]\n",
    "      pid_one_command: /bin/systemd\n      volumes: [/c]\n      cgroupns_host: true\n",
  );
  const [container] = read(text).containers;
  expect(container?.spec).toMatchObject({
    ...{ image: "dokken/debian-12", privileged: true, cgroupNamespace: "host" },
    mounts: [{ target: "/c" }],
    command: { words: ["/bin/systemd"] },
  });
  expect(container?.standIn).toBeUndefined();
});

test.each([
  ["dokken", "dokken", "sh"],
  ["docker", "kitchen-docker", "/usr/sbin/sshd"],
])("the driver %s starts its own program where none is named", (driver, tool, program) => {
  const [container] = read(dokken("", "").replace("name: dokken", `name: ${driver}`)).containers;
  expect(container?.standIn?.tool).toBe(tool);
  expect(container?.spec.command?.words[0]).toBe(program);
});

test("a platform of another driver is no container", () => {
  expect(read(dokken("", "").replace("name: dokken", "name: vagrant # systemd")).containers).toEqual([]);
});

test("a tmpfs is written as a list, so that the privileges can go", () => {
  const text = dokken("  privileged: true\n", "      pid_one_command: /usr/lib/systemd/systemd\n");
  const target = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;
  const { findings } = lint({ uri, text, snapshot: noFiles, settings: { rules: {}, target } });
  const [fix] = findings.find(({ rule }) => rule === "run-privileged")?.fixes ?? [];
  const [container] = read(applyEdits(text, fix?.edits ?? [])).containers;
  expect(container?.spec.privileged).toBeUndefined();
  expect(container?.spec.tmpfs.map(({ path }) => path)).toEqual(
    expect.arrayContaining(["/run", "/run/lock"]),
  );
});

describe("run_options of the driver docker", () => {
  const docker = (shared: string, own: string) => dokken(shared, own).replace("name: dokken", "name: docker");
  const host = { do: "set", key: "cgroupNamespace", value: "host" } as const;

  test.each([
    "      run_options: --privileged --tmpfs /run:exec\n",
    "      run_options: [--privileged, '--tmpfs /run:exec']\n",
    "      run_options: { privileged: true, tmpfs: [/run:exec] }\n",
  ])("are read: %j", (own) => {
    const [container] = read(
      docker("", `${own}      cap_add: [SYS_ADMIN]\n      run_command: /sbin/init\n`),
    ).containers;
    expect(container?.spec).toMatchObject({
      ...{ privileged: true, capabilities: ["SYS_ADMIN"] },
      ...{ tmpfs: [{ path: "/run", options: ["exec"] }], command: { words: ["/sbin/init"] } },
    });
  });

  test.each([
    ["      run_options: --privileged -t\n", "      run_options: --privileged -t --cgroupns=host\n"],
    [
      "      run_options:\n        - --privileged\n",
      "      run_options:\n        - --privileged --cgroupns=host\n",
    ],
    ["", '      run_options: "--cgroupns=host"\n'],
  ])("are changed where the driver has no key: %j", (before, after) => {
    const text = docker("", `      hostname: systemd\n${before}`);
    const [change] = read(text).containers[0]?.changes([host]) ?? [];
    expect(applyEdits(text, change?.edits ?? [])).toBe(docker("", `      hostname: systemd\n${after}`));
  });

  test("that all platforms have are not changed for one", () => {
    const text = docker("  run_options: --privileged\n", "      hostname: systemd\n");
    expect(read(text).containers[0]?.spec.privileged).toBe(true);
    expect(read(text).containers[0]?.changes([host])).toEqual([]);
  });
});

describe("what Ruby writes", () => {
  test("is not known, and stays where it is", () => {
    const text = dokken(
      "  chef_version: <%= ENV['X'] || 'latest' %>\n",
      "<% if a: b %>\n      hostname: x # systemd\n",
    );
    expect(read(text).problems()).toEqual([]);
    expect(read(text).containers[0]?.spec.hostname).toBe("x");
    expect(withoutRuby(text)).toHaveLength(text.length);
  });

  test("as an image is none", () => {
    const text = dokken("", "").replace("dokken/debian-12", "<%= image %>");
    expect(read(`${text}# systemd\n`).containers[0]?.spec.image).toBeUndefined();
  });
});

describe("an image without systemd", () => {
  const platform = (driver: string, keys: string) =>
    `driver: { name: ${driver}, privileged: true }\nplatforms:\n  - name: one\n    driver:\n${keys}`;
  const absent = (text: string, files: Record<string, string> = {}) =>
    said(lintProject({ "kitchen.yml": text, ...files }), "run-command");

  test("is an error with dokken, unless a build step adds to it", () => {
    const keys = "      image: debian:12\n      pid_one_command: /lib/systemd/systemd\n";
    expect(absent(platform("dokken", keys))).toHaveLength(1);
    const step = "      intermediate_instructions: [RUN apt-get install -y systemd]\n";
    expect(absent(platform("dokken", keys + step))).toEqual([]);
  });

  test("may have it once the driver docker has added an SSH server", () => {
    expect(absent(platform("docker", "      image: debian:12\n      run_command: /sbin/init\n"))).toEqual([]);
  });
});

test("privileges that all platforms share are replaced in one of them, and the others keep theirs", () => {
  const platform = (name: string) =>
    `  - name: ${name}\n    driver:\n      image: dokken/debian-12\n      pid_one_command: /bin/systemd\n`;
  const text = `driver:\n  name: dokken\n  privileged: true\nplatforms:\n${platform("one")}${platform("two")}`;
  const [finding] = lintProject({ "kitchen.yml": text }).filter(({ rule }) => rule === "run-privileged");
  const fixed = finding?.fixes.map(({ edits }) => applyEdits(text, edits)) ?? [];
  expect(fixed.length).toBeGreaterThan(0);
  for (const after of fixed) {
    const [one, two] = read(after).containers;
    expect(one?.spec.privileged).toBe(false);
    expect(one?.spec.tmpfs.map(({ path }) => path)).toEqual(["/run", "/run/lock"]);
    expect(two?.spec).toEqual(read(text).containers[1]?.spec);
  }
});

test("the driver docker builds the Dockerfile that a platform names", () => {
  const text =
    "driver: { name: docker }\nplatforms:\n  - name: one\n    driver:\n      dockerfile: test/Dockerfile\n      run_command: /sbin/init\n";
  expect(read(text).containers[0]?.build).toMatchObject({
    dockerfile: "file:///cookbook/test/Dockerfile",
    context: "file:///cookbook",
  });
});

const line = fc.constantFrom(
  ...["driver:", "  name: dokken", "  name: docker", "  privileged: true", "platforms:", "  - name: a"],
  ...["    driver:", "      image: dokken/debian-12", "      pid_one_command: /bin/systemd", "<% if x %>"],
  ...[
    "      run_command: <%= x %>",
    "      security_opt: [a",
    "]",
    "      volumes:",
    "        - /x:/sys/fs/cgroup",
  ],
  ...["# systemd", "\t", "<%", "      cap_add: SYS_ADMIN", "      tmpfs: { /run: '' }"],
);

test("reading never throws, and a file stays one that can be parsed after every fix", () => {
  const texts = fc.array(line, { maxLength: 25 }).map((lines) => lines.join("\n"));
  expectStaysParsable(
    texts,
    (text) => ({ uri, text, snapshot: noFiles, settings: { rules: {}, target: undefined } }),
    read,
  );
});

test("what is only for a stop in order is not reported of a container that is removed without one", () => {
  const text = dokken("  privileged: true\n", "      pid_one_command: /bin/systemd\n").replace(
    "debian-12",
    "almalinux-8",
  );
  const { findings } = lint({ uri, text, snapshot: noFiles, settings: { rules: {}, target: undefined } });
  const found = findings.map(({ rule }) => rule);
  expect(found).toContain("run-privileged");
  for (const rule of ["run-container-env", "run-stop-signal", "run-tty", "run-boot-target"])
    expect(found).not.toContain(rule);
});
