import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, statSync, symlinkSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { URI } from "vscode-uri";
import { notFixed } from "../../server/src/cli/commands/fix";
import { help } from "../../server/src/cli/help";
import { commands } from "../../server/src/cli/run";
import { texts } from "../../server/src/cli/texts";
import type { Message } from "../../server/src/core/base/message";
import { format } from "../../server/src/core/base/message";
import { fixAll } from "../../server/src/core/lint/fix";
import type { Finding } from "../../server/src/core/lint/rule";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { implicitNetwork } from "../../server/src/core/surfaces/compose/networks";
import { blind } from "../core/blind";
import { lintProject } from "../core/lint-project";
import { noFiles } from "../core/no-files";
import { obstacleLines, problemLine, refusalLine } from "./reasons";
import { program, workingFolder } from "./terminal";

const broken = `FROM debian:12
RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
RUN systemctl set-default multi-user.target
RUN : > /etc/machine-id
CMD ["/sbin/init"]
`;

const { cli, path, read, write } = workingFolder();

describe("lint", () => {
  test("prints JSON rows, counted from 1, with the file as given", () => {
    write("sub/Dockerfile", broken);
    const { code, out } = cli("lint", "--format", "json", "sub/Dockerfile");
    expect(code).toBe(1);
    const ofSignal = ({ rule }: { rule: string }) => rule === "image-stop-signal";
    const row = JSON.parse(out).findings.find(ofSignal);
    const found = lintProject({ Dockerfile: broken }).find(ofSignal) as Finding;
    expect([found.message.key, found.reason?.key, found.fixes.map(({ title }) => title.key)]).toEqual([
      "image-stop-signal.missing",
      "grade.image",
      ["image-stop-signal.fix"],
    ]);
    expect(row).toEqual({
      file: "sub/Dockerfile",
      line: 5,
      column: 6,
      endLine: 5,
      endColumn: 18,
      rule: "image-stop-signal",
      severity: "warning",
      message: format(found.message),
      messageId: "missing",
      args: { right: "SIGRTMIN+3" },
      grade: "certain",
      evidence: format(found.reason as Message),
      fixes: found.fixes.map(({ title }) => ({
        title: format(title),
        safe: true,
        edits: [expect.anything()],
      })),
    });
  });

  describe("as text", () => {
    const lines = (...args: string[]) => cli("lint", ...args).out.split("\n");
    const severities = (text: readonly string[]) =>
      text.flatMap((line) => /^\S+:\d+:\d+: (\w+): /.exec(line)?.[1] ?? []);

    test("prints warnings, and counts the rest in one line", () => {
      write("Dockerfile", broken);
      const all = severities(lines("--all", "Dockerfile"));
      const printed = lines("Dockerfile");
      expect(new Set(severities(printed))).toEqual(new Set(["warning"]));
      const more = all.length - severities(printed).length;
      expect(more).toBeGreaterThan(1);
      expect(printed.at(-2)).toBe(texts.more(more));
      for (const level of ["error", "never"]) {
        expect(lines("--fail-level", level, "Dockerfile")).toEqual(printed);
      }
    });
    test("prints what is at the fail level, and counts what is below it", () => {
      write("Dockerfile", broken.replace("RUN : > /etc/machine-id\n", ""));
      const printed = lines("--fail-level", "information", "Dockerfile");
      expect(new Set(severities(printed))).toEqual(new Set(["warning", "information"]));
      const every = lines("--fail-level", "hint", "Dockerfile");
      expect(printed.at(-2)).toBe(texts.more(severities(every).length - severities(printed).length));
      expect(severities(every)).toEqual(severities(lines("--all", "Dockerfile")));
      expect(every.join("\n")).not.toContain("--all");
    });
    test("shows with --all why systemd is expected to boot", () => {
      write("Dockerfile", broken);
      const { grade, reason } = lintProject({ Dockerfile: broken }).find((each) => each.reason) as Finding;
      expect([grade, reason?.key]).toEqual(["certain", "grade.image"]);
      expect(cli("lint", "--all", "Dockerfile").out).toContain(
        `    evidence: ${grade}: ${format(reason as Message)}\n`,
      );
      write("compose.yaml", "services:\n  a:\n    image: jrei/systemd-debian:12\n");
      expect(cli("lint", "--all", "compose.yaml").out).toContain("    evidence: known: ");
    });
    test("says so where a file that is said to be a compose file has no services", () => {
      write("values.yaml", "image:\n  tag: 1\n");
      expect(cli("lint", "--kind", "compose", "values.yaml")).toEqual({
        code: 0,
        out: "",
        err: `values.yaml: ${texts.noServices}\n`,
      });
      write("compose.yaml", "services:\n  a:\n    image: nginx\n");
      expect(cli("lint", "--kind", "compose", "compose.yaml").err).toBe("");
    });
  });

  test("finds files of ours in a folder, and nothing else", () => {
    write("a/Dockerfile", broken);
    write("a/Containerfile", broken);
    write("a/b/web.dockerfile", broken);
    write("a/b/Dockerfile.web", broken);
    write("a/node_modules/x/Dockerfile", broken);
    write("a/notes.md", broken);
    const { out } = cli("lint", "--format", "json", "a");
    const files = new Set(JSON.parse(out).findings.map(({ file }: { file: string }) => file));
    expect([...files].sort()).toEqual([
      "a/Containerfile",
      "a/Dockerfile",
      "a/b/Dockerfile.web",
      "a/b/web.dockerfile",
    ]);
  });

  test("names files below a folder as the folder was named, once each, and follows no loop of links", () => {
    write("a b/ü/Dockerfile", broken);
    symlinkSync("..", path("a b/ü/loop"));
    const files = (...args: string[]) => {
      const rows: { file: string }[] = JSON.parse(cli("lint", "--format", "json", ...args).out).findings;
      return [...new Set(rows.map(({ file }) => file))];
    };
    expect(files(".")).toEqual(["a b/ü/Dockerfile"]);
    expect(files("a b/")).toEqual(["a b/ü/Dockerfile"]);
    expect(files("./a b", "a b/ü/Dockerfile", ".")).toEqual(["a b/ü/Dockerfile"]);
  });

  test("a link that leads nowhere is told", () => {
    symlinkSync("missing", path("Dockerfile"));
    expect(cli("lint", ".")).toMatchObject({ code: 2, err: `Dockerfile: ${texts.absent}\n` });
  });

  test("variables that double one another, and files without text, are no trouble", () => {
    const doubling = Array.from({ length: 60 }, (_, n) => `ENV A${n + 1}=$A${n}$A${n}\n`).join("");
    write("Dockerfile", broken.replace("CMD", `ENV A0=xxxxxxxx\n${doubling}CMD`));
    write("compose.yaml", "");
    write("Containerfile", "\uFEFF");
    const { code, out, err } = cli("lint", ".");
    expect([code, err]).toEqual([1, ""]);
    expect(out).toContain("image-stop-signal");
  });

  test("the exit code follows the fail level", () => {
    write("Dockerfile", broken);
    expect(cli("lint", "Dockerfile").code).toBe(1);
    expect(cli("lint", "--fail-level", "error", "Dockerfile").code).toBe(0);
    expect(cli("lint", "--fail-level", "never", "Dockerfile").code).toBe(0);
    write("Clean", "FROM nginx\n");
    expect(cli("lint", "--fail-level", "hint", "Clean").code).toBe(0);
  });

  test("a file of unknown name is known by its content or by --kind", () => {
    write("image.txt", broken);
    write("stack.txt", "services:\n  a:\n    image: x\n    command: /sbin/init\n    init: true\n");
    write("odd", "# nothing\n");
    const rules = (...args: string[]) =>
      JSON.parse(cli("lint", "--format", "json", ...args).out).findings.map(
        ({ rule }: { rule: string }) => rule,
      );
    expect(rules("image.txt")).toContain("image-stop-signal");
    expect(rules("stack.txt")).toContain("run-init");
    const { code, err } = cli("lint", "odd");
    expect([code, err]).toEqual([2, `odd: ${texts.unknownKind}\n`]);
    expect(cli("lint", "--kind", "dockerfile", "odd").code).toBe(0);
  });

  test("says what cannot be read, and judges the rest", () => {
    write("Dockerfile", broken);
    write("latin1", Buffer.from([0x46, 0x52, 0x4f, 0x4d, 0xe9]));
    const { code, out, err } = cli("lint", "--format", "json", "missing", "latin1", "Dockerfile");
    expect(code).toBe(2);
    expect(err).toBe(`missing: ${texts.absent}\nlatin1: ${texts.notUtf8}\n`);
    expect(JSON.parse(out).findings.length).toBeGreaterThan(0);
  });

  test("a compose file beside a Dockerfile starts it", () => {
    write("Dockerfile", "FROM debian:12\nRUN apt-get install -y systemd-sysv\n");
    write("compose.yaml", "services:\n  web:\n    build: .\n    command: /sbin/init\n");
    const { out } = cli("lint", "--format", "json", "Dockerfile");
    expect(out).toContain("image-stop-signal");
  });
});

