import { expect, test } from "vitest";
import { lint } from "../../server/src/core/lint/lint";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { keyed } from "./keyed";

/** What one rule reports of a Dockerfile, with other files beside it. */
function judge(rule: string, text: string, files: Readonly<Record<string, string>> = {}) {
  const uri = "file:///p/Dockerfile";
  const read = (asked: string) => (asked === uri ? text : files[asked.replace("file:///p/", "")]);
  const runFiles = Object.keys(files).map((name) => `file:///p/${name}`);
  const { findings } = lint({ uri, text, snapshot: { runFiles, read }, settings: defaultSettings });
  return findings.filter((finding) => finding.rule === rule);
}

const keys = (...of: Parameters<typeof judge>) =>
  judge(...of).map(({ message, severity }) => `${message.key.replace(/^.*\./, "")} ${severity}`);

test("where the base image may have /run/nologin, removing it does not end the build", () => {
  const text = (base: string, line: string) =>
    `FROM ${base}\nRUN ${line}\nRUN apt-get install -y systemd-sysv\nCMD ["/usr/sbin/init"]\n`;
  expect(keys("image-nologin", text("centos:7", "rm /run/nologin"))).toEqual(["useless warning"]);
  expect(keys("image-nologin", text("almalinux:9", "mv /var/run/nologin /tmp"))).toEqual(["useless warning"]);
  expect(keys("image-nologin", text("debian:12", "rm /run/nologin"))).toEqual(["fails error"]);
  expect(keys("image-nologin", text("ubuntu:22.04", "rm -f /run/nologin"))).toEqual(["useless warning"]);
});

test("a base image whose build deleted the link of systemd-user-sessions refuses logins", () => {
  const text = (base: string, lines: string) => `FROM ${base}\nRUN ${lines}\nCMD ["/usr/sbin/init"]\n`;
  const install = "yum -y install openssh-server && systemctl enable sshd";
  expect(keys("image-nologin", text("centos/systemd", install))).toEqual(["base warning"]);
  expect(keys("image-nologin", text("jrei/systemd-fedora:42", install))).toEqual(["base warning"]);
  expect(keys("image-nologin", text("centos:7", install))).toEqual([]);
  expect(keys("image-nologin", text("centos/systemd", "yum -y install httpd"))).toEqual([]);
  const link = "systemctl add-wants multi-user.target systemd-user-sessions.service";
  expect(keys("image-nologin", text("centos/systemd", `${install} && ${link}`))).toEqual([]);
});

test("a volume that the base image declares too cannot be removed here", () => {
  const text = (base: string) => `FROM ${base}\nVOLUME ["/sys/fs/cgroup"]\nCMD ["/usr/sbin/init"]\n`;
  const [inherited] = judge("image-cgroup-volume", text("centos/systemd"));
  expect(inherited?.message.key).toBe("image-cgroup-volume.inherited");
  expect(inherited?.fixes).toEqual([]);
  expect(judge("image-cgroup-volume", text("centos:7"))[0]?.fixes).toHaveLength(1);
});

test.each(["[ “/sys/fs/cgroup” ]", "[“/sys/fs/cgroup”]", "['/sys/fs/cgroup']"])(
  "a list that is not JSON declares other volumes: %s",
  (list) => {
    const text = `FROM centos:7\nVOLUME ${list}\nCMD ["/usr/sbin/init"]\n`;
    expect(keys("image-cgroup-volume", text)).toEqual(["quotes hint"]);
  },
);

test("a volume under a tmpfs of every run is a hint, under one of some a warning", () => {
  const text = 'FROM debian:12\nRUN apt-get install -y systemd-sysv\nVOLUME /run\nCMD ["/sbin/init"]\n';
  const service = (name: string, more: string) => `  ${name}:\n    build: .\n${more}`;
  const tmpfs = "    tmpfs: [/run, /run/lock]\n";
  const compose = (...services: string[]) => ({ "compose.yaml": `services:\n${services.join("")}` });
  const runs = (...services: string[]) => keys("image-runtime-volume", text, compose(...services));
  expect(runs(service("a", tmpfs), service("b", tmpfs))).toEqual(["covered hint"]);
  expect(runs(service("a", tmpfs), service("b", ""))).toEqual(["found warning"]);
  expect(runs(service("a", "    privileged: true\n"))).toEqual(["found warning"]);
  expect(keys("image-runtime-volume", text)).toEqual(["found warning"]);
});

