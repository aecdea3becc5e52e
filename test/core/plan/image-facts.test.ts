import { expect, test } from "vitest";
import { detectInImage } from "../../../server/src/core/boot/detect";
import { readDockerfile } from "../../../server/src/core/image/dockerfile";
import { imageFacts } from "../../../server/src/core/plan/image-facts";
import type { ImageFacts } from "../../../server/src/core/plan/types";

function factsOf(text: string): ImageFacts {
  const image = readDockerfile(text).image();
  if (!image) throw new Error("no image");
  return imageFacts(
    image,
    detectInImage(image, () => undefined),
    "web",
  );
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
