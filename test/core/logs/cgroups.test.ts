import { describe, expect, test } from "vitest";
import { format } from "../../../server/src/core/base/message";
import type { EngineFacts } from "../../../server/src/core/engine";
import { type Cause, explainLog, type LogToExplain } from "../../../server/src/core/logs/explain";

const end = "[!!!!!!] Failed to allocate manager object.\nExiting PID 1...";

/** A boot that fails over its control group, as the console shows it. */
const boot = (line: string, { version = "252.39-1~deb12u1", in: kind = "docker" } = {}) =>
  `systemd ${version} running in system mode (+PAM)\nDetected virtualization ${kind}.\nSet hostname to <web>.\n${line}\n${end}`;

const first = (given: LogToExplain): Cause | undefined => explainLog(given)[0];
const fixOf = (given: LogToExplain) => {
  const cause = first(given);
  return cause && format(cause.fix);
};

const readOnly = "Failed to create /init.scope control group: Read-only file system";
const rootlessDocker: EngineFacts = { engine: "docker", rootless: true, cgroupVersion: 2 };

describe("a read-only tree", () => {
  const lines = [
    readOnly,
    "Failed to create /docker/0123456789ab/init.scope control group: Read-only file system",
    "Failed to create /machine.slice/libpod-0123456789ab.scope/init.scope control group: Read-only file system",
    "Failed to create root cgroup hierarchy: Read-only file system",
  ];

  test.each(lines)("%s: rootless Docker refuses writable-cgroups", (line) => {
    expect(first({ log: boot(line), facts: rootlessDocker })).toMatchObject({
      id: "cgroup-read-only-rootless",
      rule: "run-cgroup-writable",
    });
    expect(fixOf({ log: boot(line), facts: rootlessDocker })).toMatch(
      / --cgroupns=host -v \/sys\/fs\/cgroup:\/sys\/fs\/cgroup, .*delegated user slice/,
    );
  });

  test.each(lines)("%s: Podman mounts it itself", (line) => {
    for (const given of [
      { log: boot(line), facts: { engine: "podman" } as const },
      // The log itself names Podman.
      { log: boot(line, { in: "podman" }) },
    ]) {
      expect(first(given)).toMatchObject({ id: "cgroup-read-only-podman", rule: "run-podman-systemd" });
      expect(fixOf(given)).toMatch(/ --systemd=always, .*\/sys\/fs\/cgroup/);
    }
  });

  test("what is stated of the engine counts more than the log", () => {
    const facts = { engine: "docker", version: "28.5.2", cgroupVersion: 2 } as const;
    expect(first({ log: boot(readOnly, { in: "podman" }), facts })?.id).toBe("cgroup-read-only");
  });

  test("systemd of 2015 on cgroup v1", () => {
    const facts = { engine: "docker", cgroupVersion: 1 } as const;
    const log = boot("Failed to create root cgroup hierarchy: Read-only file system", { version: "219" });
    expect(first({ log, facts })).toMatchObject({ id: "cgroup-read-only-root", rule: "run-cgroup-writable" });
    expect(fixOf({ log, facts })).toContain("-v /sys/fs/cgroup:/sys/fs/cgroup");
  });
});

describe("a tree that may not be written to", () => {
  const denied = (path: string) => `Failed to create ${path}/init.scope control group: Permission denied`;

  test.each([
    "/user.slice/user-1000.slice/session-2.scope",
    "/user.slice/user-1001.slice/user@1001.service/user.slice/libpod-0123.scope",
    "/user.slice/user-1000.slice",
  ])("%s is the session of a rootless engine", (path) => {
    for (const kind of ["podman", "docker", "container-other"]) {
      const given = { log: boot(denied(path), { in: kind }) };
      expect(first(given)).toMatchObject({ id: "cgroup-session", rules: [] });
      expect(fixOf(given)).toMatch(/cgroup v2.*enable-linger/);
      expect(fixOf(given)).not.toMatch(/USER|root: /);
    }
  });

  test("a rootless engine, by what is stated", () => {
    const log = boot(denied(""));
    expect(first({ log, facts: { engine: "podman", rootless: true, cgroupVersion: 1 } })?.id).toBe(
      "cgroup-rootless",
    );
    expect(first({ log, facts: rootlessDocker })?.id).toBe("cgroup-rootless-v2");
    // It has cgroup v2 already.
    expect(fixOf({ log, facts: rootlessDocker })).not.toMatch(/cgroup v2/);
  });

  test("PID 1 that is not root could not write to /run either", () => {
    const log = boot(`Cannot write /run/machine-id: Permission denied\n${denied("")}`);
    for (const facts of [undefined, { engine: "podman", rootless: true }] as const)
      expect(explainLog({ log, facts }).map(({ id, rule }) => [id, rule])).toEqual([
        ["not-root", "image-user-not-root"],
      ]);
  });

  test("which it is cannot be told from the line alone", () => {
    const given = { log: boot(denied("")) };
    expect(first(given)).toMatchObject({ id: "cgroup-denied", rules: ["image-user-not-root", "run-user"] });
    expect(first(given)?.rule).toBeUndefined();
    for (const each of [/Remapped users/, /Rootless/, /SELinux/, /as root/])
      expect(fixOf(given)).toMatch(each);
  });
});

