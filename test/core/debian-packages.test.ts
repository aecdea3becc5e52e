import { expect, test } from "vitest";
import { askedOn, debianInstalls } from "../../server/src/core/systemd/debian-packages";

/** What apt reports changes with each release and point release; after so many months it is asked again. */
const longest = 12;

test("apt was asked within a year", () => {
  const months = ((Date.now() - Date.parse(askedOn)) / (365.25 * 24 * 3600 * 1000)) * 12;
  expect(months, "run `npm run lab:packages`").toBeLessThan(longest);
});

test.each([
  ["systemd", "12", true, "systemd"],
  ["systemd", "12", false, "systemd"],
  ["systemd", undefined, false, "systemd"],
  ["systemd-sysv", "sid", false, "init"],
  ["init", "11", true, "init"],
  ["libpam-systemd", "13", false, "init"],
  ["openssh-server", "12", true, "init"],
  ["openssh-server", "12", false, "nothing"],
  ["network-manager", "9", true, "init"],
  ["curl", "12", true, "nothing"],
  ["python3", undefined, true, "nothing"],
  ["acme-agent", "12", true, undefined],
] as const)("%s on Debian %s, recommendations %s", (name, release, recommends, expected) => {
  expect(debianInstalls(name, release, recommends)).toBe(expected);
});