describe("a compose file that is not YAML", () => {
  const text =
    "services:\n  web:\n    image: x\n    command: /sbin/init\n    init: true\n    entrypoint: [a\n";
  const error = problemLine("compose.yaml", text, "yaml.syntax");

  test("is linted as far as it can be read, and lint says the line of the error", () => {
    write("compose.yaml", text);
    for (const path of ["compose.yaml", "."]) {
      const { code, out, err } = cli("lint", path);
      expect([code, err]).toEqual([2, error]);
      expect(out).toContain("[run-init]");
      expect(out).not.toContain("    fix: ");
    }
    const twice = text.replace("entrypoint: [a", "init: false");
    write("compose.yaml", twice);
    expect(cli("lint", "compose.yaml").err).toBe(problemLine("compose.yaml", twice, "yaml.repeated-key"));
  });

  test("is not fixed, while the others are", () => {
    write("compose.yaml", text);
    write("Dockerfile", broken);
    expect(cli("fix", ".")).toMatchObject({ code: 2, err: error });
    expect(read("compose.yaml")).toBe(text);
    expect(read("Dockerfile")).not.toBe(broken);
  });

  test("has no plan", () => {
    write("compose.yaml", text);
    expect(cli("plan", "compose.yaml")).toMatchObject({
      code: 2,
      out: "",
      err: error,
    });
  });
});

