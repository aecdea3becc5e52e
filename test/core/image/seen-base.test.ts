import { describe, expect, test } from "vitest";
import { seenBase } from "../../../server/src/core/boot/seen-base";
import { readInspected } from "../../../server/src/core/plan/inspected";
import { debian12, type Files, seenImage, systemd } from "./seen";

const release = (lines: string): Files => ({ "/etc/os-release": lines });

describe("the distribution", () => {
  test.each([
    ['ID=debian\nVERSION_ID="12"', "debian:12", "debian"],
    ["ID=debian\nVERSION_CODENAME=sid", "debian:sid", "debian"],
    ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"', "ubuntu:22.04", "ubuntu"],
    ['ID=linuxmint\nID_LIKE="ubuntu debian"\nVERSION_ID="21"', "ubuntu", "ubuntu"],
    ["ID=fedora\nVERSION_ID=41", "fedora:41", "rpm"],
    ['ID="centos"\nVERSION_ID="9"\nPRETTY_NAME="CentOS Stream 9"', "centos:stream9", "rpm"],
    ['ID="centos"\nVERSION_ID="7"\nPRETTY_NAME="CentOS Linux 7 (Core)"', "centos:7", "rpm"],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\nVERSION_ID="9.3"', "rockylinux:9", "rpm"],
    ['ID="almalinux"\nVERSION_ID="10.0"', "almalinux:10", "rpm"],
    ['ID="rhel"\nVERSION_ID="9.4"', "ubi9", "rpm"],
    ['ID="ol"\nVERSION_ID="8.9"', "oraclelinux:8", "rpm"],
    ['ID="amzn"\nVERSION_ID="2023"', "amazonlinux:2023", "rpm"],
    ['ID="opensuse-leap"\nVERSION_ID="15.6"', "opensuse/leap:15.6", "suse"],
    ['ID="mine"\nID_LIKE="suse"', "opensuse/leap", "suse"],
    ['ID="mine"\nID_LIKE="rhel"\nVERSION_ID="9.3"', "ubi9", "rpm"],
    ["ID=arch", "archlinux", "arch"],
    ["ID=alpine\nVERSION_ID=3.20.1", "alpine:3.20.1", "none"],
  ])("%j is %s", (lines, name, family) => {
    const image = seenImage(release(lines), { command: ["/sbin/init"] });
    expect(seenBase(image, "x")).toMatchObject({ name, family });
    // The plan for an image of the engine knows the same.
    expect(readInspected(image, "x")).toMatchObject({ facts: { family } });
  });

  test("without os-release nothing is stated where there is systemd", () => {
    expect(seenBase(seenImage({}), "x")).toBeUndefined();
    expect(seenBase(seenImage({}, { programs: {} }), "x")).toMatchObject({
      family: "none",
      hasSystemd: "no",
    });
  });
});

describe("whether it boots systemd", () => {
  const wrapper = { "/start": '#!/bin/sh\nmkdir -p /x\nexec "$@"\n' };
  const programs = { ...systemd, "/start": "/start" };
  test.each([
    ["by its command", {}, {}, true],
    [
      "by a link to it",
      {},
      { command: ["/boot"], programs: { ...systemd, "/boot": "/lib/systemd/systemd" } },
      true,
    ],
    ["not by a shell", {}, { command: ["bash"] }, false],
    ["not without systemd", {}, { programs: { "/sbin/init": "/usr/bin/tini" } }, false],
    ["by a script that starts its arguments", wrapper, { entrypoint: ["/start"], programs }, true],
    [
      "not by a script that starts others",
      { "/start": "#!/bin/sh\nexec nginx\n" },
      { entrypoint: ["/start"], programs },
      false,
    ],
    [
      "by a script that starts init",
      { "/start": "#!/bin/sh\nexec /sbin/init\n" },
      { entrypoint: ["/start"], command: [], programs },
      true,
    ],
  ])("%s", (_, files: Files, image, boots) => {
    expect(seenBase(seenImage({ ...debian12, ...files }, image), "x")?.bootsSystemd).toBe(boots);
  });
});

test("facts of the image take the place of the table's", () => {
  const image = seenImage(debian12, {
    systemd: 254,
    user: "me",
    environment: { container: "docker" },
    stopSignal: "SIGRTMIN+3",
    volumes: ["/data"],
    programs: { ...systemd, "/bin/sh": "/usr/bin/dash" },
  });
  expect(seenBase(image, "my/base:1")).toMatchObject({
    name: "debian:12",
    systemdVersion: 254,
    hasSystemd: "yes",
    initPath: "/sbin/init",
    env: { container: "docker" },
    stopSignal: "SIGRTMIN+3",
    volumes: ["/data"],
    sh: "dash",
    seen: { image: "my/base:1 (sha256:0123456789ab)", user: "me" },
  });
});

test.each([
  [{ "/sbin/init": "/sbin/openrc-init" }, undefined, "/sbin/openrc-init"],
  [
    { "/sbin/init": "/usr/bin/systemctl3.py" },
    { path: "/usr/bin/systemctl", kind: "manager" } as const,
    "a replacement for systemctl",
  ],
  [systemd, undefined, undefined],
])("the init of %j", (programs, systemctl, otherInit) => {
  expect(seenBase(seenImage(debian12, { programs, systemctl }), "x")?.otherInit).toBe(otherInit);
});
