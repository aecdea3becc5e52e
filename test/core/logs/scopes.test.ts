import { describe, expect, test } from "vitest";
import { format } from "../../../server/src/core/base/message";
import { explainLog, type LogToExplain } from "../../../server/src/core/logs/explain";

const notBooted =
  "System has not been booted with systemd as init system (PID 1). Can't operate.\nFailed to connect to bus: Host is down";

/** Errors of systemctl by version if systemd does not run. */
const refusals = [
  notBooted,
  "Failed to connect to bus: No such file or directory",
  "Failed to connect to system scope bus via local transport: Host is down",
  "Failed to get D-Bus connection: Operation not permitted",
  "Failed to get D-Bus connection: No such file or directory",
  "Failed to create bus connection: Host is down",
];

const told = (given: LogToExplain) => explainLog(given).map(({ id, rule }) => [id, rule]);

/** A step of a build that fails with a message, in the words of the builder. */
const builders: Readonly<Record<string, (message: string, command: string) => string>> = {
  classic: (message, command) =>
    `Step 4/7 : RUN ${command}\n ---> Running in 0123456789ab\n${message}\nThe command '/bin/sh -c ${command}' returned a non-zero code: 1`,
  "the end of the classic builder's output": (message, command) =>
    `${message}\nThe command '/bin/sh -c ${command}' returned a non-zero code: 1`,
  "the classic builder without its step": (message, command) =>
    ` RUN ${command}\n ---> Running in 0123456789ab\n${message}`,
  podman: (message, command) =>
    `STEP 3/4: RUN ${command}\n${message}\nError: building at STEP "RUN ${command}": while running runtime: exit status 1`,
  "podman, a stage of several": (message, command) =>
    `[1/2] STEP 3/4: RUN ${command}\n${message}\nError: building at STEP "RUN ${command}": while running runtime: exit status 1`,
  "BuildKit, plain": (message, command) =>
    `#7 [3/5] RUN ${command}\n${message.replaceAll(/^/gm, "#7 0.312 ")}\n#7 ERROR: process "/bin/sh -c ${command}" did not complete successfully: exit code: 1`,
  "BuildKit, on a terminal": (message, command) =>
    ` => ERROR [web 3/5] RUN ${command}     0.4s\n------\n > [web 3/5] RUN ${command}:\n${message.replaceAll(/^/gm, "0.312 ")}\n------\nDockerfile:4`,
  "BuildKit in a CI": (message, command) =>
    `#7 [3/5] RUN ${command}\n${message.replaceAll(/^/gm, "#7 0.312 ")}`.replaceAll(
      /^/gm,
      "2026-11-24T10:00:00.0000000Z ",
    ),
  kaniko: (message, command) =>
    `INFO[0012] RUN ${command}\nINFO[0012] Running: [/bin/sh -c ${command}]\n${message}\nerror building image: error building stage: failed to execute command: waiting for process to exit: exit status 1`,
};

describe.each(Object.entries(builders))("a build step: %s", (_, build) => {
  test.each(refusals)("%j", (message) => {
    const log = build(message, "systemctl daemon-reload");
    for (const text of [log, log.replaceAll("\n", "\r\n")]) {
      const [cause, ...more] = explainLog({ log: text });
      expect(more).toEqual([]);
      expect([cause?.id, cause?.rule]).toEqual(["build-systemctl", "image-systemctl-at-build"]);
      // Nothing of a boot, and no package.
      expect(cause && format(cause.fix)).not.toMatch(/install|dbus|--|docker logs/i);
    }
  });

  test.each([
    "/bin/sh: 1: systemctl: not found",
    "/bin/sh: line 1: systemctl: command not found",
    "bash: systemctl: command not found",
    "/bin/sh: systemctl: not found",
  ])("%s", (message) => {
    const log = build(message, "systemctl enable nginx");
    expect(told({ log })).toEqual([["build-no-systemctl", "image-systemd-missing"]]);
  });

  test("starts init", () => {
    const log = build("Couldn't find an alternative telinit implementation to spawn.", "/sbin/init");
    expect(told({ log })).toEqual([["build-init", undefined]]);
  });

  test("a play that is run by the build is of the build", () => {
    const message = `TASK [Restart it] ****\nfatal: [localhost]: FAILED! => ${JSON.stringify({ changed: false, msg: notBooted })}`;
    expect(told({ log: build(message, "ansible-playbook site.yml") })).toEqual([
      ["build-systemctl", "image-systemctl-at-build"],
    ]);
  });
});

test("what is booted after its build is of the boot", () => {
  const built = "Step 2/2 : CMD /sbin/init\nSuccessfully built 0123456789ab\nSuccessfully tagged web:latest";
  for (const log of [
    `${built}\nCouldn't find an alternative telinit implementation to spawn.`,
    `${built}\nAttaching to web-1\nweb-1  | Couldn't find an alternative telinit implementation to spawn.`,
  ])
    expect(told({ log })).toEqual([["telinit", "run-init"]]);
});

test("another command of a build step is not told to be systemctl", () => {
  for (const command of ["make start", "apt-get update && systemctl start web", "echo systemctl start web"])
    expect(
      told({
        log: `ERROR: failed to solve: process "/bin/sh -c ${command}" did not complete successfully: exit code: 2`,
      }),
    ).toEqual([]);
});