describe("a Dockerfile that BuildKit rejects", () => {
  const text = `${broken}RUN true\n  && false\n`;
  const error = problemLine("Dockerfile", text, "dockerfile.rejected");

  test("is not fixed, and lint and fix say the line", () => {
    write("Dockerfile", text);
    for (const command of ["lint", "fix"]) {
      expect(cli(command, "Dockerfile")).toMatchObject({ code: 2, err: error });
    }
    expect(read("Dockerfile")).toBe(text);
  });

  test("has no plan", () => {
    write("Dockerfile", text);
    expect(cli("plan", "Dockerfile")).toMatchObject({ code: 2, out: "", err: error });
  });
});

describe("wrong usage", () => {
  test.each([
    [[]],
    [["what"]],
    [["lint"]],
    [["lint", "--format", "xml", "x"]],
    [["lint", "--fail-level", "bad", "x"]],
    [["lint", "--cgroup", "3", "x"]],
    [["lint", "--engine", "rkt", "x"]],
    [["lint", "--engine-version", "new", "x"]],
    [["lint", "--unknown", "x"]],
    [["fix"]],
    [["plan"]],
    [["plan", "a", "b"]],
    [["plan", "--engine", "docker", "--format", "podman", "x"]],
    [["constructor"]],
  ])("%j exits 2 and says so", (args) => {
    const { code, out, err } = cli(...args);
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).not.toBe("");
  });

  test("help is no error", () => {
    for (const args of [["--help"], ["-h"], ["help"], ["lint", "--help"], ["plan", "-h", "x"]])
      expect(cli(...args)).toEqual({ code: 0, out: help(commands), err: "" });
    expect(cli("lint", "--", "--help")).toMatchObject({ code: 2, err: `--help: ${texts.absent}\n` });
  });
});

