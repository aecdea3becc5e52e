import { describe, expect, test } from "vitest";
import { detectInImage } from "../../../server/src/core/boot/detect";
import { readDockerfile } from "../../../server/src/core/image/dockerfile";
import { imageFacts } from "../../../server/src/core/plan/image-facts";
import type { ImageFacts } from "../../../server/src/core/plan/types";

function factsOf(text: string, files: Readonly<Record<string, string>> = {}): ImageFacts {
  const image = readDockerfile(text).image();
  if (!image) throw new Error("no image");
  const readFile = (path: string) => files[path];
  return imageFacts({ image, readFile }, detectInImage(image, readFile), "web");
}

test("what a Dockerfile says reaches the plan", () => {
  const facts = factsOf(
    [
      "FROM debian:13",
      "ENV container=docker",
      "RUN apt-get install -y systemd systemd-sysv chrony && systemctl enable chrony ssh && systemctl disable ssh",
      'VOLUME ["/sys/fs/cgroup", "/data"]',
      "STOPSIGNAL 37",
      'ENTRYPOINT ["/sbin/init"]',
    ].join("\n"),
  );
  expect(facts).toMatchObject({
    reference: "web",
    family: "debian",
    systemdVersion: 257,
    argv: ["/sbin/init"],
    hasEntrypoint: true,
    command: undefined,
    containerEnv: "docker",
    stopSignal: "37",
    volumes: ["/sys/fs/cgroup", "/data"],
    tmpMount: true,
  });
  expect(facts.needs.map(({ unit, capabilities }) => [unit, capabilities])).toEqual([
    ["chrony.service", ["SYS_TIME"]],
  ]);
});

test.each<[string, boolean | undefined]>([
  ["debian:12", false],
  ["debian:13", true],
  ["ubuntu:24.04", false],
  ["fedora:42", true],
  ["rockylinux:9", false],
  ["archlinux", true],
  ["opensuse/leap:15.6", undefined],
  ["amazonlinux:2023", undefined],
  ["registry.example.com/own", undefined],
])("tmp.mount of %s: %s", (base, expected) => {
  expect(factsOf(`FROM ${base}\nCMD ["/sbin/init"]\n`).tmpMount).toBe(expected);
});

describe("what services need", () => {
  const needs = (lines: readonly string[], files?: Readonly<Record<string, string>>) =>
    factsOf(["FROM debian:12", ...lines].join("\n"), files).needs.map(
      ({ unit, capabilities, directory }) => directory ?? `${unit} ${capabilities}`,
    );
  const unit = (start: string) => `[Service]\nExecStart=${start}\n`;

  test.each([
    ["a package that enables its service", "RUN apt-get install -y chrony", ["chrony.service SYS_TIME"]],
    ["one that is masked", "RUN apt-get install -y chrony && systemctl mask chrony", []],
    ["Docker and its containerd", "RUN apt-get install -y docker-ce containerd.io", ["/var/lib/docker"]],
    ["containerd alone", "RUN apt-get install -y containerd", ["/var/lib/containerd"]],
    ["a unit of k3s", "RUN systemctl enable k3s", ["/var/lib/rancher"]],
    ["the script of k3s", "RUN curl -sfL https://get.k3s.io | sh -", ["/var/lib/rancher"]],
    ["Docker's own script", "RUN curl -fsSL https://get.docker.com | sh", ["/var/lib/docker"]],
    ["the kernel's NFS server", "RUN apt-get install -y nfs-kernel-server", ["nfs-server.service "]],
  ])("%s", (_, line, expected) => {
    expect(needs([line])).toEqual(expected);
  });

  test.each([
    ["COPY app.service /etc/systemd/system/", "app.service"],
    ["COPY units /etc/systemd/system/", "units/app.service"],
    ["COPY units/*.service /lib/systemd/system/", "units/app.service"],
    ["COPY rootfs/ /", "rootfs/usr/lib/systemd/system/app.service"],
    ["COPY ./etc/ /etc/", "etc/systemd/system/app.service"],
    ["ADD . /usr/lib/systemd/system", "app.service"],
  ])("the program of a unit that is copied by %s", (copy, path) => {
    const files = { [path]: unit("/usr/local/bin/rclone mount nas: /srv") };
    expect(needs([copy, "RUN systemctl enable app"], files)).toEqual(["app.service SYS_ADMIN"]);
  });

  test.each([
    ["/usr/sbin/chronyd -x -F 1", []],
    ["-/usr/sbin/mount.nfs nas:/a /b", ["app.service SYS_ADMIN"]],
    ["/usr/bin/dockerd -H fd://", ["/var/lib/docker"]],
    ["/usr/bin/docker run web", []],
    ["/usr/bin/rclone sync a b", []],
    ["/usr/bin/app --user ntp", []],
  ])("a unit that starts %s", (start, expected) => {
    const lines = ["COPY app.service /etc/systemd/system/app.service", "RUN systemctl enable app"];
    expect(needs(lines, { "app.service": unit(start) })).toEqual(expected);
  });

  test("a drop-in that keeps chronyd off the clock", () => {
    const files = { "x.conf": "[Service]\nExecStart=\nExecStart=/usr/sbin/chronyd -x\n" };
    const copy = "COPY x.conf /etc/systemd/system/chrony.service.d/x.conf";
    expect(needs(["RUN apt-get install -y chrony", copy], files)).toEqual([]);
  });

  test("a mount through FUSE", () => {
    const lines = ["COPY srv.mount /etc/systemd/system/", "RUN systemctl enable srv.mount"];
    const mount = { "srv.mount": "[Mount]\nWhat=nas:/a\nWhere=/srv\nType=fuse.sshfs\n" };
    expect(factsOf(["FROM debian:12", ...lines].join("\n"), mount).needs[0]?.devices).toEqual(["/dev/fuse"]);
  });

  test("a unit that is copied and not enabled", () => {
    expect(needs(["COPY a.service /etc/systemd/system/"], { "a.service": unit("/usr/bin/dockerd") })).toEqual(
      [],
    );
  });
});
