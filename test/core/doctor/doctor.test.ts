import { describe, expect, test } from "vitest";
import { format } from "../../../server/src/core/base/message";
import { checks } from "../../../server/src/core/doctor/checks";
import { diagnose, proofImage } from "../../../server/src/core/doctor/doctor";
import type { EngineDetails } from "../../../server/src/core/doctor/engine";

const docker28: EngineDetails = {
  engine: "docker",
  version: "28.5.2",
  apiVersion: "1.51",
  cgroupVersion: 2,
  cgroupDriver: "systemd",
  privateCgroups: true,
  rootless: false,
  usernsRemap: false,
  appArmor: false,
  seLinux: false,
  seccomp: "builtin",
  noNewPrivileges: false,
  initBinary: "docker-init",
  builder: "buildkit",
  operatingSystem: "Debian GNU/Linux 12 (bookworm)",
  kernel: "6.1.0",
};

const podman: EngineDetails = {
  ...{ engine: "podman", version: "5.8.6", apiVersion: "1.44", cgroupVersion: 2, cgroupDriver: "systemd" },
  ...{ rootless: true, seccomp: "default", builder: "buildah" },
};

const examined = (engine: EngineDetails, reference = "x:1") =>
  diagnose(engine, proofImage(reference, engine));
const verdict = (engine: EngineDetails) => examined(engine).verdict;
const levels = (engine: EngineDetails) =>
  Object.fromEntries(checks(engine).map(({ what, level }) => [what.key, level]));

describe("the verdict is the launch plan's", () => {
  test("Docker 28 on cgroup 2 boots without a privilege, by the options that the plan names", () => {
    const { verdict, summary, command, start, explain } = examined(docker28, "it's:1");
    expect([verdict, summary.key]).toEqual(["boots", "doctor.verdict.boots"]);
    expect(command).toContain("--security-opt writable-cgroups=true");
    expect(start?.body).toMatchObject({
      Image: "it's:1",
      Entrypoint: ["/sbin/init"],
      HostConfig: { Init: false, SecurityOpt: ["writable-cgroups=true"] },
    });
    expect(explain.length).toBeGreaterThan(3);
  });

  test("older Docker boots at a price, and the price is said", () => {
    const { verdict, summary } = examined({ ...docker28, version: "26.1.5" });
    expect(verdict).toBe("costs");
    expect(summary.args.cost).toMatchObject({ key: "plan.cgroup.host-cost" });
  });

  test.each([
    ["rootless Docker on cgroup 1", { ...docker28, rootless: true, cgroupVersion: 1 }, "fails"],
    ["userns-remap with cgroupfs", { ...docker28, usernsRemap: true, cgroupDriver: "cgroupfs" }, "fails"],
    ["userns-remap with the systemd driver", { ...docker28, usernsRemap: true }, "unsure"],
    ["rootless Docker without delegation", { ...docker28, rootless: true, cgroupDriver: "none" }, "fails"],
    ["Docker, rootless", { ...docker28, rootless: true }, "costs"],
    ["cgroup 1", { ...docker28, cgroupVersion: 1 }, "costs"],
    ["Podman, rootless", podman, "boots"],
    ["an engine that says next to nothing", { engine: "docker" }, "unsure"],
  ] as [string, EngineDetails, string][])("%s", (_name, engine, wanted) => {
    expect(verdict(engine)).toBe(wanted);
  });

  test("where nothing makes it boot there is nothing to start, and the plan's reason", () => {
    const { start, command, summary } = examined({ ...docker28, rootless: true, cgroupVersion: 1 });
    expect([start, command]).toEqual([undefined, ""]);
    expect(summary.key).toBe("plan.refused.rootless-v1");
  });
});

describe("each property and what it means", () => {
  test("a healthy Docker has nothing bad", () => {
    expect(Object.values(levels(docker28))).not.toContain("bad");
    expect(Object.values(levels(docker28))).not.toContain("cost");
  });

  test("what the API does not tell is said to be untold: whether every container gets an init", () => {
    const init = checks(docker28).find(({ what }) => what.key === "doctor.init");
    expect(init).toMatchObject({
      value: "docker-init",
      level: "note",
      meaning: { key: "doctor.init.untold" },
    });
  });

  test.each([
    [{ ...docker28, version: "20.10.24" }, "doctor.version", "cost"],
    [{ ...docker28, version: "19.03.1" }, "doctor.version", "cost"],
    [{ ...docker28, cgroupVersion: 1 }, "doctor.cgroup-version", "cost"],
    [{ ...docker28, rootless: true, cgroupDriver: "none" }, "doctor.cgroup-driver", "bad"],
    [{ ...docker28, usernsRemap: true, cgroupDriver: "cgroupfs" }, "doctor.cgroup-driver", "bad"],
    [{ ...docker28, privateCgroups: false }, "doctor.cgroup-namespace", "note"],
    [{ ...docker28, seLinux: true }, "doctor.selinux", "cost"],
    [{ ...docker28, appArmor: true }, "doctor.apparmor", "note"],
    [{ ...docker28, seccomp: "unconfined" }, "doctor.seccomp", "note"],
    [{ ...docker28, noNewPrivileges: true }, "doctor.no-new-privileges", "note"],
    [{ ...docker28, builder: "classic" }, "doctor.builder", "cost"],
    [{ ...docker28, apiVersion: "1.40" }, "doctor.api", "note"],
    [{ ...docker28, operatingSystem: "Docker Desktop" }, "doctor.system", "good"],
  ] as [EngineDetails, string, string][])("%#: %s", (engine, what, level) => {
    expect(levels(engine)).toMatchObject({ [what]: level });
  });

  test("Podman is not asked what only Docker has", () => {
    expect(Object.keys(levels(podman))).not.toContain("doctor.userns");
    expect(Object.keys(levels(podman))).not.toContain("doctor.init");
    expect(Object.values(levels(podman))).not.toContain("bad");
  });

  test("no sentence has an unfilled place or stands under two keys", () => {
    const keys = new Map<string, string>();
    for (const engine of [docker28, podman, { engine: "docker" } as EngineDetails]) {
      for (const { meaning } of checks(engine)) {
        expect(format(meaning)).not.toMatch(/\{\w+\}/);
        expect(keys.get(meaning.key) ?? meaning.template).toBe(meaning.template);
        keys.set(meaning.key, meaning.template);
      }
    }
  });
});

test("what Docker 29 changes is said where it counts", () => {
  const meaning = (engine: EngineDetails, what: string) =>
    checks(engine).find((one) => one.what.key === what)?.meaning.key;
  expect(meaning({ ...docker28, version: "29.5.0" }, "doctor.version")).toBe("doctor.version.time");
  expect(meaning(docker28, "doctor.version")).toBe("doctor.version.new");
  expect(meaning({ ...docker28, cgroupVersion: 1 }, "doctor.cgroup-version")).toBe(
    "doctor.cgroup-version.1.docker",
  );
});