describe("rules", () => {
  test("prints the page of a rule, and says which rule there is not", () => {
    expect(cli("rules", "image-nologin")).toEqual({ code: 0, out: "# image-nologin\n", err: "" });
    expect(cli("rules", "image-nothing")).toMatchObject({
      code: 2,
      err: `${texts.unknownRule("image-nothing")}\n${texts.tryHelp}\n`,
    });
    expect(cli("rules", "image-nologin", "run-init").code).toBe(2);
    const { stdout } = spawnSync(process.execPath, [program, "rules", "image-nologin"], { encoding: "utf8" });
    expect(stdout).toMatch(/^# image-nologin\n/);
    expect(stdout).toContain("```dockerfile");
  });
});

describe("fix", () => {
  test("applies the safe fixes and leaves none", () => {
    write("Dockerfile", broken);
    expect(cli("fix", "Dockerfile").code).toBe(0);
    expect(read("Dockerfile")).toContain("STOPSIGNAL SIGRTMIN+3\nCMD");
    const rows = JSON.parse(cli("lint", "--format", "json", "Dockerfile").out).findings;
    expect(
      rows
        .filter(({ severity }: { severity: string }) => severity !== "hint")
        .flatMap(({ fixes }: { fixes: { safe: boolean }[] }) => fixes)
        .filter(({ safe }: { safe: boolean }) => safe),
    ).toEqual([]);
  });

  test("keeps line endings, byte order mark, mode and symbolic link", () => {
    write("real/Dockerfile", `\uFEFF${broken.replace(/\n/g, "\r\n")}`);
    chmodSync(path("real/Dockerfile"), 0o640);
    symlinkSync(path("real/Dockerfile"), path("Dockerfile"));
    cli("fix", "Dockerfile");
    const text = read("real/Dockerfile");
    expect(text.startsWith("\uFEFFFROM")).toBe(true);
    expect(text).toContain("STOPSIGNAL SIGRTMIN+3\r\n");
    expect(text).not.toMatch(/[^\r]\n/);
    expect(statSync(path("real/Dockerfile")).mode & 0o777).toBe(0o640);
    expect(read("Dockerfile")).toBe(text);
  });

  test("--dry-run prints a unified diff and writes nothing", () => {
    write("Dockerfile", broken);
    const { code, out } = cli("fix", "--dry-run", "Dockerfile");
    expect(code).toBe(0);
    expect(out).toMatch(/^--- Dockerfile/);
    expect(out).toMatch(/^\+\+\+ Dockerfile/m);
    expect(out).toMatch(/^\+STOPSIGNAL SIGRTMIN\+3$/m);
    expect(read("Dockerfile")).toBe(broken);
  });

  test("names a fix that did not help in a line of its own", () => {
    const text = "ARG A\nFROM debian:12\n";
    const own = path("Dockerfile");
    const uri = URI.file(own).toString();
    const file = { name: "Dockerfile", path: own, uri, text, kind: "dockerfile", bom: false } as const;
    const fixed = fixAll({ uri, text, snapshot: noFiles, settings: defaultSettings, rules: [blind] });
    expect(notFixed(file, { ...fixed, left: [], dependsOn: [] }, path())).toEqual([
      `Dockerfile:2:1: ${texts.withdrawn(`${blind.messages.m} [image-blind]`)}`,
    ]);
  });

  test("leaves hints alone unless --hints asks for them", () => {
    const service = `services:
  web:
    image: registry.example.com/web
    command: /sbin/init
    init: true
    stop_signal: SIGRTMIN+3
`;
    write("compose.yaml", service);
    cli("fix", "compose.yaml");
    expect(read("compose.yaml")).not.toContain("tty: true");
    expect(read("compose.yaml")).not.toContain("init: true");
    cli("fix", "--hints", "compose.yaml");
    expect(read("compose.yaml")).toContain("tty: true");
  });

  test("--dry-run shows the byte order mark, so that the diff can be applied", () => {
    write("Dockerfile", `\uFEFF${broken.replace("debian:12", "debian:11")}`);
    expect(cli("fix", "--dry-run", "Dockerfile").out).toContain("\uFEFFFROM");
  });
});

test("the built program ends quietly when its reader has seen enough", async () => {
  const services = Array.from({ length: 500 }, (_, n) => `  s${n}:\n    image: x\n    command: /sbin/init\n`);
  write("compose.yaml", `services:\n${services.join("")}`);
  const child = spawn(process.execPath, [program, "lint", "compose.yaml"], { cwd: path() });
  let err = "";
  child.stderr.on("data", (text) => {
    err += text;
  });
  child.stdout.once("data", () => child.stdout.destroy());
  await once(child, "close");
  expect(err).toBe("");
});

describe("plan", () => {
  const plan = (...args: string[]) => cli("plan", ...args).out;
  const good = broken.replace("CMD", "STOPSIGNAL SIGRTMIN+3\nENV container=docker\nCMD");

  test("Docker 28 on cgroup 2 gets writable cgroups and a namespace of its own", () => {
    write("Dockerfile", good);
    const line = plan("--engine", "docker", "--engine-version", "28.5", "--cgroup", "2", "Dockerfile");
    expect(line).toContain("--security-opt writable-cgroups=true");
    expect(line).not.toContain("/sys/fs/cgroup");
    expect(line).not.toContain("--cgroupns=host");
    for (const path of ["--tmpfs /run", "--tmpfs /run/lock", "--tmpfs /tmp"]) expect(line).toContain(path);
  });

  test.each(["20.10.24", "26.1.5"])(
    "Docker %s on cgroup 2 gets the host's tree in the host's namespace",
    (version) => {
      write("Dockerfile", good);
      const line = plan("--engine-version", version, "--cgroup", "2", "Dockerfile");
      expect(line).toMatch(/--cgroupns[= ]host/);
      expect(line).toContain("/sys/fs/cgroup:/sys/fs/cgroup");
      expect(line).not.toContain("writable-cgroups");
    },
  );

  test("cgroup 1 gets a writable bind", () => {
    write("Dockerfile", good);
    const line = plan("--cgroup", "1", "Dockerfile");
    expect(line).toContain("/sys/fs/cgroup:/sys/fs/cgroup");
    expect(line).not.toContain("writable-cgroups");
  });

  test("cgroup 1 without the hierarchy of systemd is refused, with what to do on the host", () => {
    write("Dockerfile", good);
    const { code, err } = cli("plan", "--cgroup", "hybrid", "Dockerfile");
    const target = { engine: "docker", cgroupVersion: 1, namedHierarchy: false } as const;
    expect({ code, err }).toEqual({
      code: 1,
      err: refusalLine("Dockerfile", good, target, "plan.refused.hybrid"),
    });
  });

  test("Podman gets none of them", () => {
    write("Dockerfile", good);
    const line = plan("--format", "podman", "Dockerfile");
    expect(line).toMatch(/^podman run/);
    expect(line).not.toMatch(/cgroup|tmpfs/);
  });

  test("is rendered as a file of Quadlet, for Podman", () => {
    write("Dockerfile", good);
    const text = plan("--format", "quadlet", "Dockerfile");
    expect(text).toMatch(/^\[Container\]\nImage=my-systemd-image\n/);
    expect(text).not.toMatch(/cgroup|Tmpfs/);
    expect(cli("plan", "--engine", "docker", "--format", "quadlet", "Dockerfile")).toMatchObject({
      code: 2,
      err: expect.stringContaining(texts.formatOfEngine("quadlet", "podman")),
    });
  });

  test("of a file of Quadlet is that file with what it lacks; as a compose file it is another one", () => {
    const image = "Image=registry.access.redhat.com/ubi9/ubi-init:latest";
    write("web.container", `[Container]\n${image}\nStopTimeout=60\n[Service]\nTimeoutStopSec=80\n`);
    expect(plan("--format", "quadlet", "web.container")).toBe(
      `[Container]\n${image}\nStopTimeout=60\nPodmanArgs=-t\n[Service]\nTimeoutStopSec=80\n`,
    );
    const compose = cli("plan", "--format", "compose", "--engine", "podman", "web.container");
    expect(compose.out).toMatch(/^services:\n {2}web:\n/);
    expect(compose.err).toBe(`web.container: ${texts.leftOut("TimeoutStopSec=80")}\n`);
  });

  test("of a service as a file of Quadlet lists what that file does not contain", () => {
    write(
      "compose.yaml",
      "services: {a: {image: a, command: /sbin/init, restart: always, environment: [X]}}\n",
    );
    const { out, err } = cli("plan", "--format", "quadlet", "compose.yaml");
    expect(out).toContain("Exec=/sbin/init\n");
    expect(err).toBe(`compose.yaml: ${texts.leftOut("--env X, --restart=always")}\n`);
  });

  test("is rendered as a file of dev containers that builds the image", () => {
    write("Dockerfile", good);
    const { out, err } = cli("plan", "--format", "devcontainer", "Dockerfile");
    expect(err).toBe("");
    expect(JSON.parse(out)).toMatchObject({
      build: { dockerfile: "../Dockerfile", context: ".." },
      overrideCommand: false,
      init: false,
      securityOpt: ["writable-cgroups=true"],
      runArgs: expect.arrayContaining(["--tmpfs", "/run/lock"]),
    });
    const podman = JSON.parse(plan("--format", "devcontainer", "--engine", "podman", "Dockerfile"));
    expect(podman.runArgs).toContain("--systemd=always");
    expect(podman.runArgs).not.toContain("--tmpfs");
  });

  test("is rendered as a platform of Molecule, for the driver of the engine", () => {
    write("Dockerfile", good);
    const { out, err } = cli("plan", "--format", "molecule", "Dockerfile");
    expect(out).toMatch(/^driver:\n {2}name: docker\nplatforms:\n[\s\S]*override_command: false/m);
    expect(err).toBe(`Dockerfile: ${texts.leftOut("--init=false")}\n`);
    const podman = plan("--format", "molecule", "--engine", "podman", "Dockerfile");
    expect(podman).toMatch(/^ {2}name: podman\n[\s\S]*systemd: always\n/m);
  });

  test("is rendered as a Pod without privileges, and states that it was not tested", () => {
    write("Dockerfile", good);
    const { out, err } = cli("plan", "--format", "kubernetes", "Dockerfile");
    expect(out).toMatch(/^# .*not been tested in a cluster\.\n# .*runtimeClassName/);
    expect(out).toContain("hostUsers: false\n");
    expect(out).toContain("terminationGracePeriodSeconds: 90\n");
    expect(out).not.toMatch(/privileged|cgroup:/);
    for (const path of ["/run", "/run/lock", "/tmp"]) expect(out).toContain(`mountPath: ${path}\n`);
    expect(err).toBe(
      `Dockerfile: ${texts.leftOut("--init=false, --cgroupns=private, --security-opt writable-cgroups=true, --tmpfs /tmp:exec,mode=1777")}\n`,
    );
  });

  test("of a file in a format of that kind is that file with what it lacks", () => {
    const image = "registry.access.redhat.com/ubi9/ubi-init:latest";
    write("devcontainer.json", `{ "image": "${image}", "overrideCommand": false }\n`);
    expect(plan("--format", "devcontainer", "devcontainer.json")).toMatch(
      /^\{ "image": "registry[^"]*", "overrideCommand": false, /,
    );
  });

  test("as a compose file has nothing that only Podman knows, and lists it", () => {
    const image = "registry.access.redhat.com/ubi9/ubi-init:latest";
    write("web.container", `[Container]\nImage=${image}\nPodmanArgs=--systemd=always --no-hosts\n`);
    const { out, err } = cli("plan", "--format", "compose", "web.container");
    expect(out).not.toMatch(/systemd:|no-hosts/);
    expect(err).toBe(`web.container: ${texts.leftOut("--systemd=always, --no-hosts")}\n`);
  });

  test("as a compose service has the flags that systemd does not depend on, and its volumes", () => {
    const image = "registry.access.redhat.com/ubi9/ubi-init:latest";
    write("run.sh", `docker run -d --label a=b --ulimit nofile=9 --rm -v data:/d ${image}\n`);
    const { out, err } = cli("plan", "--format", "compose", "run.sh");
    expect(out).toContain("labels:\n      a: b\n");
    expect(out).toContain("ulimits:\n      nofile: 9\n");
    expect(out).toMatch(/\nvolumes:\n {2}data:\n {4}name: data\n$/);
    expect(err).toBe(`run.sh: ${texts.leftOut("--rm")}\n`);
  });

  test("is rendered as a compose service, as create options, and as reasons", () => {
    write("Dockerfile", good);
    expect(plan("--format", "compose", "Dockerfile")).toMatch(/services:[\s\S]*writable-cgroups=true/);
    const api = JSON.parse(plan("--format", "api", "Dockerfile"));
    expect(api.HostConfig).toMatchObject({ SecurityOpt: ["writable-cgroups=true"], Init: false });
    expect(plan("--format", "explain", "Dockerfile").split("\n").length).toBeGreaterThan(4);
  });

  test("names a service of a compose file by #", () => {
    write(
      "compose.yaml",
      "services:\n  a:\n    image: a\n    command: /sbin/init\n  b:\n    image: b\n    command: /sbin/init\n",
    );
    expect(plan("compose.yaml#b")).toMatch(/ b( |$)/m);
    expect(cli("plan", "compose.yaml")).toMatchObject({
      code: 2,
      err: `compose.yaml: ${texts.severalServices("a, b", "compose.yaml#a")}\n`,
    });
    expect(cli("plan", "compose.yaml#c").code).toBe(2);
  });

  test("takes a file whose own name has a #, and asks which of a folder's files is meant", () => {
    write("a#web", good);
    expect(plan("a#web")).toMatch(/^docker run/);
    write("b/Dockerfile", good);
    expect(plan("b")).toMatch(/^docker run/);
    write("b/Containerfile", good);
    expect(cli("plan", "b")).toMatchObject({
      code: 2,
      err: `b: ${texts.severalFiles("b/Containerfile, b/Dockerfile")}\n`,
    });
  });

  test("follows the engine that is stated, or that a service is written for", () => {
    write("Dockerfile", good);
    expect(plan("--engine", "podman", "Dockerfile")).toMatch(/^podman run/);
    write(
      "compose.yaml",
      "services: {a: {image: a, command: /sbin/init, environment: {container: podman}}}\n",
    );
    expect(plan("compose.yaml")).toMatch(/^podman run/);
    expect(cli("plan", "--engine", "podman", "--format", "docker", "Dockerfile").code).toBe(2);
  });

  test("refuses Podman 6 on cgroup v1", () => {
    write("Dockerfile", good);
    const podman = (version: string) =>
      cli("plan", "--engine", "podman", "--engine-version", version, "--cgroup", "1", "Dockerfile");
    const target = { engine: "podman", version: "6.1.1", cgroupVersion: 1 } as const;
    expect(podman("6.1.1")).toMatchObject({
      code: 1,
      err: refusalLine("Dockerfile", good, target, "plan.refused.podman-v1"),
    });
    expect(podman("5.8").code).toBe(0);
  });

  test("keeps a service's own settings, and names what it does not print", () => {
    const text =
      "services:\n  a:\n    image: a\n    command: /sbin/init\n    volumes: [data:/d]\n" +
      "    environment: {TOKEN: hunter2}\n    depends_on: [b]\nvolumes: {data: {name: d1}}\n";
    write("compose.yaml", text);
    const { out, err, code } = cli("plan", "compose.yaml");
    expect(code).toBe(0);
    expect(out).toContain("-v d1:/d");
    expect(out).toContain("--env TOKEN ");
    expect(err).toBe(
      `compose.yaml: ${texts.leftOut("depends_on")}\ncompose.yaml: ${texts.hidden("TOKEN", "your shell")}\n`,
    );
    expect(plan("--show-secrets", "compose.yaml")).toContain("--env TOKEN=hunter2");
    expect(plan("--format", "api", "compose.yaml")).toContain("TOKEN=***");
    expect(cli("plan", "--format", "compose", "compose.yaml")).toMatchObject({
      err: "",
      out: expect.stringContaining("depends_on: [b]"),
    });
  });

  test("prints no command for a service that only a privileged container would serve, unless it is forced", () => {
    const dockerfile = good.replace(
      "FROM debian:12\n",
      "FROM debian:12\nRUN systemctl enable docker.service\n",
    );
    write("Dockerfile", dockerfile);
    const reason = obstacleLines("Dockerfile", dockerfile, "need.nested-engine");
    expect(cli("plan", "Dockerfile")).toEqual({
      code: 1,
      out: "",
      err: `${reason}Dockerfile: ${texts.notPlanned}\n`,
    });
    const forced = cli("plan", "--force", "Dockerfile");
    expect(forced).toMatchObject({ code: 0, err: reason });
    expect(forced.out).toMatch(/^docker run /);
    expect(forced.out).not.toContain("--privileged");
    write("compose.yaml", "services: {web: {build: ., privileged: true}}");
    expect(cli("plan", "compose.yaml").code).toBe(0);
  });

  test("prints no command for what lint reports as an error and the plan does not mend, unless it is forced", () => {
    const shell = good.replace(/^CMD.*$/m, "CMD /sbin/init");
    write("Dockerfile", shell);
    const reason = obstacleLines("Dockerfile", shell, "image-shell-form-init.shell");
    expect(cli("plan", "Dockerfile")).toEqual({
      code: 1,
      out: "",
      err: `${reason}Dockerfile: ${texts.notPlanned}\n`,
    });
    expect(cli("plan", "--force", "Dockerfile")).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^docker run/),
    });
  });

  test("mends what a flag can: the user that an image ends as", () => {
    write("Dockerfile", `${good}USER app\n`);
    expect(cli("plan", "Dockerfile")).toMatchObject({ code: 0, out: expect.stringContaining("--user=root") });
  });

  test("mends what a compose file says of a service, but not what it means", () => {
    const service = "services:\n  a:\n    image: a\n    command: /sbin/init\n";
    write("compose.yaml", `${service}    init: true\n`);
    expect(cli("plan", "compose.yaml")).toMatchObject({
      code: 0,
      out: expect.stringContaining("--init=false"),
    });
    write("compose.yaml", `${service}    user: app\n`);
    expect(cli("plan", "compose.yaml").code).toBe(1);
  });

  test("judges a service with the variables and files that .env names", () => {
    write("compose.yaml", "services:\n  a:\n    image: a\n    command: /sbin/init\n    user: $WHO\n");
    write(".env", "WHO=root\n");
    expect(cli("plan", "compose.yaml")).toMatchObject({
      code: 0,
      err: "",
      out: expect.stringContaining("--user=root"),
    });
    write(".env", "WHO=app\nCOMPOSE_FILE=compose.yaml:prod.yaml\n");
    expect(cli("plan", "compose.yaml")).toMatchObject({ code: 1, out: "" });
    write("prod.yaml", "services: {a: {user: root}}\n");
    expect(cli("plan", "compose.yaml")).toMatchObject({ code: 0, err: "" });
  });

  test("merges the files that -f names, and then takes the name of a service", () => {
    write("compose.yaml", "services: {a: {image: a, command: /sbin/init, user: app}}\n");
    write("compose.override.yaml", "services: {a: {hostname: no}}\n");
    write(
      "sub/prod.yaml",
      "services: {a: {user: root, volumes: ['./d:/d']}, b: {image: b, command: /sbin/init}}\n",
    );
    const files = ["-f", "compose.yaml", "-f", "sub/prod.yaml"];
    const { code, out, err } = cli("plan", ...files, "a");
    expect({ code, err }).toEqual({
      code: 0,
      err: `compose.yaml: ${texts.leftOut(implicitNetwork)}\n`,
    });
    expect(out).toContain("--user=root");
    expect(out).toMatch(/-v \S*(?<!\/sub)\/d:\/d/);
    expect(out).not.toContain("hostname");
    expect(plan(...files, "b")).toMatch(/ b( |$)/m);
    expect(cli("plan", ...files)).toMatchObject({
      code: 2,
      err: `compose.yaml: ${texts.severalServices("a, b", "plan -f compose.yaml -f sub/prod.yaml a")}\n`,
    });
    expect(cli("plan", ...files, "c")).toMatchObject({
      code: 2,
      err: `compose.yaml: ${texts.notFound("service", "c")}\n`,
    });
    expect(cli("plan", "-f", "sub").code).toBe(2);
    expect(cli("plan", "-f", "none.yaml").code).toBe(2);
    expect(cli("plan", ...files, "a", "b").code).toBe(2);
  });

  test("refuses what no flags can do, with the reason", () => {
    const old = 'FROM centos:7\nCMD ["/usr/sbin/init"]\n';
    write("Dockerfile", old);
    const target = { engine: "docker", cgroupVersion: 2 } as const;
    expect(cli("plan", "--cgroup", "2", "Dockerfile")).toMatchObject({
      code: 1,
      err: refusalLine("Dockerfile", old, target, "plan.refused.old-systemd"),
    });
  });
});
