import { describe, expect, it } from "vitest";
import { lintProject, reported } from "../lint-project";

const boots = (base = "debian:12", install = "apt-get install -y systemd-sysv") =>
  `FROM ${base}\nENV container=docker\nRUN ${install}\nSTOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init"]\n`;
const compose = (...lines: string[]) => `services:\n  web:\n    ${["build: .", ...lines].join("\n    ")}\n`;
const found = (lines: string, Dockerfile = boots(), files: Record<string, string> = {}) =>
  reported(
    lintProject({ "compose.yaml": compose(...lines.split("\n")), Dockerfile, ...files }),
    "run-command",
  );

describe("a program in the place of the image's init", () => {
  it.each([
    ["command: bash", "bash"],
    ["command: [bash, -l]", "bash"],
    ["command: /bin/sh", "/bin/sh"],
    ["command:\n  - sleep\n  - infinity", "sleep infinity"],
    ["command: ['sleep', '365d']", "sleep"],
    ["command: tail -F /var/log/messages", "tail -F"],
    ["command: python3 -m http.server", "python3"],
    ["command: /usr/sbin/sshd -D", "/usr/sbin/sshd"],
    ['command: ["nginx", "-g", "daemon off;"]', "nginx"],
    ["command: tini -- /usr/sbin/sshd -D", "tini"],
    ["command: env A=b cat", "env"],
    [`command: sh -c "while true; do sleep 1000; done"`, "sleep 1000"],
    [`command: sh -c "/opt/prepare; tail -f /dev/null"`, "tail -f"],
    ["entrypoint: bash", "bash"],
    ["entrypoint: ['sleep', 'infinity']", "sleep"],
    ["entrypoint: /bin/bash\ncommand: -c 'sleep 1d'", "/bin/bash"],
    ["command: bash\nprivileged: true", "bash"],
  ])("%s", (lines, program) => {
    const [first, ...others] = found(lines);
    expect(first).toMatch(/^error: run-command\.(idle|work), /);
    expect(first).toContain(`program=${program}`);
    expect(others).toEqual([]);
  });
  it.each(["bash", "bash -l", "sh -i", "/bin/bash --login", "bash --login -i"])(
    "%s is a shell to work in, which exec opens beside init",
    (command) => {
      const key = command.split(" ", 1)[0];
      expect(found(`command: ${command}`)).toEqual([`error: run-command.work, program=${key}`]);
    },
  );
  it("a shell with a script is none", () => {
    expect(found("command: bash -x /start.sh")).toEqual([]);
    expect(found(`command: bash -lc "sleep 1000"`)).toEqual(["error: run-command.idle, program=sleep 1000"]);
  });
  it.each([
    ["rockylinux:8", "dnf -y install systemd"],
    ["ubuntu:22.04", "apt-get install -y systemd systemd-sysv"],
    ["fedora:41", "dnf -y install systemd"],
    ["archlinux", "pacman -S systemd-sysvcompat"],
  ])("on %s", (base, install) => {
    expect(found("command: bash", boots(base, install))).toHaveLength(1);
  });
  it("is found where an entry script is given it", () => {
    const text = boots().replace("CMD", 'COPY entry.sh /\nENTRYPOINT ["/entry.sh"]\nCMD');
    const files = { "entry.sh": '#!/bin/sh\nexec "$@"\n' };
    expect(found("command: sleep 1000", text, files)).toEqual([
      expect.stringMatching(/^error: run-command\.idle, program=sleep/),
    ]);
    expect(found("tty: true", text, files)).toEqual([]);
  });
  it("is found where it is a script that can be read", () => {
    const text = boots().replace("CMD", "COPY start.sh /start.sh\nCMD");
    expect(found("command: /start.sh", text, { "start.sh": "#!/bin/sh\nexec nginx -g x\n" })).toHaveLength(1);
    expect(found("command: bash /start.sh", text, { "start.sh": "#!/bin/sh\nsleep 1d\n" })).toHaveLength(1);
  });
  it("is a warning where the image is known by its name alone", () => {
    const text = "services:\n  a:\n    image: geerlingguy/docker-debian12-ansible\n    command: bash\n";
    expect(reported(lintProject({ "compose.yaml": text }), "run-command")).toEqual([
      "warning: run-command.work, program=bash",
    ]);
  });
  it("goes by a suggestion", () => {
    const findings = lintProject({ "compose.yaml": compose("command: bash"), Dockerfile: boots() });
    const [fix] = findings.find(({ rule }) => rule === "run-command")?.fixes ?? [];
    expect(fix?.safe).toBe(false);
    expect(fix?.edits.map(({ text }) => text)).toEqual([""]);
  });
});

