import { parse } from "jsonc-parser";
import { describe, expect, test } from "vitest";
import { applyEdits } from "../../../server/src/core/base/text";
import { lintProject, reported } from "../lint-project";

const Dockerfile = [
  "FROM debian:12",
  "RUN apt-get update && apt-get install -y systemd-sysv dbus",
  "STOPSIGNAL SIGRTMIN+3",
  'CMD ["/sbin/init"]',
].join("\n");

const textOf = (more: object) =>
  JSON.stringify({ build: { dockerfile: "Dockerfile" }, overrideCommand: false, ...more }, null, 2);

const findings = (more: object) =>
  lintProject({ ".devcontainer/devcontainer.json": textOf(more), ".devcontainer/Dockerfile": Dockerfile });

const found = (more: object) => reported(findings(more), "devcontainer-command");

const early = (call: string) => `information: devcontainer-command.early, call=${call}`;
const session = (user: string) => `warning: devcontainer-command.session, user=${user}`;

describe("a command that needs systemd as soon as the container runs", () => {
  test.each([
    [{ postCreateCommand: "sudo systemctl start app" }, "systemctl start app"],
    [{ postCreateCommand: ["systemctl", "restart", "app"] }, "systemctl restart app"],
    [{ postCreateCommand: ["bash", "-c", "make && systemctl start app"] }, "systemctl start app"],
    [{ postStartCommand: { web: "npm ci", db: "systemctl --now status db" } }, "systemctl status db"],
    [{ postAttachCommand: "systemctl is-active app || exit 1" }, "systemctl is-active app"],
  ])("%j is reported", (more, call) => {
    expect(found(more)).toEqual([early(call)]);
  });

  test("is reported once, in the order in which they run", () => {
    const more = { postStartCommand: "systemctl status a", onCreateCommand: "systemctl start b" };
    expect(found(more)).toEqual([early("systemctl start b")]);
  });

  test.each([
    { onCreateCommand: "systemctl is-system-running --wait", postCreateCommand: "systemctl start app" },
    { postCreateCommand: "until systemctl is-active app; do sleep 1; done" },
    { postCreateCommand: "sudo systemctl enable app" },
    { postCreateCommand: "echo systemctl start app" },
    { initializeCommand: "systemctl start docker" },
    { postCreateCommand: 1, postStartCommand: { a: null, b: [1] }, onCreateCommand: ["systemctl"] },
  ])("%j is not", (more) => {
    expect(found(more)).toEqual([]);
  });

  test("the suggestion puts the wait before it, and settles it", () => {
    const more = { postCreateCommand: 'sudo systemctl start "my app"\ttwice' };
    const [finding] = findings(more).filter(({ rule }) => rule === "devcontainer-command");
    const [fix] = finding?.fixes ?? [];
    expect(fix?.safe).toBe(false);
    const after = parse(applyEdits(textOf(more), fix?.edits ?? []));
    expect(after.postCreateCommand).toMatch(
      /^until sudo systemctl .*; done; sudo systemctl start "my app"\ttwice$/,
    );
    expect(found({ postCreateCommand: after.postCreateCommand })).toEqual([]);
  });

  test("there is no suggestion for a program without a shell", () => {
    const [finding] = findings({ postCreateCommand: ["systemctl", "start", "app"] }).filter(
      ({ rule }) => rule === "devcontainer-command",
    );
    expect(finding?.fixes).toEqual([]);
  });
});

describe("systemctl --user in a command, which has no session", () => {
  test.each([
    [{ postStartCommand: "systemctl --user daemon-reload" }, "root"],
    [{ postStartCommand: "systemctl --user start x", remoteUser: "dev" }, "dev"],
    [{ postStartCommand: "systemctl --user start x", containerUser: "root" }, "root"],
  ])("%j is reported", (more, user) => {
    expect(found(more)).toEqual([session(user)]);
  });

  test.each([
    { postStartCommand: "XDG_RUNTIME_DIR=/run/user/1000 systemctl --user start x" },
    { postStartCommand: "systemctl --user start x", remoteEnv: { XDG_RUNTIME_DIR: "/run/user/1000" } },
    { postStartCommand: "systemctl --user -M dev@ start x" },
    { postStartCommand: "su - dev -c 'systemctl --user start x'" },
  ])("%j is not", (more) => {
    expect(found(more)).toEqual([]);
  });
});

describe("a command in a service of a compose file", () => {
  const devcontainer = (more: object) =>
    JSON.stringify({ service: "dev", postCreateCommand: "systemctl start app", ...more });
  const inService = (more: object, files: Readonly<Record<string, string>>) =>
    reported(
      lintProject({ ".devcontainer/devcontainer.json": devcontainer(more), Dockerfile, ...files }),
      "devcontainer-command",
    );
  const service = (keys: string) => `services:\n  dev:\n${keys}`;
  const built = service("    build: .\n    user: me\n    init: true\n    env_file: a.env\n");

  test("is reported if the service boots systemd", () => {
    const files = { "compose.yml": built };
    expect(inService({ dockerComposeFile: "../compose.yml" }, files)).toEqual([early("systemctl start app")]);
    const more = { dockerComposeFile: "../compose.yml", overrideCommand: false, remoteUser: "a" };
    expect(inService({ ...more, postStartCommand: "systemctl --user status" }, files)).toContain(
      session("a"),
    );
  });

  test("is reported if the files together boot systemd", () => {
    const dockerComposeFile = ["../compose.yml", "dev.yml"];
    const files = { "compose.yml": built, ".devcontainer/dev.yml": service("    tty: true\n") };
    expect(inService({ dockerComposeFile }, files)).toEqual([early("systemctl start app")]);
  });

  test.each([
    ["the service does not boot systemd", {}, service("    image: debian:12\n    command: sleep infinity\n")],
    ["there is no such service", { service: "other" }, built],
    ["there is no file", { dockerComposeFile: "none.yml" }, built],
  ])("is not reported if %s", (_, more, compose) => {
    const all = { dockerComposeFile: "../compose.yml", ...more };
    expect(inService(all, { "compose.yml": compose })).toEqual([]);
  });

  test("is all that is reported of the service there", () => {
    const files = {
      ".devcontainer/devcontainer.json": devcontainer({ dockerComposeFile: "../compose.yml" }),
      "compose.yml": built,
      "a.env": "LANG=C\n",
      Dockerfile,
    };
    expect(lintProject(files).map(({ rule }) => rule)).toEqual(["devcontainer-command"]);
  });
});
