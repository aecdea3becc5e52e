import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import type { SpecChange } from "../../../server/src/core/container/spec";
import { fixAll } from "../../../server/src/core/lint/fix";
import { lint } from "../../../server/src/core/lint/lint";
import { readFile } from "../../../server/src/core/surfaces/files";
import { readHcl } from "../../../server/src/core/surfaces/terraform/hcl";
import { noFiles } from "../no-files";

const uri = "file:///infra/main.tf";

function read(text: string) {
  const file = readFile({ uri, text }, () => undefined);
  if (!file) throw new Error("not read");
  return file;
}

const target = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;
const input = (text: string) => ({ uri, text, snapshot: noFiles, settings: { rules: {}, target } });
const rulesIn = (text: string) => lint(input(text)).findings.map(({ rule }) => rule);

/** A template with an expression. */
const dollar = (expression: string) => `\${${expression}}`;

function container(...lines: readonly string[]) {
  return ['resource "docker_container" "node" {', ...lines.map((line) => `  ${line}`), "}", ""].join("\n");
}

const image = 'image = "geerlingguy/docker-debian12-ansible"';
const tree = ["volumes {", '  host_path      = "/sys/fs/cgroup"', '  container_path = "/sys/fs/cgroup"', "}"];

describe("a container", () => {
  test("is read from attributes and blocks", () => {
    const { containers } = read(
      container(
        ...[
          'name = "n1" # systemd',
          'image = "example/systemd"',
          'command = ["/sbin/init", "--x"]',
          "tty = true",
        ],
        ...[
          "privileged = true",
          'cgroupns_mode = "host"',
          'security_opts = ["seccomp:unconfined"]',
          "init = false",
        ],
        ...[
          'stop_signal = "SIGRTMIN+3"',
          "stop_timeout = 30",
          'env = ["container=docker", "A=b=c"]',
          "memory = 512",
        ],
        ...['entrypoint = ["/x"]', "tmpfs = {", '  "/run" = "exec,size=1m"', '  "/tmp" : "",', "}"],
        ...["capabilities {", '  add = ["CAP_SYS_ADMIN"]', '  drop = ["MKNOD"]', "}", ...tree],
        ...[
          'volumes { container_path = "/data" }',
          "mounts {",
          '  type = "tmpfs"',
          '  target = "/run/lock"',
          "}",
        ],
      ),
    );
    expect(containers[0]).toMatchObject({ name: "node", runsOn: "docker" });
    expect(containers[0]?.spec).toMatchObject({
      ...{ image: "example/systemd", name: "n1", privileged: true, tty: true, init: false, memory: "512m" },
      ...{ command: { words: ["/sbin/init", "--x"] }, entrypoint: { words: ["/x"] }, stopGrace: 30 },
      ...{ cgroupNamespace: "host", securityOptions: ["seccomp=unconfined"], capabilities: ["SYS_ADMIN"] },
      ...{ stopSignal: "SIGRTMIN+3", environment: { container: "docker", A: "b=c" } },
      tmpfs: [
        { path: "/run", options: ["exec", "size=1m"] },
        { path: "/tmp", options: [] },
        { path: "/run/lock", options: [] },
      ],
      mounts: [
        { type: "bind", source: "/sys/fs/cgroup", target: "/sys/fs/cgroup", readOnly: false },
        { type: "volume", target: "/data" },
      ],
    });
  });

  test("has the image of a resource that it names, and what builds that", () => {
    const build = ["  build {", '    context = "./box"', '    dockerfile = "Dockerfile.init"', "  }"];
    const resource = ['resource "docker_image" "box" {', '  name = "example/box:1"', ...build, "}", ""].join(
      "\n",
    );
    for (const name of ["image_id", "name", "latest"]) {
      const { containers } = read(`${resource}${container(`image = docker_image.box.${name}`, "# systemd")}`);
      expect(containers[0]?.spec.image).toBe("example/box:1");
      expect(containers[0]?.build).toMatchObject({ dockerfile: "file:///infra/box/Dockerfile.init" });
    }
  });
});

test.each([
  ["path.module", "file:///infra/Dockerfile"],
  ['"."', "file:///infra/Dockerfile"],
  [`"${dollar("path.module")}/../box"`, "file:///box/Dockerfile"],
  ["var.context", undefined],
])("an image that is built in %s has the Dockerfile %s", (context, dockerfile) => {
  const resource = `resource "docker_image" "box" {\n  name = "box"\n  build {\n    context = ${context}\n  }\n}\n`;
  const { containers } = read(`${resource}${container("image = docker_image.box.name", "# systemd")}`);
  expect(containers[0]?.build?.dockerfile).toBe(dockerfile);
});