test("targets that systemd 262 has built in come from no file", () => {
  const text = (release: string, path: string) =>
    `FROM debian:${release}\nRUN apt-get install -y systemd-sysv && rm -f ${path}\nCMD ["/sbin/init"]\n`;
  const target = "/usr/lib/systemd/system/multi-user.target";
  expect(keys("image-unit-deleted", text("sid", target))).toEqual(["builtIn hint"]);
  expect(judge("image-unit-deleted", text("sid", target))[0]?.fixes).toEqual([]);
  expect(keys("image-unit-deleted", text("12", target))).toEqual(["found hint"]);
  expect(keys("image-unit-deleted", text("sid", "/usr/lib/systemd/system/getty.target"))).toEqual([
    "found hint",
  ]);
  expect(keys("image-unit-deleted", text("12", "/lib/systemd/system/plymouth*"))).toEqual([]);
  expect(keys("image-unit-deleted", text("12", "'/lib/systemd/system/systemd-update-utmp'*"))).toEqual([]);
});

test("systemd is named where another package that depends on it stands beside it", () => {
  const text =
    'FROM debian:12\nRUN apt-get install -y systemd systemd-cron libpam-systemd\nCMD ["/sbin/init"]\n';
  const [finding] = judge("image-machine-id", text);
  expect(text.slice(finding?.span.start, finding?.span.end)).toBe("systemd");
});

test("what unshare starts is not PID 1 of the container", () => {
  const text = (program: string) => `FROM debian:12\nRUN apt-get install -y systemd-sysv\n${program}\n`;
  const exec = 'CMD ["unshare", "--pid", "--fork", "--mount-proc", "/lib/systemd/systemd"]';
  for (const program of [exec, "CMD exec unshare --fork --pid /lib/systemd/systemd"]) {
    expect(keys("image-stop-signal", text(program))).toEqual([]);
  }
  expect(keys("image-stop-signal", text('CMD ["/lib/systemd/systemd"]'))).not.toEqual([]);
});

test("messages name the base image as the file does", () => {
  const text = 'FROM docker.io/jrei/systemd-centos:7@sha256:0123\nCMD ["/usr/sbin/init"]\n';
  const [finding] = judge("image-cgroup-version", text);
  expect(finding && keyed(finding.message)).toBe(
    "image-cgroup-version.old(base=docker.io/jrei/systemd-centos:7, version=219)",
  );
});

test("Alpine's /sbin/init without OpenRC is not systemd", () => {
  const { findings } = lint({
    uri: "file:///p/Dockerfile",
    text: 'FROM alpine:3.19\nRUN apk add --no-cache openssh\nCMD ["/sbin/init"]\n',
    snapshot: { runFiles: [], read: () => undefined },
    settings: defaultSettings,
  });
  expect(findings).toEqual([]);
});

test("Debian's policy-rc.d is told where configuration management installs packages", () => {
  const text = 'FROM debian:12\nRUN apt-get install -y systemd-sysv python3\nCMD ["/sbin/init"]\n';
  const compose = (name: string) => ({ "compose.yaml": `services:\n  ${name}:\n    build: .\n` });
  expect(keys("image-policy-rc-d", text, compose("kitchen-debian"))).toEqual(["found hint"]);
  expect(keys("image-policy-rc-d", text, compose("web"))).toEqual([]);
  const removed = text.replace("CMD", "RUN rm -f /usr/sbin/policy-rc.d\nCMD");
  expect(keys("image-policy-rc-d", removed, compose("kitchen-debian"))).toEqual([]);
});
