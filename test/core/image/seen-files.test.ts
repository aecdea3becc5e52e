import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSeenFiles, unitFolders } from "../../../server/src/core/image/seen-files";
import { archived, debian12, type Files, systemd } from "./seen";

const read = (files: Files, programs: Readonly<Record<string, string>> = systemd) =>
  readSeenFiles(archived({ ...debian12, ...files }), programs);

test.each([
  ["\0libsystemd-core-257.so\0libsystemd-shared-257.so\0", 257],
  ["\0libsystemd-shared-247.so\0", 247],
  ["x systemd 219\0", 219],
  ["busybox", undefined],
])("the version of systemd in %j", (binary, version) => {
  expect(read({ "/lib/systemd/systemd": binary }).systemd).toBe(version);
});

test.each([
  ['ID=ubuntu\nID_LIKE=debian\nVERSION_ID="22.04"\n', ["ubuntu", "debian"], "22.04"],
  ['NAME="x"\nID="rocky"\nID_LIKE="rhel centos fedora"\n', ["rocky", "rhel", "centos", "fedora"], undefined],
  ["ID=debian\nVERSION_CODENAME=sid\n", ["debian"], "sid"],
  ['ID=debian\nVERSION_ID="[x](command:y)"\n', ["debian"], undefined],
  ["", [], undefined],
])("the distribution in %j", (text, distribution, release) => {
  expect(read({ "/etc/os-release": text })).toMatchObject({ distribution, release });
});

describe("units", () => {
  const etc = "/etc/systemd/system";
  test("the file in /etc overrides that of the distribution", () => {
    const seen = read({
      [`${etc}/default.target`]: { to: "/lib/systemd/system/multi-user.target" },
      [`${etc}/systemd-user-sessions.service`]: { to: "/dev/null" },
      [`${etc}/empty.service`]: "",
      [`${etc}/web.service.d/limits.conf`]: "[Service]\n",
      [`${etc}/multi-user.target.wants/web.service`]: { to: `${etc}/web.service` },
      [`${etc}/multi-user.target.wants/empty.service`]: { to: `${etc}/empty.service` },
    });
    expect(seen).toMatchObject({
      defaultTarget: "multi-user.target",
      masked: ["empty.service", "systemd-user-sessions.service"],
      enabled: ["web.service"],
      units: ["default.target", "empty.service", "systemd-user-sessions.service"],
      dropIns: [`${etc}/web.service.d/limits.conf`],
      deletedWants: true,
    });
  });

  test("what is no unit is not taken for one", () => {
    const odd = "a [x](y).service";
    const seen = read({ [`${etc}/${odd}`]: "", [`${etc}/default.target`]: { to: `/x/${odd}` } });
    expect(seen.units).not.toContain(odd);
    expect(seen.defaultTarget).toBeUndefined();
  });

  test("nothing is wanted where its links were deleted", () => {
    const { "/lib/systemd/system/multi-user.target.wants/systemd-user-sessions.service": _, ...rest } =
      debian12;
    expect(readSeenFiles(archived(rest), systemd).deletedWants).toBe(true);
    expect(read({}).deletedWants).toBe(false);
  });

  test("tmp.mount starts where a target wants it and nothing masks it", () => {
    const wants = { "/lib/systemd/system/local-fs.target.wants/tmp.mount": { to: "../tmp.mount" } };
    expect(read({}).tmpMount).toBe(false);
    expect(read(wants).tmpMount).toBe(true);
    expect(read({ ...wants, [`${etc}/tmp.mount`]: { to: "/dev/null" } }).tmpMount).toBe(false);
    expect(read(wants, {}).tmpMount).toBeUndefined();
  });
});

test.each([
  [undefined, "absent"],
  ["", "empty"],
  ["uninitialized\n", "uninitialized"],
  ["0123456789abcdef0123456789abcdef\n", "set"],
])("a machine-id of %j", (text, machineId) => {
  const { "/etc/machine-id": _, ...rest } = debian12;
  const files = text === undefined ? rest : { ...rest, "/etc/machine-id": text };
  expect(readSeenFiles(archived(files), systemd).machineId).toBe(machineId);
});

describe("systemctl", () => {
  const local = "/usr/local/bin/systemctl";
  const real = { "/usr/bin/systemctl": "/usr/bin/systemctl" };
  test.each([
    ["the real one", {}, real, undefined],
    [
      "a script that only works under systemd",
      { [local]: "#!/bin/sh\nif [ -d /run/systemd/system ]; then exec /bin/systemctl $@; fi\n" },
      { [local]: local, ...real },
      { path: local, kind: "stub" },
    ],
    [
      "a script that does nothing",
      { [local]: "#!/bin/sh\n" },
      { [local]: local, ...real },
      { path: local, kind: "stub" },
    ],
    [
      "a wrapper",
      { [local]: '#!/bin/sh\nexec /usr/bin/systemctl "$@"\n' },
      { [local]: local, ...real },
      undefined,
    ],
    [
      "another manager",
      { "/usr/bin/systemctl3.py": "#!/usr/bin/python3\n" },
      { "/usr/bin/systemctl": "/usr/bin/systemctl3.py" },
      { path: "/usr/bin/systemctl", kind: "manager" },
    ],
    ["a link to true", {}, { "/bin/systemctl": "/bin/true" }, { path: "/bin/systemctl", kind: "stub" }],
  ])("%s", (_, files: Files, programs, systemctl) => {
    expect(read(files, { ...systemd, ...programs }).systemctl).toEqual(systemctl);
  });
});

test("users, scripts and policy-rc.d", () => {
  const start = "#!/bin/sh\nexec /sbin/init\n";
  const files = { "/opt/start": start, "/usr/sbin/policy-rc.d": "#!/bin/sh\nexit 101\n" };
  expect(read(files, { ...systemd, "/start": "/opt/start" })).toMatchObject({
    users: ["root", "me"],
    scripts: { "/start": start },
    policy: true,
  });
});

test("reading never fails, and lists only units that are there", () => {
  const name = fc.constantFrom(
    "a.service",
    "a.service.d",
    "x.conf",
    "multi-user.target.wants",
    "default.target",
    "b",
  );
  const path = fc
    .tuple(fc.constantFrom(...unitFolders, "/etc", "/"), fc.array(name, { maxLength: 3 }))
    .map(([folder, names]) => [folder, ...names].join("/"));
  const file = fc.record({
    path,
    type: fc.constantFrom("file", "link", "directory"),
    target: fc.option(fc.constantFrom("/dev/null", "a.service", ""), { nil: undefined }),
    size: fc.nat(3),
    text: fc.option(fc.string(), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.array(file), (files) => {
      const { units, masked } = readSeenFiles(files as never, systemd);
      expect(units).toEqual(expect.arrayContaining([...masked]));
      for (const unit of units) {
        expect(files.some((each) => each.path.endsWith(`/${unit}`) && each.type !== "directory")).toBe(true);
      }
    }),
  );
});