describe("no program in the place of the image's init", () => {
  it.each([
    ["an image that starts something else", "command: bash", 'FROM debian:12\nCMD ["nginx"]'],
    ["an unknown image", "command: bash", "FROM example.com/x"],
    ["init itself", "command: /sbin/init", boots()],
    ["an option of systemd", "command: --unit=a.target", boots().replace("CMD", "ENTRYPOINT")],
    ["a script that cannot be read", "command: /start.sh", boots()],
    ["a shell with such a script", "command: bash /opt/start.sh", boots()],
    ["a shell that runs such a script", `command: sh -c "mkdir /a; /opt/start"`, boots()],
    ["what a variable says", `command: "\${WHAT}"`, boots()],
    ["a script that is given init", "command: [/opt/wrap, /sbin/init]", boots()],
    ["an image on Alpine", "command: bash", 'FROM alpine\nCMD ["/sbin/init"]'],
    ["an empty command", "command: []", boots()],
  ])("%s", (_, lines, text) => {
    expect(found(lines, text)).toEqual([]);
  });
  it("a script that execs init", () => {
    const text = boots().replace("CMD", "COPY start.sh /start.sh\nCMD");
    expect(found("command: /start.sh", text, { "start.sh": "#!/bin/sh\nexec /sbin/init\n" })).toEqual([]);
    expect(found("command: /start.sh", text, { "start.sh": "#!/bin/sh\n. /lib.sh\nboot\n" })).toEqual([]);
  });
});

describe("an init that the image lacks", () => {
  const run = (image: string, ...lines: string[]) =>
    reported(
      lintProject({
        "compose.yaml": `services:\n  a:\n    ${[`image: ${image}`, ...lines].join("\n    ")}\n`,
      }),
      "run-command",
    );
  it.each([
    ["ubuntu:22.04", "command: /sbin/init"],
    ["rockylinux:9", "command: [/usr/sbin/init]"],
    ["fedora:42", "entrypoint: /usr/lib/systemd/systemd"],
    ["debian:12", `command: bash -c "mkdir /x && exec /sbin/init"`],
  ])("%s with %s", (image, line) => {
    expect(run(image, line)).toEqual([expect.stringContaining(`error: run-command.absent, image=${image}`)]);
  });
  it.each([
    ["fedora:42", `command: sh -c "dnf -y install systemd && exec /sbin/init"`],
    [
      "debian:12",
      `command: ["bash", "-c", "apt-get update; apt-get install -y systemd-sysv; exec /sbin/init"]`,
    ],
  ])("%s, which each start installs by %s", (image, line) => {
    expect(run(image, line)).toEqual(["warning: run-command.install"]);
  });
  it.each([
    ["rockylinux:8", "command: /sbin/init"],
    ["example.com/own", "command: /sbin/init"],
    ["alpine:3", "command: /sbin/init"],
    ["debian:12", `command: sh -c "apt-get install -y $PACKAGES && exec /sbin/init"`],
    ["debian:12", "command: /sbin/init\n    volumes: [./sbin:/sbin]"],
    ["debian:12", "command: bash"],
  ])("is not missed in %s with %s", (image, line) => {
    expect(run(image, line).filter((text) => /absent|install/.test(text))).toEqual([]);
  });
});

it.each<[image: string, line: string, call: string[]]>([
  [
    "ubuntu:22.04",
    `command: bash -c "apt-get install -y nginx && systemctl start nginx && sleep 9"`,
    ["start"],
  ],
  ["ubuntu:22.04", "command: nginx", []],
  ["example.com/own", `command: bash -c "systemctl start nginx"`, []],
  ["ubuntu:22.04", `command: bash -c "service nginx start && sleep 9"`, []],
])("systemctl start that fails in %s with %s", (image, line, call) => {
  const text = `services:\n  a:\n    image: ${image}\n    ${line}\n`;
  const messages = reported(lintProject({ "compose.yaml": text }), "run-command");
  expect(messages).toEqual(call.map(() => "warning: run-command.calls, call=systemctl start nginx"));
});

it("service start that fails where it calls systemctl", () => {
  const text = `services:\n  a:\n    image: almalinux:9\n    command: bash -c "service httpd start; sleep 9"\n`;
  expect(reported(lintProject({ "compose.yaml": text }), "run-command")).toEqual([
    "warning: run-command.calls, call=service httpd start",
  ]);
});