describe("a play of Ansible", () => {
  const failed = (msg: string) => `TASK [web : Restart it] *****\nfatal: [instance]: FAILED! => ${msg}`;

  test.each([
    [
      "one line of JSON",
      failed(JSON.stringify({ changed: false, msg: `failure 1 during daemon-reload: ${notBooted}\n` })),
    ],
    [
      "JSON over lines",
      failed(
        JSON.stringify({ changed: false, cmd: "systemctl", stderr_lines: notBooted.split("\n") }, null, 2),
      ),
    ],
    [
      "YAML",
      `TASK [web] ****\nfatal: [instance]: FAILED! =>\n  msg: |-\n    ${notBooted.replace("\n", "\n    ")}`,
    ],
    [
      "a service in an unknown state",
      failed('{"changed": false, "msg": "Service is in unknown state", "status": {}}'),
    ],
    [
      "a test of testinfra",
      `E  AssertionError: Unexpected exit code 1 for CommandResult(command=b'systemctl is-active web', stderr=b"${notBooted}")`,
    ],
    [
      "a handler",
      `RUNNING HANDLER [web : restart] ***\nfailed: [instance] (item=web) => {"msg": ${JSON.stringify(notBooted)}}`,
    ],
    [
      "a time before each line",
      failed(JSON.stringify({ msg: notBooted })).replaceAll(/^/gm, "2026-11-24T10:00:00.123Z "),
    ],
  ])("%s", (_, log) => {
    const [cause, ...more] = explainLog({ log });
    expect(more).toEqual([]);
    expect([cause?.id, cause?.rule]).toEqual(["not-booted-play", "run-command"]);
    expect(cause && format(cause.fix)).toContain("override_command: false");
  });
});

describe("a container whose PID 1 is another program", () => {
  test.each([
    ["a shell in it", `[root@0123456789ab /]# systemctl start httpd\n${notBooted}`],
    ["another prompt", `root@0123456789ab:/# systemctl status\n${notBooted}`],
    ["a bare prompt", `# /usr/bin/systemctl\n${notBooted}`],
    ["exec", `$ docker exec web systemctl status\n${notBooted}`],
    ["exec of Kubernetes", `${notBooted}\ncommand terminated with exit code 1`],
    ["CentOS 7", "[root@web /]# systemctl status\nFailed to get D-Bus connection: Operation not permitted"],
    ["compose", notBooted.replaceAll(/^/gm, "web-1  | ")],
    [
      "init by hand",
      `# systemctl\n${notBooted}\n# /sbin/init\nCouldn't find an alternative telinit implementation to spawn.`,
    ],
  ])("%s", (_, log) => {
    const [cause, ...more] = explainLog({ log });
    expect(more).toEqual([]);
    expect([cause?.id, cause?.rule]).toEqual(["not-booted-container", "run-command"]);
  });
});

test.each([
  "[root@0123456789ab /]# systemctl status\nbash: systemctl: command not found",
  "$ docker exec web sh -c 'systemctl status'\nsh: 1: systemctl: not found",
  "web-1  | /entrypoint.sh: line 3: systemctl: command not found",
])("a container without systemctl: %j", (log) => {
  expect(told({ log })).toEqual([["no-systemctl-in-shell", "image-systemd-missing"]]);
});

test.each([
  `Running the postCreateCommand from devcontainer.json...\n\nsudo systemctl start postgresql\n${notBooted}\npostCreateCommand from devcontainer.json failed with exit code 1.`,
  `[48123 ms] Start: Run in container: /bin/sh -c systemctl start web\n${notBooted}`,
])("a command of a dev container: %j", (log) => {
  const [cause, ...more] = explainLog({ log });
  expect(more).toEqual([]);
  expect([cause?.id, cause?.rule]).toEqual(["not-booted-devcontainer", "run-command"]);
  expect(cause && format(cause.fix)).toContain('"overrideCommand": false');
});

test("hostnamectl needs D-Bus where systemd is up", () => {
  const log = "# timedatectl status\nFailed to create bus connection: No such file or directory";
  const [cause] = explainLog({ log });
  expect(cause).toMatchObject({
    id: "bus-missing-client",
    rules: ["image-dbus-missing", "image-systemctl-at-build"],
  });
  expect(cause?.rule).toBeUndefined();
});

describe("where it was written is not known", () => {
  test.each(refusals)("%j names no rule", (message) => {
    const [cause] = explainLog({ log: message });
    expect(cause).toBeDefined();
    expect(cause?.rule).toBeUndefined();
  });

  test.each([
    "Failed to connect to bus: No such file or directory\nError: non zero exit code: 1: OCI runtime error",
    "$ podman exec web systemctl status\nFailed to connect to bus: No such file or directory",
    "sh-4.4# systemctl\nFailed to get D-Bus connection: No such file or directory",
  ])("%j is not told to install D-Bus", (log) => {
    for (const facts of [undefined, { engine: "podman", rootless: true }, { engine: "docker" }] as const) {
      const [cause] = explainLog({ log, facts });
      expect(cause && format(cause.fix)).toMatch(/log/);
      expect(cause && format(cause.fix)).not.toMatch(/install/);
      expect(cause?.rule).toBeUndefined();
      expect(cause?.id).toBe(facts?.engine === "podman" ? "bus-missing-rootless" : "bus-missing");
    }
  });
});