test("a comment silences the block or attribute behind it", () => {
  const own = ["# systemd-containers-ignore run-privileged", "privileged = true"];
  expect(rulesIn(container(image, "privileged = true"))).toContain("run-privileged");
  expect(rulesIn(container(image, ...own))).not.toContain("run-privileged");
  const whole = `# systemd-containers-ignore run-privileged run-stop-signal\n${container(image, "privileged = true")}`;
  expect(rulesIn(whole)).not.toContain("run-privileged");
  expect(rulesIn(whole)).not.toContain("run-stop-signal");
});

describe("what is computed", () => {
  test.each([
    ...["privileged = var.privileged", 'command = concat(["/sbin/init"], var.args)', "tmpfs = local.tmpfs"],
    ...[
      'cgroupns_mode = var.x ? "host" : "private"',
      `security_opts = ["seccomp=${dollar('file("a.json")')}"]`,
    ],
    'dynamic "volumes" {\n    for_each = var.v\n    content { container_path = volumes.value }\n  }',
  ])("decides nothing: %s", (line) => {
    expect(rulesIn(container(image, line))).toEqual([]);
  });

  test("hides what may be missing where a path is not known", () => {
    const text = container(image, "volumes {", "  container_path = var.path", "}");
    expect(read(text).containers[0]?.incomplete).toBe(true);
    expect(read(container(image, "image2 = var.x")).containers[0]?.incomplete).toBeUndefined();
  });

  test("is no image", () => {
    expect(
      read(container(`image = "${dollar("var.registry")}/systemd"`)).containers[0]?.spec.image,
    ).toBeUndefined();
  });
});

test("the mount that does not boot is reported and fixed in the style of the file", () => {
  const text = container(`name       = "n1"`, image.replace("=", "     ="), "privileged = true", ...tree);
  const finding = lint(input(text)).findings.find(({ rule }) => rule === "run-cgroup-namespace");
  expect(finding).toBeDefined();
  const fixed = finding?.fixes.map(({ edits }) => applyEdits(text, edits)) ?? [];
  expect(fixed.length).toBeGreaterThan(0);
  for (const each of fixed) {
    expect(rulesIn(each)).not.toContain("run-cgroup-namespace");
    expect(readHcl(each).isBroken).toBe(false);
  }
});

test("Fix All writes what systemd needs", () => {
  const { text } = fixAll(input(container(image)));
  const [fixed] = read(text).containers;
  expect(fixed?.spec.stopSignal).toBe("SIGRTMIN+3");
  expect(fixed?.spec.tmpfs.map(({ path }) => path)).toEqual(expect.arrayContaining(["/run", "/run/lock"]));
  expect(fixAll(input(text)).text).toBe(text);
});