describe("what else a container lacks whose program takes the place of init", () => {
  const all = (lines: string, Dockerfile = boots()) =>
    lintProject({ "compose.yaml": compose(...lines.split("\n")), Dockerfile })
      .filter(({ severity }) => severity === "error")
      .map(({ rule }) => rule);

  it.each([
    ["command: bash", ["run-cgroup-writable", "run-tmpfs-run", "run-command"]],
    [
      "entrypoint: [sleep, infinity]\ninit: true",
      ["run-cgroup-writable", "run-tmpfs-run", "run-init", "run-command"],
    ],
    [
      "command: tail -f /dev/null\nuser: app\nsecurity_opt: [writable-cgroups=true]\ntmpfs: [/run, /run/lock]",
      ["run-user", "run-command"],
    ],
    [
      "command: bash\nvolumes: ['/sys/fs/cgroup:/sys/fs/cgroup:ro']\ntmpfs: [/run, /run/lock]",
      ["run-cgroup-read-only", "run-command"],
    ],
  ])("is reported with it: %j", (lines, rules) => {
    expect(all(lines).sort()).toEqual([...rules].sort());
  });

  it("is nothing where the image starts another program, or a program that may start init", () => {
    expect(all("command: bash", boots().replace("/sbin/init", "nginx"))).toEqual([]);
    expect(all("command: /start.sh")).toEqual([]);
  });

  it("is not fixed unasked, as the container starts without it today", () => {
    const findings = lintProject({
      "compose.yaml": compose("command: bash", "init: true"),
      Dockerfile: boots(),
    });
    expect(findings.filter(({ fixes }) => fixes.some(({ safe }) => safe))).toEqual([]);
    expect(findings.find(({ rule }) => rule === "run-init")?.fixes).toHaveLength(1);
  });

  it("is nothing of a helper beside the service that boots the image", () => {
    const both = (image: string, other: string) =>
      `services:\n  web:\n    ${image}\n    privileged: true\n  tool:\n    ${other}\n    command: bash\n`;
    const rulesOf = (text: string, files: Record<string, string> = { Dockerfile: boots() }) =>
      lintProject({ "compose.yaml": text, ...files })
        .filter(({ subjects, severity }) => subjects.includes("tool") && /error|warning/.test(severity))
        .map(({ rule }) => rule);
    expect(rulesOf(both("build: .", "build: ."))).toEqual(["run-command"]);
    const known = "image: geerlingguy/docker-debian12-ansible";
    expect(rulesOf(both(known, known), {})).toEqual(["run-command"]);
    expect(rulesOf(both(known, "build: ."))).toContain("run-tmpfs-run");
  });

  it.each(["python3 -m pytest", "make test", "/usr/bin/cat"])(
    "is nothing where %s does other work",
    (program) => {
      expect(all(`command: ${program}`)).toEqual(["run-command"]);
      expect(all(`command: ${program}\ntmpfs: [/run, /run/lock]`)).toContain("run-cgroup-writable");
    },
  );
});

describe("what a container lacks whose image starts no systemd, although it is given what that needs", () => {
  const image = (program = "", base = "ubuntu:22.04") =>
    `FROM ${base}\nRUN apt-get update && apt-get install -y systemd systemd-sysv nginx && systemctl enable nginx\n${program}`;
  const warnings = (lines: string, Dockerfile: string) =>
    lintProject({ "compose.yaml": compose(...lines.split("\n")), Dockerfile })
      .filter(({ rule, severity }) => rule.startsWith("run-") && /error|warning/.test(severity))
      .map(({ rule, grade }) => `${rule} ${grade}`);

  it.each([
    ["tmpfs: [/run, /run/lock]", "", ["run-cgroup-writable named"]],
    [
      "volumes: ['/sys/fs/cgroup:/sys/fs/cgroup:ro']",
      'CMD ["bash"]\n',
      ["run-cgroup-read-only named", "run-tmpfs-run named"],
    ],
    [
      "stop_signal: SIGRTMIN+3\ninit: true",
      "CMD sleep infinity\n",
      ["run-cgroup-writable named", "run-init named", "run-tmpfs-run named"],
    ],
    ["tmpfs: [/run, /run/lock]\ncommand: tail -f /dev/null", "", ["run-cgroup-writable named"]],
  ])("%j %j", (lines, program, expected) => {
    expect(warnings(lines, image(program)).sort()).toEqual(expected);
  });

  it.each([
    ["ports: ['80:80']", ""],
    ["tmpfs: [/run]", 'CMD ["nginx", "-g", "daemon off;"]\n'],
    ["tmpfs: [/run]\ncommand: nginx", ""],
    ["tmpfs: [/run]", 'ENTRYPOINT ["/usr/bin/tini", "--"]\nCMD ["supervisord"]\n'],
  ])("is nothing for %j %j", (lines, program) => {
    expect(warnings(lines, image(program))).toEqual([]);
  });
});
