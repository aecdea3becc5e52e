import { describe, expect, test } from "vitest";
import { message } from "../../server/src/core/base/message";
import { fixAll } from "../../server/src/core/lint/fix";
import { type LintInput, lint } from "../../server/src/core/lint/lint";
import { containerRule, type Rule } from "../../server/src/core/lint/rule";
import { rules } from "../../server/src/core/lint/rules/index";
import { defaultSettings, type Settings } from "../../server/src/core/lint/settings";
import { blind, made } from "./blind";
import { noFiles } from "./no-files";

const dockerfile = (text: string, settings: Settings = defaultSettings): LintInput => ({
  uri: "file:///p/Dockerfile",
  text,
  snapshot: noFiles,
  settings,
});
const compose = (text: string, settings: Settings = defaultSettings): LintInput => ({
  uri: "file:///p/compose.yaml",
  text,
  snapshot: noFiles,
  settings,
});
const both = [{ hints: false }, { hints: true }];

/** Gives a service another name. */
const renames = (from: string, to: string): Rule =>
  containerRule({
    ...made,
    id: `run-${to}`,
    *check({ source }, say) {
      const edits = [{ span: source.nameSpan, text: to }];
      if (source.name !== from) return;
      yield {
        span: source.nameSpan,
        message: say("m"),
        fixes: [{ title: message("t", "t"), safe: true, edits }],
      };
    },
  });

describe("a fix that does not help", () => {
  const bad = `FROM debian:12
ENV container=docker
RUN apt-get install -y systemd-sysv && : > /etc/machine-id
STOPSIGNAL SIGTERM
CMD ["/sbin/init"]
`;

  test("is taken back and named, and those beside it stay", () => {
    const { text: fixed, withdrawn, applied } = fixAll({ ...dockerfile(bad), rules: [blind, ...rules] });
    expect(fixed).toBe(bad.replace("SIGTERM", "SIGRTMIN+3"));
    expect(withdrawn.map(({ rule, span }) => [rule, fixed.slice(span.start, span.end)])).toEqual([
      ["image-blind", "FROM debian:12"],
    ]);
    expect(applied).toBe(1);
  });

  test("is not applied again when its finding returns, and is named", () => {
    const input = compose("services:\n  web:\n    image: x\n");
    const quarrel = [renames("web", "app"), renames("app", "web")];
    const { text: fixed, withdrawn } = fixAll({ ...input, rules: quarrel });
    expect(fixed).toBe(input.text);
    expect(withdrawn.map(({ rule, subjects }) => [rule, subjects])).toEqual([["run-app", ["web"]]]);
  });

  test("is not missed where each pass settles one of many", () => {
    const many = Array.from({ length: 20 }, (_, index) => renames(`web${index}`, `web${index + 1}`));
    const { text: fixed, withdrawn } = fixAll({
      ...compose("services:\n  web0:\n    image: x\n"),
      rules: many,
    });
    expect(fixed).toBe("services:\n  web20:\n    image: x\n");
    expect(withdrawn).toEqual([]);
  });
});

describe.each(both)("the machine ID is emptied once, below the last install (%j)", (options) => {
  const install = "RUN apt-get update && apt-get install -y systemd openssh-server\n";
  const head = "FROM debian:12\nENV container=docker\nSTOPSIGNAL SIGRTMIN+3\n";
  const line = "RUN : > /etc/machine-id\n";

  test.each([
    ["below ENTRYPOINT", `${head}ENTRYPOINT ["/sbin/init"]\n${install}`],
    ["below CMD", `${head}CMD ["/sbin/init"]\n${install}`],
    [
      "in lower case",
      `${head}CMD ["/sbin/init"]\n${install}`.replace(/^[A-Z]+/gm, (word) => word.toLowerCase()),
    ],
    ["below USER and CMD", `${head}USER root\nCMD ["/sbin/init"]\n${install}`],
  ])("%s", (_, source) => {
    const { text: fixed, withdrawn } = fixAll(dockerfile(source), options);
    expect(fixed.toLowerCase()).toContain(`${install}${line}`.toLowerCase());
    expect(fixed.match(/> \/etc\/machine-id/g)).toHaveLength(1);
    expect(withdrawn).toEqual([]);
    expect(fixAll(dockerfile(fixed), options).text).toBe(fixed);
  });

  test("below a later install, and above a USER that may not write it", () => {
    const later = "RUN apt-get install -y nginx\n";
    const source = `${head}${install}${later}COPY a /a\nUSER app\nRUN apt-get install -y vim\nUSER root\nCMD ["/sbin/init"]\n`;
    expect(fixAll(dockerfile(source), options).text).toContain(`${later}${line}COPY`);
  });

  test("not at all where another user installs systemd", () => {
    const source = `${head}USER app\nRUN sudo apt-get install -y systemd-sysv\nUSER root\nCMD ["/sbin/init"]\n`;
    expect(fixAll(dockerfile(source), options).text).not.toContain("machine-id");
  });
});