describe("changes", () => {
  const changed = (text: string, ...steps: readonly SpecChange[]) => {
    const [change] = read(text).containers[0]?.changes(steps) ?? [];
    return change && applyEdits(text, change.edits);
  };

  test.each<[readonly string[], SpecChange, readonly string[]]>([
    [
      ["tty        = true"],
      { do: "set", key: "init", value: false },
      ["tty        = true", "init       = false"],
    ],
    [["init = true # x"], { do: "unset", key: "init" }, []],
    [["init = true"], { do: "set", key: "init", value: false }, ["init = false"]],
    [[], { do: "set", key: "stopSignal", value: "SIGRTMIN+3" }, ['stop_signal = "SIGRTMIN+3"']],
    [
      [],
      { do: "set", key: "command", value: { words: ["a", dollar("b")] } },
      [`command = ["a", "$${dollar("b")}"]`],
    ],
    [
      [],
      { do: "add", key: "tmpfs", value: { path: "/run", options: [] } },
      ["tmpfs = {", '  "/run" = ""', "}"],
    ],
    [
      ["tmpfs = {", '  "/a" = "" // b', "}"],
      { do: "add", key: "tmpfs", value: { path: "/run", options: ["exec"] } },
      ["tmpfs = {", '  "/a" = "" // b', '  "/run" = "exec"', "}"],
    ],
    [[], { do: "add", key: "capabilities", value: "X" }, ["capabilities {", '  add = ["X"]', "}"]],
    [["capabilities {", '  add = ["CAP_X"]', "}"], { do: "drop", key: "capabilities", value: "X" }, []],
    [
      ["security_opts = [", '  "a=b",', '  "c=d",', "]"],
      { do: "drop", key: "securityOptions", value: "a=b" },
      ["security_opts = [", '  "c=d",', "]"],
    ],
    [['env = ["a=b"]'], { do: "setEnv", name: "c", value: "d" }, ['env = ["a=b", "c=d"]']],
    [['env = ["a=b"]'], { do: "setEnv", name: "a", value: "d" }, ['env = ["a=d"]']],
    [['env = ["a=b"]'], { do: "unsetEnv", name: "a" }, []],
  ])("of %j by %j", (before, step, after) => {
    const first = "# systemd";
    expect(changed(container(first, ...before), step)).toBe(container(first, ...after));
  });

  test("keep the alignment of equals signs", () => {
    const step: SpecChange = { do: "set", key: "stopSignal", value: "SIGRTMIN+3" };
    const [short, long] = [
      container("# systemd", "rm       = true"),
      container("# systemd", "destroy_grace_seconds = 9"),
    ];
    expect(changed(short, step)).toBe(short.replace("true\n", 'true\n\n  stop_signal = "SIGRTMIN+3"\n'));
    expect(changed(long, step)).toBe(long.replace("9\n", '9\n  stop_signal           = "SIGRTMIN+3"\n'));
  });

  test("of a mount change its access in place", () => {
    const text = container("# systemd", ...tree);
    const [old] = read(text).containers[0]?.spec.mounts ?? [];
    if (!old) throw new Error("no mount");
    const steps: SpecChange[] = [
      { do: "drop", key: "mounts", value: old },
      { do: "add", key: "mounts", value: { ...old, readOnly: true } },
    ];
    const readOnly = changed(text, ...steps) ?? "";
    expect(read(readOnly).containers[0]?.spec.mounts).toEqual([{ ...old, readOnly: true }]);
    expect(changed(text, steps[0] as SpecChange)).toBe(container("# systemd"));
  });

  test("are none where the file is not understood", () => {
    const step: SpecChange = { do: "set", key: "init", value: false };
    expect(changed(`${container("# systemd")}resource "x" {`, step)).toBeUndefined();
  });
});

test("texts over several lines, comments and templates hide nothing behind them", () => {
  const text = [
    'locals {\n  a = <<-EOT\n    resource "docker_container" "x" {\n    }\n  EOT\n}\n/* " { */\n// "\n',
    `variable "v" { default = "${dollar('join(",", ["}", "{"])')}" }\n`,
    container('image = "example/systemd"'),
  ].join("");
  const file = readHcl(text);
  expect(file.isBroken).toBe(false);
  expect(read(text).containers.map(({ name }) => name)).toEqual(["node"]);
  expect(read(text).commentPlace(text.indexOf('"x"'))).toBeUndefined();
});

test("a file without a container or a word of systemd has no findings", () => {
  for (const text of ['resource "docker_image" "systemd" {}', container('image = "nginx"')])
    expect(read(text).containers).toEqual([]);
});

const line = fc.constantFrom(
  ...[
    'resource "docker_container" "b" {',
    "}",
    "  tmpfs = {",
    '    "/run" = ""',
    "  volumes {",
    "  privileged = true",
  ],
  ...[
    '  command = ["/sbin/init"',
    "  ]",
    '  image = "x/systemd"',
    "  a = <<EOT",
    "EOT",
    `  b = "${dollar("c").slice(0, 3)}`,
    "# systemd",
    "/*",
  ],
  ...[
    '    container_path = "/sys/fs/cgroup"',
    '    host_path = "/sys/fs/cgroup"',
    "    read_only = true",
    "\t",
    "capabilities { add = [1] }",
  ],
);

test("reading never throws, and a file stays one that is understood after every fix", () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 25 }), (lines) => {
      const text = `resource "docker_container" "a" {\n  image = "geerlingguy/docker-debian12-ansible"\n${lines.join("\n")}`;
      const { findings, failures } = lint(input(text));
      expect(failures).toEqual([]);
      for (const { fixes } of findings)
        for (const { edits } of fixes) expect(readHcl(applyEdits(text, edits)).isBroken).toBe(false);
    }),
    { numRuns: 300 },
  );
});
