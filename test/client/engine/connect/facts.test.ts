import { expect, test } from "vitest";
import { engineSelf } from "../../../../client/src/engine/connect/facts";

const docker = { Version: "28.5.2", ApiVersion: "1.51", Os: "linux", Components: [{ Name: "Engine" }] };
const bridge = [{ Name: "bridge" }];

test("rootless Docker on cgroup 2 with AppArmor", () => {
  const SecurityOptions = ["name=seccomp,profile=builtin", "name=rootless", "name=cgroupns", "name=apparmor"];
  const self = engineSelf({
    version: docker,
    info: { CgroupVersion: "2", SecurityOptions },
    networks: bridge,
  });
  expect(self.facts).toMatchObject({ rootless: true, appArmor: true, seLinux: false, usernsRemap: false });
});

test("userns-remap and SELinux on cgroup 1", () => {
  const info = { CgroupVersion: "1", SecurityOptions: ["name=userns", "name=selinux"] };
  const { facts } = engineSelf({ version: docker, info, networks: bridge });
  expect(facts).toMatchObject({ cgroupVersion: 1, usernsRemap: true, seLinux: true });
});

test("Podman is known by its component and never builds with BuildKit", () => {
  const version = {
    Version: "5.8.6",
    ApiVersion: "1.41",
    Components: [{ Name: "Podman Engine", Version: "5.8.6" }, { Name: "Conmon" }],
  };
  const self = engineSelf({
    version,
    info: { CgroupVersion: "v2", SecurityOptions: ["name=rootless"] },
    networks: [],
  });
  expect(self).toMatchObject({ name: "Podman 5.8.6", buildKit: false, bridge: true });
  expect(self.facts).toMatchObject({ engine: "podman", version: "5.8.6", cgroupVersion: 2, rootless: true });
});

test.each([
  ["1.38", false],
  ["1.39", true],
  ["1.51", true],
  ["2.0", true],
  [undefined, false],
])("API %s builds with BuildKit: %s", (ApiVersion, buildKit) => {
  expect(engineSelf({ version: { ...docker, ApiVersion }, info: {}, networks: [] }).buildKit).toBe(buildKit);
});

test("an engine that says next to nothing", () => {
  const self = engineSelf({ version: {}, info: { SecurityOptions: null }, networks: [] });
  expect(self).toMatchObject({ name: "Docker", windows: false, bridge: false });
  expect(self.facts.cgroupVersion).toBeUndefined();
});
