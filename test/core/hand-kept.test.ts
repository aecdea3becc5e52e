import { expect, test } from "vitest";
import { packageUnits } from "../../server/src/core/systemd/package-units";
import { requiresSystemd, rpmInstalls, withoutSystemd } from "../../server/src/core/systemd/rpm-packages";
import { debianNames, rpmNames } from "../../server/src/core/systemd/unit-names";

// What no engine and no package manager could be asked is kept by hand, each row with its source.

const sources: Readonly<Record<string, readonly (readonly [name: string, source: string])[]>> = {
  "RPMs that require systemd": Object.entries(requiresSystemd),
  "RPMs that do not": Object.entries(withoutSystemd),
  "units of packages": Object.entries(packageUnits).map(([name, { source }]) => [name, source]),
  "other names on Debian": debianNames.map(({ wrong, source }) => [wrong, source]),
  "other names on RPM distributions": rpmNames.map(({ wrong, source }) => [wrong, source]),
};

/** Rows for which no source was found. Do not add any. */
const unsourced: Readonly<Record<string, readonly string[]>> = {
  "RPMs that do not": ["epel-release"],
  "units of packages": [...["mysql-server", "rke2-server", "docker-engine", "moby-engine", "incus", "ntp"]],
};

test.each(Object.keys(sources))("each row has a source: %s", (list) => {
  const rows = sources[list] ?? [];
  expect(rows.filter(([, source]) => source.trim() === "")).toEqual([]);
  const found = rows.filter(([, source]) => source === "unsourced").map(([name]) => name);
  expect(found.sort()).toEqual([...(unsourced[list] ?? [])].sort());
});

test("no RPM is in both lists", () => {
  expect(Object.keys(requiresSystemd).filter((name) => Object.hasOwn(withoutSystemd, name))).toEqual([]);
});

test.each([
  ["openssh-server", "init"],
  ["vsftpd", "init"],
  ["python3.12-devel", "nothing"],
  ["glibc-langpack-de", "nothing"],
  // Their spec files order them after systemd, and do not require it.
  ["rsyslog", undefined],
  ["bind", undefined],
  ["dnsmasq", undefined],
  ["iptables-services", undefined],
  ["podman", undefined],
])("what the RPM %s installs: %s", (name, expected) => {
  expect(rpmInstalls(name)).toBe(expected);
});
