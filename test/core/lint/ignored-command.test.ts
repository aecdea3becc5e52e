import { describe, expect, it } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { lintProject, reported } from "../lint-project";

const image = (program: string, base = "debian:12", ...more: string[]) =>
  [`FROM ${base}`, "RUN apt-get install -y systemd-sysv", ...more, program, ""].join("\n");
const found = (text: string, files: Record<string, string> = {}) =>
  reported(lintProject({ Dockerfile: text, ...files }), "image-ignored-command");
const init = 'ENTRYPOINT ["/sbin/init"]';

describe("words behind an ENTRYPOINT that is init", () => {
  it.each([
    [
      "a program",
      'CMD ["/usr/sbin/sshd", "-D"]',
      "warning: image-ignored-command.program, words=/usr/sbin/sshd -D, init=/sbin/init",
    ],
    [
      "a shell behind another path of init",
      'CMD ["/usr/sbin/init", "bash"]',
      "warning: image-ignored-command.program, words=bash, init=/sbin/init",
    ],
    ["a shell", 'CMD ["bash"]', "warning: image-ignored-command.program, words=bash, init=/sbin/init"],
    [
      "a shell with a script",
      'CMD ["bash", "-c", "nginx && sleep 1"]',
      "warning: image-ignored-command.program, words=bash -c nginx && sleep 1, init=/sbin/init",
    ],
    [
      "shell form",
      "CMD nginx -g 'daemon off;'",
      "warning: image-ignored-command.program, words=/bin/sh -c nginx -g 'daemon off;', init=/sbin/init",
    ],
    [
      "a script behind an option",
      'CMD ["--log-level=info", "/start.sh"]',
      "warning: image-ignored-command.program, words=/start.sh, init=/sbin/init",
    ],
    [
      "a script behind an option's value",
      'CMD ["--unit", "a.target", "/start.sh"]',
      "warning: image-ignored-command.program, words=/start.sh, init=/sbin/init",
    ],
    [
      "a name with a slip",
      'CMD [";start.sh"]',
      "warning: image-ignored-command.program, words=;start.sh, init=/sbin/init",
    ],
    [
      "an unknown option",
      'CMD ["--bogus", "--unit=a.target"]',
      "warning: image-ignored-command.option, words=--bogus",
    ],
    [
      "options of a program",
      'CMD ["-c", "/etc/x.conf"]',
      "warning: image-ignored-command.program, words=-c /etc/x.conf, init=/sbin/init",
    ],
    [
      "a Python script",
      'CMD ["app.py"]',
      "warning: image-ignored-command.program, words=app.py, init=/sbin/init",
    ],
  ])("%s", (_, cmd, message) => {
    expect(found(image(`${init}\n${cmd}`))).toEqual([message]);
  });
  it.each([["--version"], ["--help"], ["--test"], ["--user"]])("%s ends PID 1", (word) => {
    expect(found(image(`${init}\nCMD ["${word}"]`))).toEqual([
      `error: image-ignored-command.query, words=${word}`,
    ]);
  });
  it("behind a shell that execs init", () => {
    const shell = 'ENTRYPOINT ["/bin/bash", "-c", "exec /sbin/init --log-level=info"]\nCMD ["nginx"]';
    expect(found(image(shell))).toEqual(["warning: image-ignored-command.shell, words=nginx"]);
    expect(found(image(shell.replace("info", 'info \\"$0\\"')))).toEqual([]);
  });
  it("in an image that is built on an earlier stage", () => {
    const text = `FROM debian:12 AS base\nRUN apt-get install -y systemd-sysv\n${init}\nFROM base\nCMD ["/start.sh"]\n`;
    expect(found(text)).toHaveLength(1);
  });
  it.each([["nestybox/ubuntu-jammy-systemd"], ["ghcr.io/nestybox/ubuntu-noble-systemd-docker:latest"]])(
    "in an image that is built on %s",
    (base) => {
      expect(
        lintProject({ Dockerfile: `FROM ${base}\nCMD ["/start.sh"]\n` }).map(({ rule }) => rule),
      ).toContain("image-ignored-command");
    },
  );
  it("in an image that is built on another of the workspace", () => {
    const files = { "my-base/Dockerfile": image(init) };
    expect(found('FROM registry.example.com/me/my-base:2\nCMD ["/start.sh"]\n', files)).toEqual([
      "warning: image-ignored-command.program, words=/start.sh, init=/sbin/init",
    ]);
    expect(found('FROM registry.example.com/me/other:2\nCMD ["/start.sh"]\n', files)).toEqual([]);
  });
});

