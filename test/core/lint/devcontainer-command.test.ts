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
