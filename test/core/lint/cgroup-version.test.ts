import { expect, test } from "vitest";
import type { Target } from "../../../server/src/core/engine";
import { lint } from "../../../server/src/core/lint/lint";
import { noFiles } from "../no-files";

const uri = "file:///project/compose.yaml";

function found(service: string, target?: Target) {
  const text = `services:\n  web:\n    command: /usr/sbin/init\n    privileged: true\n    ${service}\n`;
  return lint({ uri, text, snapshot: noFiles, settings: { rules: {}, target } })
    .findings.filter(({ rule }) => rule === "image-cgroup-version")
    .map(({ message, severity, span }) => [message.key, severity, text.slice(span.start, span.end)]);
}

const key = (name: string) => `image-cgroup-version.${name}`;

test("a container of an image with an old systemd does not boot on cgroup v2", () => {
  expect(found("image: centos:7")).toEqual([[key("old"), "warning", "centos:7"]]);
  expect(found("image: jrei/systemd-centos:7")).toEqual([[key("old"), "warning", "jrei/systemd-centos:7"]]);
  const docker = { engine: "docker", version: "28.5.2" } as const;
  expect(found("image: centos:7", { ...docker, cgroupVersion: 2 })).toEqual([
    [key("refused"), "error", "centos:7"],
  ]);
  expect(found("image: centos:7", { ...docker, cgroupVersion: 1 })).toEqual([]);
});

test.each(["image: almalinux/9-init", "image: registry.example/web", "build: .\n    image: centos:7"])(
  "%s can contain a newer systemd",
  (service) => {
    expect(found(service)).toEqual([]);
  },
);