describe("no tree that systemd knows", () => {
  const mounts = [
    "Failed to mount cgroup at /sys/fs/cgroup/systemd: Operation not permitted",
    'Failed to mount cgroup (type cgroup) on /sys/fs/cgroup/systemd (MS_NOSUID|MS_NODEV|MS_NOEXEC "none,name=systemd,xattr"): Operation not permitted',
  ];
  const log = (line: string, version?: string, kind?: string) =>
    boot(line, { version, in: kind }).replace("allocate manager object", "mount API filesystems");

  test.each(mounts)("%s: the version in the log tells", (line) => {
    const of = (version: string, facts?: EngineFacts) => first({ log: log(line, version), facts })?.id;
    expect(of("219")).toBe("cgroup-mount-old-unknown");
    expect(of("219", { engine: "docker", cgroupVersion: 2 })).toBe("cgroup-mount-old-systemd");
    expect(of("219", { engine: "podman", cgroupVersion: 2 })).toBe("cgroup-mount-old-systemd");
    expect(of("252", { engine: "docker", cgroupVersion: 2 })).toBe("cgroup-mount-volume");
    expect(of("252")).toBe("cgroup-mount-unknown");
  });

  test.each(mounts)("%s: Podman is not told about VOLUME", (line) => {
    for (const facts of [undefined, { engine: "podman" }, { engine: "podman", cgroupVersion: 2 }] as const) {
      const given = { log: log(line, "239", "podman"), facts };
      expect(first(given)?.id).toBe("cgroup-mount-podman");
      expect(first(given)?.rule).toBeUndefined();
      expect(fixOf(given)).not.toMatch(/VOLUME|-v |writable-cgroups/);
    }
    const image = { reference: "web", volumes: ["/sys/fs/cgroup"], needs: [] };
    expect(first({ log: log(line), facts: { engine: "podman" }, image })?.id).toBe("cgroup-mount-podman");
  });

  test.each(mounts)("%s: a host with cgroup v1 may lack the hierarchy", (line) => {
    const given = { log: log(line, "239"), facts: { engine: "docker", cgroupVersion: 1 } as const };
    expect(first(given)?.id).toBe("cgroup-mount-v1");
    expect(first(given)?.rule).toBeUndefined();
    expect(fixOf(given)).toMatch(/none,name=systemd/);
  });

  test.each([
    "Cannot determine cgroup we are running in: No medium found",
    'Failed to mount cgroup2 (type cgroup2) on /sys/fs/cgroup (MS_NOSUID "nsdelegate"): Operation not permitted',
  ])("%s", (line) => {
    expect(first({ log: log(line) })?.rule).toBe("image-cgroup-volume");
    expect(first({ log: log(line, "258", "podman") })).toMatchObject({
      id: "cgroup-no-medium-podman",
      rule: "run-podman-systemd",
    });
  });
});

test("a host without inotify instances ends PID 1", () => {
  const line = "Failed to create control group inotify object: Too many open files";
  const log = boot(`${line}\nFailed to allocate manager object: Too many open files`);
  expect(explainLog({ log }).map(({ id, line }) => [id, line])).toEqual([["cgroup-inotify", line]]);
});

test("a unit's control group on a host with cgroup v1 is not told to need flags that it has", () => {
  const log = "web.service: Main process exited, code=exited, status=219/CGROUP";
  const given = { log, facts: { engine: "docker", version: "26.1.5", cgroupVersion: 1 } as const };
  expect(first(given)).toMatchObject({ id: "unit-cgroup-v1", rules: [] });
  expect(fixOf(given)).toMatch(/cgroup v2/);
  expect(first({ log })).toMatchObject({ id: "unit-cgroup", rule: "run-cgroup-writable" });
});

test.each([
  ["Failed to mount tmpfs at /run: Operation not permitted", "tmpfs-run"],
  ["Failed to mount tmpfs at /run/lock: Operation not permitted", "tmpfs-lock"],
  ["[!!!!!!] Failed to mount API filesystems.", "api-file-systems"],
  ["Failed to allocate manager object: Read-only file system", "manager-read-only"],
  ["tmp.mount: Failed with result 'exit-code'.", "tmp-mount"],
])("%s: Podman mounts it where it knows that systemd boots", (log, id) => {
  const given = { log, facts: { engine: "podman" } as const };
  expect(first(given)).toMatchObject({ id, rule: "run-podman-systemd" });
  expect(fixOf(given)).toContain(" --systemd=always");
  expect(first({ log })?.rule).not.toBe("run-podman-systemd");
});

describe("a container of LXC is not told about Docker's flags", () => {
  test.each([
    ["Failed to mount cgroup at /sys/fs/cgroup/systemd: Operation not permitted", "cgroup-mount-lxc"],
    [readOnly, "cgroup-read-only"],
    ["Failed to mount tmpfs at /run: Operation not permitted", "tmpfs-run"],
  ])("%s", (line, id) => {
    const given = { log: boot(line, { in: "lxc" }) };
    expect(first(given)?.id).toBe(id);
    expect(first(given)?.rule).toBeUndefined();
    expect(fixOf(given)).not.toMatch(/--|VOLUME|writable-cgroups/);
    expect(first({ ...given, facts: { engine: "docker", cgroupVersion: 2 } })?.rule).toBeDefined();
  });
});
