import { expect, test } from "vitest";
import { lint } from "../../server/src/core/lint/lint";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { keyed } from "./keyed";

/** What is reported about the init path of a Dockerfile: rule and severity, in the order of the file. */
function judge(text: string, files: Readonly<Record<string, string>> = {}) {
  const uri = "file:///p/Dockerfile";
  const read = (asked: string) => (asked === uri ? text : files[asked.replace("file:///p/", "")]);
  return lint({ uri, text, snapshot: { runFiles: [], read }, settings: defaultSettings }).findings.filter(
    ({ rule }) => /^image-(systemd-missing|init-path)$/.test(rule),
  );
}

const said = (text: string, files?: Readonly<Record<string, string>>) =>
  judge(text, files).map(({ rule, severity }) => `${rule} ${severity}`);

const init = 'CMD ["/sbin/init"]\n';

test.each([
  ["nothing is installed", `FROM fedora:42\n${init}`],
  ["an EL 9", `FROM rockylinux:9.3\nRUN dnf -y install sudo python3 && dnf clean all\n${init}`],
  ["an EL 10 by its own registry", `FROM quay.io/rockylinux/rockylinux:10\nCMD ["/usr/sbin/init"]\n`],
  [
    "Amazon Linux",
    `FROM public.ecr.aws/amazonlinux/amazonlinux:2023\nRUN dnf install -y python3\nCMD ["/usr/lib/systemd/systemd"]\n`,
  ],
  [
    "Ubuntu",
    `FROM ubuntu:18.04\nRUN apt-get update && apt-get install -y python3 sudo ca-certificates\n${init}`,
  ],
  [
    "packages of which apt says that they do not bring it",
    `FROM debian:12\nRUN apt-get update && apt-get install -y curl gnupg tree\n${init}`,
  ],
  [
    "what a package recommends is left out",
    `FROM debian:12\nRUN apt-get install -y --no-install-recommends openssh-server\n${init}`,
  ],
  [
    "programs that install no packages",
    `FROM debian:12\nRUN curl -o /x http://h/x && pip install y && git clone z && mkdir -p /a\n${init}`,
  ],
  [
    "a directory that holds no programs",
    `FROM debian:12\nCOPY app /opt/app\nRUN tar -xf /a.tar -C /opt\n${init}`,
  ],
  ["the shell form", "FROM debian:12\nCMD exec /sbin/init\n"],
  [
    "a shell's script",
    'FROM debian:12\nCMD ["/bin/sh", "-c", "exec /sbin/init --log-target=journal 3>&1"]\n',
  ],
  ["a stage below", `FROM debian:12 AS base\nRUN apt-get install -y curl\nFROM base\n${init}`],
  ["an ARG", `ARG RELEASE=24.04\nFROM ubuntu:$RELEASE\n${init}`],
])("it is certain that the path is missing: %s", (_, text) => {
  expect(said(text)).toEqual(["image-systemd-missing error"]);
});

test.each([
  ["a package of which nothing is known", `FROM debian:12\nRUN apt-get install -y acme-server\n${init}`],
  ["one of an RPM distribution", `FROM fedora:42\nRUN dnf install -y acme-server\n${init}`],
  ["a package file", `FROM debian:12\nCOPY acme.deb /tmp/\nRUN dpkg -i /tmp/acme.deb\n${init}`],
  ["a script from elsewhere", `FROM debian:12\nRUN curl http://h/x | bash\n${init}`],
  ["a script that is not there", `FROM debian:12\nCOPY setup.sh /\nRUN /setup.sh\n${init}`],
  ["a tree of another stage", `FROM x AS b\nFROM debian:12\nCOPY --from=b /usr /usr\n${init}`],
  ["an archive", `FROM debian:12\nADD rootfs.tar.gz /\n${init}`],
  ["build dependencies", `FROM debian:12\nRUN apt-get build-dep -y acme\n${init}`],
])("what is not known lowers it by one step: %s", (_, text) => {
  expect(said(text)).toEqual(["image-systemd-missing warning"]);
});