describe("words that are read", () => {
  it.each([
    ["no words", init],
    ["another path of init", `${init}\nCMD ["/lib/systemd/systemd", "--log-level=info"]`],
    [
      "options",
      `${init}\nCMD ["--unit=multi-user.target", "--show-status", "--log-target", "console", "-b"]`,
    ],
    ["an empty word", `${init}\nCMD [""]`],
    ["kernel words", `${init}\nCMD ["systemd.unit=a.target", "quiet", "3", "my.option=x", "--", "rescue"]`],
    ["what image-systemd-args names", `${init}\nCMD ["log-level=info", "multi-user.target", "&&", "nginx"]`],
    ["a program without such an ENTRYPOINT", 'CMD ["nginx"]'],
    ["a program of an entry script", 'ENTRYPOINT ["/entry.sh"]\nCMD ["nginx"]'],
    ["another init", 'ENTRYPOINT ["/init"]\nCMD ["nginx"]'],
    ["an init below /usr/local", 'ENTRYPOINT ["/usr/local/sbin/init"]\nCMD ["nginx"]'],
    ["a script in the place of init", `COPY init /sbin/init\n${init}\nCMD ["nginx"]`],
    ["a unit with a condition", `RUN echo ConditionKernelCommandLine=x > /etc/a\n${init}\nCMD ["x"]`],
  ])("%s", (_, program) => {
    expect(found(image(program), { init: "#!/bin/sh\n" })).toEqual([]);
  });
  it("FreeIPA's, whose init is a script", () => {
    expect(
      found('FROM freeipa/freeipa-server:fedora-41\nCMD ["--realm=example.com", "exit-on-finished"]\n'),
    ).toEqual([]);
  });
  it("those of a unit that is copied with a condition", () => {
    const text = image(`COPY a.service /etc/systemd/system/\n${init}\nCMD ["special"]`);
    expect(found(text, { "a.service": "[Unit]\nConditionKernelCommandLine=special\n" })).toEqual([]);
  });
});

describe("the unit that is written", () => {
  const unit = (text: string, files: Record<string, string> = {}) =>
    lintProject({ Dockerfile: text, ...files })
      .find(({ rule }) => rule === "image-ignored-command")
      ?.fixes[0]?.edits.find(({ create }) => create)?.text;
  it.each([
    [
      "a shell script",
      'CMD ["sh", "-c", "echo $HOME 100% \\"a b\\""]',
      'ExecStart=/usr/bin/env sh -c "echo $$HOME 100%% \\"a b\\""',
    ],
    ["shell form", "CMD app --port $PORT", 'ExecStart=/bin/sh -c "app --port $$PORT"'],
    ["a copied script", 'COPY run.sh /usr/bin/run.sh\nCMD ["run.sh"]', "ExecStart=/usr/bin/run.sh"],
    ["a relative path", 'WORKDIR /srv\nCMD ["./app", "-x"]', "ExecStart=/srv/app -x"],
    ["a slip", 'COPY run.sh /usr/bin/run.sh\nCMD [";run.sh"]', "ExecStart=/usr/bin/run.sh"],
    ["a user", 'USER app\nCMD ["x"]', "User=app"],
    ["variables", 'ENV A=1 B=2 PATH=/opt:$PATH\nCMD ["x"]', "PassEnvironment=A B PATH"],
    ["used variables", "ENV A=1 B=2\nCMD echo $B", "PassEnvironment=B"],
    ["what stays", 'CMD ["x"]', "Type=exec\nRestart=on-failure"],
    [
      "what ends",
      'CMD ["sh", "-c", "mkdir /a; touch /a/b"]',
      "Type=oneshot\nRemainAfterExit=yes\nTimeoutStartSec=5min",
    ],
  ])("for %s", (_, program, line) => {
    expect(`${unit(image(`${init}\n${program}`))}`).toContain(`${line}\n`);
  });
  it("is simple where systemd does not know exec", () => {
    expect(unit(image(`${init}\nCMD ["x"]`, "ubuntu:18.04"))).toContain("Type=simple\n");
  });
  it("is no oneshot for a script with a program that may stay", () => {
    const text = image(`COPY a.sh /a.sh\n${init}\nCMD ["/a.sh"]`);
    expect(unit(text, { "a.sh": "#!/bin/sh\nmkdir /a\ngitlab-runner register\n" })).toContain("Type=exec");
    expect(unit(text, { "a.sh": "#!/bin/sh\nmkdir /a\n" })).toContain("Type=oneshot");
  });
  it.each([
    ["apt-get install -y nginx", "debian:12", '["nginx", "-g", "daemon off;"]', "nginx.service"],
    ["apt-get install -y openssh-server", "ubuntu:22.04", '["/usr/sbin/sshd", "-D"]', "ssh.service"],
    ["dnf -y install openssh-server", "rockylinux:9", '["/usr/sbin/sshd", "-D"]', "sshd.service"],
    ["dnf -y install httpd", "fedora:41", '["httpd", "-DFOREGROUND"]', "httpd.service"],
  ])("is the package's own after %s", (install, base, cmd, name) => {
    const text = `FROM ${base}\nRUN ${install}\n${init}\nCMD ${cmd}\n`;
    const [fix] =
      lintProject({ Dockerfile: text }).find(({ rule }) => rule === "image-ignored-command")?.fixes ?? [];
    expect(applyEdits(text, fix?.edits ?? [])).toBe(text.replace(/CMD .*/, `RUN systemctl enable ${name}`));
  });
  it("takes no file's place", () => {
    expect(unit(image(`${init}\nCMD ["x"]`), { "run-x.service": "[Unit]\n" })).toBeUndefined();
  });
});