describe("hints", () => {
  const running = `services:
  web:
    image: registry.example.com/web
    command: /sbin/init
    security_opt: [writable-cgroups=true]
    tmpfs: [/run, /run/lock, "/tmp:exec,mode=1777"]
    stop_signal: SIGRTMIN+3
    environment: {container: docker}
`;
  const severities = (input: LintInput) => lint(input).findings.map(({ rule, severity }) => [rule, severity]);

  test("are fixed only when they are asked for", () => {
    expect(severities(compose(running))).toContainEqual(["run-tty", "hint"]);
    expect(fixAll(compose(running)).text).toBe(running);
    expect(fixAll(compose(running), { hints: true }).text).toContain("tty: true");
  });

  test("are what the rules call so, whatever the user's settings show", () => {
    const loud: Settings = { rules: { "run-tty": "error" }, target: undefined };
    expect(severities(compose(running, loud))).toContainEqual(["run-tty", "error"]);
    expect(fixAll(compose(running, loud)).text).toBe(running);
    const quiet: Settings = { rules: { "run-stop-signal": "hint" }, target: undefined };
    const wrong = running.replace("SIGRTMIN+3", "SIGTERM");
    expect(severities(compose(wrong, quiet))).toContainEqual(["run-stop-signal", "hint"]);
    expect(fixAll(compose(wrong, quiet)).text).toBe(running);
  });

  test("and guesses: no fix is automatic where a name or a program that cannot be read says systemd", () => {
    const known = dockerfile("FROM kindest/node:v1.30.0\nVOLUME /sys/fs/cgroup\n");
    expect(fixAll(known).text).not.toContain("VOLUME");
    for (const text of [
      "FROM me/ubuntu-systemd\nVOLUME /sys/fs/cgroup\n",
      'FROM debian:12\nCOPY entry /entry\nVOLUME /sys/fs/cgroup\nENTRYPOINT ["/entry"]\nCMD ["/sbin/init"]\n',
    ]) {
      expect(fixAll(dockerfile(text), { hints: true }).text).toBe(text);
    }
  });

  test("the shared machine ID is none where the image certainly boots systemd", () => {
    const source = (end: string) => dockerfile(`FROM debian:12\nRUN apt-get install -y systemd-sysv\n${end}`);
    expect(severities(source('CMD ["/sbin/init"]\n'))).toContainEqual(["image-machine-id", "information"]);
    const perhaps = source('COPY entry /entry\nENTRYPOINT ["/entry"]\nCMD ["/sbin/init"]\n');
    expect(severities(perhaps)).toContainEqual(["image-machine-id", "hint"]);
  });
});