test.each([
  ["systemd itself", `FROM ubuntu:22.04\nRUN apt-get install -y systemd-sysv\n${init}`],
  ["what depends on it", `FROM debian:12\nRUN apt-get install -y libpam-systemd curl\n${init}`],
  ["what recommends it", `FROM debian:12\nRUN apt-get install -y openssh-server\n${init}`],
  ["a service of an RPM distribution", `FROM rockylinux:9\nRUN dnf -y install httpd\n${init}`],
  [
    "systemd of openSUSE",
    `FROM opensuse/leap:15.6\nRUN zypper -n install systemd\nCMD ["/usr/lib/systemd/systemd"]\n`,
  ],
  ["init of openSUSE", `FROM opensuse/leap:15.6\nRUN zypper -n install dbus-1 systemd-sysvinit\n${init}`],
  ["a pattern for apt", `FROM debian:12\nRUN apt-get install -y 'systemd*' dbus\n${init}`],
  ["a pattern for yum", `FROM amazonlinux:2\nRUN yum install -y *systemd* sudo\n${init}`],
  ["names that are not known", `ARG PACKAGES\nFROM debian:12\nRUN apt-get install -y $PACKAGES\n${init}`],
  ["a base image with it", `FROM almalinux:9\n${init}`],
  ["one of which that is not known", `FROM quay.io/centos/centos:stream9\n${init}`],
  [
    "an own file at the path",
    `FROM debian:12\nRUN apt-get install -y systemd && ln -s /lib/systemd/systemd /usr/sbin/init\n${init}`,
  ],
  ["an own link", `FROM debian:12\nRUN ln -sf /opt/systemd/systemd /sbin/init\n${init}`],
  ["another init of Alpine", `FROM alpine:3.19\nRUN apk add --no-cache openssh\n${init}`],
  ["Upstart", `FROM oraclelinux:6\n${init}`],
])("nothing is said: %s", (_, text) => {
  expect(said(text)).toEqual([]);
});

test("on a distribution whose dependencies are not known, any package may bring it", () => {
  const of = (install: string) => said(`FROM opensuse/leap:16.0\n${install}${init}`);
  expect(of("RUN zypper -n install dbus-1\n")).toEqual(["image-systemd-missing information"]);
  expect(of("")).toEqual(["image-systemd-missing error"]);
});

test("a script of the build context is read, and what it installs counts", () => {
  const text = `FROM debian:12\nCOPY setup.sh /\nRUN sh /setup.sh\n${init}`;
  expect(said(text, { "setup.sh": "apt-get install -y curl\n" })).toEqual(["image-systemd-missing error"]);
  expect(said(text, { "setup.sh": "apt-get install -y init\n" })).toEqual([]);
  expect(said(text, { "setup.sh": "./more.sh\n" })).toEqual(["image-systemd-missing warning"]);
});

test("systemd alone has no /sbin/init, with its recommendations and without", () => {
  for (const option of ["", "--no-install-recommends "]) {
    expect(said(`FROM debian:12\nRUN apt-get install -y ${option}systemd dbus\n${init}`)).toEqual([
      "image-init-path error",
    ]);
    expect(said(`FROM ubuntu:22.04\nRUN apt-get install -y ${option}systemd apache2\n${init}`)).toEqual([
      option === "" ? "image-init-path warning" : "image-init-path error",
    ]);
  }
  expect(said(`FROM ubuntu:20.04\nRUN apt-get install -y systemd\n${init}`)).toEqual([]);
  expect(said(`FROM debian:10\nRUN apt-get install -y systemd\n${init}`)).toEqual([]);
  expect(said(`FROM debian:12\nRUN apt-get install -y systemd acme-agent\n${init}`)).toEqual([]);
  expect(said(`FROM debian:12\nRUN apt-get install -y systemd network-manager\n${init}`)).toEqual([]);
});

test("the image is named as the file names it", () => {
  const [finding] = judge(`FROM docker.io/rockylinux/rockylinux:9-minimal\n${init}`);
  expect(finding && keyed(finding.message)).toBe(
    "image-systemd-missing.missing(base=docker.io/rockylinux/rockylinux:9-minimal, path=/sbin/init)",
  );
});

test.each([
  ["the shell form", "FROM rockylinux:9\nCMD dnf -y install systemd && exec /sbin/init\n"],
  [
    "a shell's script",
    'FROM ubuntu:22.04\nCMD ["bash", "-c", "apt-get update && apt-get install -y systemd-sysv && exec /sbin/init"]\n',
  ],
  ["an entry script", 'FROM debian:12\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n'],
])("systemd is installed at each start: %s", (_, text) => {
  const start = "#!/bin/sh\napt-get update && apt-get install -y init\nexec /sbin/init\n";
  const findings = judge(text, { "start.sh": start });
  expect(findings.map(({ message, severity }) => `${message.key} ${severity}`)).toEqual([
    "image-systemd-missing.start warning",
  ]);
});