describe("the command of a run", () => {
  const run = (lines: string, files: Record<string, string>) =>
    lintProject({ "compose.yaml": `services:\n  a:\n    ${lines.replaceAll("\n", "\n    ")}\n`, ...files });
  const ids = (lines: string, files: Record<string, string> = { Dockerfile: image(init) }) =>
    reported(run(lines, files), "run-ignored-command");
  it.each([
    ["a string", "build: .\ncommand: nginx -g x", "warning: run-ignored-command.program, words=nginx -g x"],
    [
      "a list",
      "build: .\ncommand:\n  - sleep\n  - infinity",
      "warning: run-ignored-command.program, words=sleep infinity",
    ],
    [
      "behind an entrypoint",
      "image: x\nentrypoint: /sbin/init\ncommand: nginx",
      "warning: run-ignored-command.program, words=nginx",
    ],
    ["a query", "build: .\ncommand: --version", "error: run-ignored-command.query, words=--version"],
  ])("%s", (_, lines, message) => {
    expect(ids(lines)).toEqual([expect.stringContaining(message)]);
  });
  it.each([
    ["options", "build: .\ncommand: --unit=a.target"],
    ["FreeIPA's", "image: freeipa/freeipa-server:fedora-41\ncommand: ['--realm=x', exit]"],
    ["of an image with an entry script", "image: kindest/node:v1.31.0\ncommand: x"],
    ["of an unknown image", "image: x\ncommand: nginx"],
  ])("is read: %s", (_, lines) => {
    expect(ids(lines)).toEqual([]);
  });
  it("is written as a unit into the image", () => {
    const [fix, remove] =
      run("build: .\ncommand: nginx", { Dockerfile: image(init) }).find(
        ({ rule }) => rule === "run-ignored-command",
      )?.fixes ?? [];
    expect(fix?.edits.map(({ uri }) => uri)).toEqual([
      undefined,
      "file:///p/Dockerfile",
      "file:///p/run-nginx.service",
    ]);
    expect(remove?.edits).toHaveLength(1);
  });
});

describe("a start of services behind init", () => {
  const enabled = (cmd: string, script = "") => {
    const text = image(`${init}\n${cmd}`, "debian:12", "COPY run.sh /run.sh");
    const [finding] = lintProject({ Dockerfile: text, "run.sh": script }).filter(
      ({ rule }) => rule === "image-ignored-command",
    );
    return finding && applyEdits(text, finding.fixes[0]?.edits.filter(({ uri }) => !uri) ?? []);
  };
  it.each([
    ['CMD ["systemctl", "start", "nginx"]', "nginx.service"],
    ['CMD ["service", "nginx", "start"]', "nginx.service"],
    ['CMD ["/etc/init.d/cron", "start"]', "cron.service"],
    ['CMD ["bash", "-c", "service a start; service b restart && tail -f /dev/null"]', "a.service b.service"],
    ["CMD systemctl start a.socket", "a.socket"],
  ])("%s becomes systemctl enable %s", (cmd, units) => {
    expect(enabled(cmd)).toMatch(new RegExp(`\nRUN systemctl enable ${units}\n$`));
  });
  it("in a script", () => {
    expect(enabled('CMD ["/run.sh"]', "#!/bin/sh\nservice nginx start\nsleep infinity\n")).toContain(
      "RUN systemctl enable nginx.service",
    );
    expect(enabled('CMD ["/run.sh"]', "#!/bin/sh\nmkdir /a\nservice nginx start\n")).toContain(
      "RUN systemctl enable run-run.service",
    );
  });
});