describe.each(both)("an init that nobody can see (%j)", (options) => {
  test.each([
    ["of an archive", 'FROM scratch\nADD rootfs.tar /\nCMD ["/sbin/init"]\n'],
    ["of an archive, as ENTRYPOINT", 'FROM scratch\nADD rootfs.tar.xz /\nENTRYPOINT ["/sbin/init"]\n'],
    ["of an archive elsewhere", 'FROM scratch\nADD https://example.com/rootfs.tar /\nCMD ["/sbin/init"]\n'],
    ["of a directory", 'FROM scratch\nCOPY rootfs/ /\nCMD ["/bin/init"]\n'],
    ["of a stage of such", "FROM scratch AS a\nADD rootfs.tar /\nFROM a\nCMD /sbin/init\n"],
    ["of an unknown image", 'FROM registry.example.com/router\nCMD ["/sbin/init"]\n'],
    ["of an image without a name", 'ARG BASE\nFROM $BASE\n# not systemd\nCMD ["/sbin/init"]\n'],
  ])("%s: only hints, and no automatic fix", (_, source) => {
    const { findings } = lint(dockerfile(source));
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map(({ severity }) => severity))).toEqual(new Set(["hint"]));
    expect(findings.flatMap(({ fixes }) => fixes.filter(({ safe }) => safe))).toEqual([]);
    expect(fixAll(dockerfile(source), options).text).toBe(source);
  });

  test("of an image that a service builds: the same for the service", () => {
    const read = (uri: string) =>
      uri.endsWith("/Dockerfile") ? 'FROM scratch\nADD rootfs.tar /\nCMD ["/sbin/init"]\n' : undefined;
    const input = {
      ...compose("services:\n  web:\n    build: .\n    init: true\n"),
      snapshot: { runFiles: [], read },
    };
    expect(new Set(lint(input).findings.map(({ severity }) => severity))).toEqual(new Set(["hint"]));
    expect(fixAll(input, options).text).toBe(input.text);
  });

  test.each([
    ["its package", 'FROM registry.example.com/own\nRUN dnf install -y systemd\nCMD ["/sbin/init"]\n'],
    ["its path", 'FROM scratch\nADD rootfs.tar /\nCMD ["/lib/systemd/systemd"]\n'],
    ["a unit", 'FROM scratch\nADD rootfs.tar /\nCMD ["/sbin/init", "--unit=multi-user.target"]\n'],
    ["its volume", 'FROM scratch\nADD rootfs.tar /\nVOLUME /sys/fs/cgroup\nCMD ["/sbin/init"]\n'],
  ])("is systemd where the Dockerfile names %s", (_, source) => {
    const { findings } = lint(dockerfile(source));
    expect(findings.flatMap(({ fixes }) => fixes.filter(({ safe }) => safe))).not.toEqual([]);
  });
});

describe.each(both)("what nothing makes boot on the stated engine is left alone (%j)", (options) => {
  const old = 'FROM centos:7\nSTOPSIGNAL SIGTERM\nVOLUME /sys/fs/cgroup\nCMD ["/usr/sbin/init"]\n';
  const settings = (cgroupVersion: 1 | 2): Settings => ({
    rules: {},
    target: { engine: "docker", version: "28.5.2", cgroupVersion },
  });

  test("a Dockerfile with systemd 219 on cgroup v2", () => {
    expect(fixAll(dockerfile(old, settings(2)), options).text).toBe(old);
    expect(fixAll(dockerfile(old, settings(1)), options).text).toContain("SIGRTMIN+3");
    expect(fixAll(dockerfile(old), options).text).toContain("SIGRTMIN+3");
  });

  test("a service with it, and not the one beside it", () => {
    const read = (uri: string) => (uri.endsWith("/Dockerfile") ? old : undefined);
    const source = `services:
  old:
    build: .
    init: true
  new:
    image: jrei/systemd-debian:12
    command: /lib/systemd/systemd
    init: true
`;
    const input = { ...compose(source, settings(2)), snapshot: { runFiles: [], read } };
    const { text: fixed } = fixAll(input, options);
    expect(fixed).toContain("  old:\n    build: .\n    init: true\n  new:");
    expect(fixed).not.toBe(source);
  });
});

test("a finding of two services that share a fragment names both", () => {
  const { findings } = lint(
    compose(`x-base: &base
  image: registry.example.com/web
  command: /sbin/init
  init: true
services:
  web: *base
  db: *base
`),
  );
  expect(findings.find(({ rule }) => rule === "run-init")?.subjects).toEqual(["web", "db"]);
});
