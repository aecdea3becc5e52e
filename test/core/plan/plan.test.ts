import { describe, expect, test } from "vitest";
import { format } from "../../../server/src/core/base/message";
import type { ContainerSpec } from "../../../server/src/core/container/spec";
import type { EngineFacts, Target } from "../../../server/src/core/engine";
import { needsOf } from "../../../server/src/core/plan/needs";
import { isPlan, plan } from "../../../server/src/core/plan/plan";
import type { ImageFacts, LaunchPlan, RequirementId } from "../../../server/src/core/plan/types";
import { keyed } from "../keyed";
import { columns, outcome, outcomes, systemds, without } from "./boots";

const bookworm: ImageFacts = {
  reference: "web",
  systemdVersion: 252,
  family: "debian",
  argv: ["/sbin/init"],
  containerEnv: "docker",
  stopSignal: "SIGRTMIN+3",
  volumes: [],
  tmpMount: false,
  needs: [],
};

function planned(facts: Target, image: Partial<ImageFacts> = {}): LaunchPlan {
  const result = plan({ ...bookworm, ...image }, facts);
  if (!isPlan(result)) throw new Error(format(result.refused));
  return result;
}

function docker(version?: string, cgroupVersion?: 1 | 2, more: Partial<EngineFacts> = {}): EngineFacts {
  return { engine: "docker", version, cgroupVersion, ...more };
}

/** What of a run makes the cgroup tree writable, in the words of the measured rows. */
function recipe({ mounts, cgroupNamespace, securityOptions, systemd, privileged }: ContainerSpec): string {
  expect(privileged).toBeUndefined();
  const parts = [
    ...mounts.map(({ source, target, readOnly }) =>
      source === "/sys/fs/cgroup" && target === source ? `bind ${readOnly ? "ro" : "rw"}` : `mount ${target}`,
    ),
    ...(cgroupNamespace ? [`${cgroupNamespace} namespace`] : []),
    ...securityOptions,
    ...(systemd ? [`systemd ${systemd}`] : []),
  ];
  return parts.join(", ");
}

const writable = "private namespace, writable-cgroups=true";
const host = "bind rw, host namespace";

describe("the cgroup recipe of an engine", () => {
  test.each<[string, Target, string, Partial<ImageFacts>?]>([
    ["nothing known", undefined, writable],
    ["Docker of an unknown version", docker(), writable],
    ["Docker 28.0 on v2", docker("28.0.0", 2), writable],
    ["Docker 28.5 on v2", docker("28.5.2", 2), writable],
    ["Docker 29 on v2", docker("29.7.2", 2), writable],
    ["Docker 27.5 on v2", docker("27.5.1", 2), host],
    ["Docker 26.1 on v2", docker("26.1.5", 2), host],
    ["Docker 20.10 on v2", docker("20.10.24+dfsg1", 2), host],
    ["Docker 26.1 on an unknown host", docker("26.1.5"), host],
    ["Docker 19.03, which has no --cgroupns", docker("19.03.15", 1), "bind rw"],
    ["Docker 28.5 on v1", docker("28.5.2", 1), host],
    ["Docker 20.10 on v1", docker("20.10.24", 1), host],
    ["Docker of an unknown version on v1", docker(undefined, 1), host],
    ["rootless Docker 28.5", docker("28.5.2", 2, { rootless: true }), host],
    ["rootless Docker on an unknown host", docker("28.5.2", undefined, { rootless: true }), host],
    ["Docker with userns-remap", docker("28.5.2", 2, { usernsRemap: true }), ""],
    ["Docker 26.1 with userns-remap", docker("26.1.5", 2, { usernsRemap: true }), ""],
    ["Podman", { engine: "podman", version: "5.8.6", cgroupVersion: 2 }, ""],
    ["Podman of which nothing is known", { engine: "podman" }, ""],
    ["Podman, rootless", { engine: "podman", rootless: true, cgroupVersion: 2 }, ""],
    ["Podman on v1", { engine: "podman", cgroupVersion: 1 }, ""],
    [
      "Docker 28.5, VOLUME over the cgroup tree",
      docker("28.5.2", 2),
      host,
      { volumes: ["/run", "/sys/fs/cgroup/"] },
    ],
    ["nothing known, VOLUME over the cgroup tree", undefined, host, { volumes: ["/sys/fs/cgroup"] }],
    ["Podman, VOLUME over the cgroup tree", { engine: "podman" }, "", { volumes: ["/sys/fs/cgroup"] }],
  ])("%s", (_, facts, expected, image) => {
    expect(recipe(planned(facts, image).spec)).toBe(expected);
  });

  test.each<[string, readonly string[], boolean]>([
    ["/sbin/init", ["/sbin/init"], true],
    ["systemd by any path", ["/lib/systemd/systemd", "--unit=multi-user.target"], true],
    ["the shell form of init", ["/bin/sh", "-c", "/sbin/init"], true],
    ["an init behind exec", ["/bin/sh", "-c", "exec /sbin/init"], false],
    ["an entry script", ["/entrypoint.sh", "/sbin/init"], false],
    ["init without its path", ["init"], false],
    ["another path of init", ["/bin/init"], false],
    ["what nobody knows", [], true],
  ])("Podman and %s", (_, argv, detects) => {
    expect(recipe(planned({ engine: "podman" }, { argv }).spec)).toBe(detects ? "" : "systemd always");
  });

  test("an assumed engine has the recipe of older Docker as its alternative", () => {
    for (const facts of [undefined, docker(), docker("28.5.2")]) {
      const { assumed, alternative } = planned(facts);
      expect(assumed).toBe(true);
      expect(alternative && recipe(alternative.spec)).toBe(host);
      expect(alternative?.alternative).toBeUndefined();
    }
  });

  test("a stated engine is not assumed, nor one on which the recipe does not depend", () => {
    expect(planned(docker("28.5.2", 2)).assumed).toBe(false);
    expect(planned(docker("20.10.24")).assumed).toBe(false);
    expect(planned(docker(undefined, 1)).assumed).toBe(false);
    expect(planned({ engine: "podman" }).assumed).toBe(false);
    expect(planned(docker("20.10.24", 2)).alternative).toBeUndefined();
  });

  test("with userns-remap the plan says that it may not boot", () => {
    const { notes } = planned(docker("28.5.2", 2, { usernsRemap: true }));
    expect(notes.map(({ key }) => key)).toContain("plan.note.userns-remap");
  });
});

describe("what no flags make boot is refused", () => {
  test.each<[string, number, Target, string | undefined]>([
    [
      "systemd 219 on v2",
      219,
      docker("28.5.2", 2),
      "plan.refused.old-systemd(version=219, where=plan.refused.host-v2)",
    ],
    [
      "systemd 229 on an assumed v2",
      229,
      undefined,
      "plan.refused.old-systemd(version=229, where=plan.refused.assumed-v2)",
    ],
    [
      "systemd 229 in Podman on v2",
      229,
      { engine: "podman", cgroupVersion: 2 },
      "plan.refused.old-systemd(version=229, where=plan.refused.host-v2)",
    ],
    ["systemd 229 on v1", 229, docker("28.5.2", 1), undefined],
    ["systemd 230 on v2", 230, docker("28.5.2", 2), undefined],
    ["systemd 258 on v1", 258, docker("28.5.2", 1), "plan.refused.new-systemd(version=258)"],
    [
      "systemd 262 in Podman on v1",
      262,
      { engine: "podman", cgroupVersion: 1 },
      "plan.refused.new-systemd(version=262)",
    ],
    ["systemd 257 on v1", 257, docker("28.5.2", 1), undefined],
    ["systemd 262 on v2", 262, docker("28.5.2", 2), undefined],
    ["rootless Docker on v1", 252, docker("28.5.2", 1, { rootless: true }), "plan.refused.rootless-v1"],
  ])("%s", (_, systemd, facts, reason) => {
    const result = plan({ ...bookworm, systemdVersion: systemd }, facts);
    expect(isPlan(result) ? undefined : keyed(result.refused)).toBe(reason);
  });
});

describe("the measured boots", () => {
  /** Debian 11, 12, 13 and sid, as a Dockerfile without any metadata makes them. */
  function debian(systemd: number): ImageFacts {
    return {
      ...bookworm,
      systemdVersion: systemd,
      containerEnv: undefined,
      stopSignal: undefined,
      tmpMount: systemd >= 257,
    };
  }
  const cells = columns.flatMap((column) => systemds.map((systemd) => ({ column, systemd })));

  test.each(cells)(
    "the plan boots on $column, systemd $systemd, or is refused where nothing does",
    ({ column, systemd }) => {
      const [cgroup, version] = column.split("/");
      const result = plan(debian(systemd), docker(version, cgroup === "1" ? 1 : 2));
      const rows = Object.values(outcomes).map((row) => outcome(row, column, systemd));
      if (!isPlan(result)) {
        expect(rows.every((found) => found === "x255" || found === "ref")).toBe(true);
        return;
      }
      const { spec } = result;
      // The private namespace is the engine's default on cgroup 2, and was measured as that.
      const name = recipe(spec).replace(writable, "writable-cgroups");
      expect(outcome(outcomes[name as keyof typeof outcomes], column, systemd)).toBe("ok");
      expect(spec.tmpfs.map(({ path }) => path)).toEqual(["/run", "/run/lock", "/tmp"]);
      expect(spec).toMatchObject({ tty: true, init: false, stopSignal: "SIGRTMIN+3" });
    },
  );

  test.each(cells)(
    "on $column, systemd $systemd, what is not advice is needed and what is advice is not",
    ({ column, systemd }) => {
      const [cgroup, version] = column.split("/");
      const result = plan(debian(systemd), docker(version, cgroup === "1" ? 1 : 2));
      if (!isPlan(result)) return;
      for (const { id, advice } of result.requirements) {
        // Both show when the container is stopped: 10 seconds and exit 137, measured apart from the boots.
        if (id === "stop-signal" || id === "container-env") continue;
        const row = without[id as keyof typeof without];
        expect([id, outcome(row, column, systemd)]).toEqual(
          advice ? [id, "ok"] : [id, expect.stringMatching(/^(x255|x1|deg)$/)],
        );
      }
    },
  );
});

describe("what else a systemd container is started with", () => {
  const ids = (facts: Target, image: Partial<ImageFacts>): RequirementId[] =>
    planned(facts, image).requirements.map(({ id }) => id);

  test.each<[string, Partial<ImageFacts>, boolean]>([
    ["set", { containerEnv: "oci", systemdVersion: 219 }, false],
    ["absent, systemd 247", { containerEnv: undefined, systemdVersion: 247 }, true],
    ["absent, systemd 248", { containerEnv: undefined, systemdVersion: 248 }, false],
    ["absent, systemd unknown", { containerEnv: undefined, systemdVersion: undefined }, true],
    ["empty, systemd 252", { containerEnv: "", systemdVersion: 252 }, true],
  ])("the variable container: %s", (_, image, needed) => {
    const facts = docker("28.5.2", image.systemdVersion === 219 ? 1 : 2);
    expect(ids(facts, image).includes("container-env")).toBe(needed);
    expect(planned(facts, image).spec.environment).toEqual(needed ? { container: "docker" } : {});
  });

  test.each<[string, string | undefined, boolean, boolean]>([
    ["none", undefined, true, false],
    ["SIGRTMIN+3", "SIGRTMIN+3", false, false],
    ["its number", "37", false, false],
    ["RTMIN+4", "RTMIN+4", false, false],
    ["SIGTERM", "SIGTERM", true, true],
    ["SIGINT, a reboot", "SIGINT", true, true],
  ])("the image's stop signal: %s", (_, stopSignal, onDocker, onPodman) => {
    expect(planned(docker("28.5.2", 2), { stopSignal }).spec.stopSignal).toBe(
      onDocker ? "SIGRTMIN+3" : undefined,
    );
    expect(planned({ engine: "podman" }, { stopSignal }).spec.stopSignal).toBe(
      onPodman ? "SIGRTMIN+3" : undefined,
    );
  });

  test("Podman mounts the tmpfs and sets the variable by itself", () => {
    const { spec } = planned({ engine: "podman" }, { containerEnv: undefined, systemdVersion: undefined });
    expect(spec).toMatchObject({ tmpfs: [], environment: {}, init: false });
  });

  test("a command that the image lacks, behind an entrypoint and without one", () => {
    const command = ["/sbin/init", "--unit=multi-user.target"];
    expect(planned(undefined, { command }).spec).toMatchObject({ command: { words: command } });
    expect(planned(undefined, { command, hasEntrypoint: true }).spec).toMatchObject({
      entrypoint: { words: ["/sbin/init"] },
      command: { words: ["--unit=multi-user.target"] },
    });
  });

  test("a family without Debian's patch has /run/lock as advice", () => {
    const advice = (image: Partial<ImageFacts>) =>
      planned(undefined, image).requirements.find(({ id }) => id === "tmpfs-run-lock")?.advice;
    expect(advice({ family: "rpm" })).toBe(true);
    expect(advice({ family: "ubuntu", systemdVersion: 255 })).toBeUndefined();
    expect(advice({ family: undefined, systemdVersion: undefined })).toBeUndefined();
  });

  test("SELinux on Docker is a note", () => {
    const facts = docker("28.5.2", 2, { seLinux: true });
    expect(planned(facts).notes.map(format).join()).toContain("container_manage_cgroup");
    expect(planned({ engine: "podman", seLinux: true }).notes).toEqual([]);
  });

  test("nothing needs a privileged container, an unconfined one or SYS_ADMIN", () => {
    for (const facts of [
      undefined,
      docker("20.10.24", 2),
      docker("28.5.2", 1),
      { engine: "podman" } as const,
    ]) {
      const { spec } = planned(facts);
      expect([spec.privileged, spec.capabilities]).toEqual([undefined, []]);
      expect(spec.securityOptions.filter((option) => option.includes("unconfined"))).toEqual([]);
    }
  });
});

describe("needs of workloads", () => {
  const granted = (facts: Target, ...units: string[]) => {
    const { spec, notes } = planned(facts, { needs: needsOf(units) });
    const own = spec.securityOptions.filter((option) => !option.startsWith("writable-cgroups"));
    return { add: [...spec.capabilities, ...spec.devices, ...own], notes: notes.length };
  };

  test.each<[string, readonly string[], number?]>([
    ["chronyd.service", ["SYS_TIME"]],
    ["ntp.service", ["SYS_TIME"]],
    ["srv-data.mount", ["SYS_ADMIN", "apparmor=unconfined"]],
    ["nfs-client.target", ["SYS_ADMIN", "apparmor=unconfined"]],
    ["autofs.service", ["SYS_ADMIN", "apparmor=unconfined"]],
    ["rclone@backup.service", ["SYS_ADMIN", "/dev/fuse", "apparmor=unconfined"]],
    ["libvirtd.service", ["NET_ADMIN", "/dev/kvm", "/dev/net/tun"]],
    ["firewalld.service", ["NET_ADMIN"]],
    ["keepalived.service", ["NET_ADMIN", "NET_BROADCAST"]],
    ["openvpn-server@office.service", ["NET_ADMIN", "/dev/net/tun"]],
    ["wg-quick@wg0.service", ["NET_ADMIN"]],
    ["isc-dhcp-server.service", []],
    ["ssh.service", []],
    ["vault.service", ["IPC_LOCK"]],
    ["docker.service", [], 1],
    ["nfs-server.service", [], 1],
    ["auditd.service", [], 1],
    ["lvm2-monitor.service", [], 1],
    ["systemd-networkd.service", [], 1],
    ["nginx.service", []],
  ])("%s on Docker", (unit, add, notes = 0) => {
    expect(granted(docker("28.5.2", 2), unit)).toEqual({ add, notes });
  });

  test("what Docker grants to every container is needed on Podman", () => {
    expect(granted({ engine: "podman" }, "sshd.service", "iptables.service").add).toEqual([
      "AUDIT_WRITE",
      "NET_ADMIN",
      "NET_RAW",
    ]);
  });

  test("Debian's sshd and cron write no audit records", () => {
    expect(needsOf(["ssh.service", "cron.service"], "debian")).toEqual([]);
    expect(needsOf(["sshd.service"], "rpm")).toHaveLength(1);
  });

  test("without AppArmor nothing is unconfined", () => {
    expect(granted(docker("28.5.2", 2, { appArmor: false }), "srv.mount").add).toEqual(["SYS_ADMIN"]);
  });

  test("an inner engine is told of the time namespaces of Docker 29.5, and cgroup v1 of its end", () => {
    const notes = (version: string, cgroupVersion: 1 | 2, unit: string) => {
      const { notes } = planned(docker(version, cgroupVersion), { needs: needsOf([unit]) });
      return notes.map(({ key }) => key);
    };
    expect(notes("29.5.0", 2, "docker.service")).toEqual(["need.nested-engine", "plan.note.time-namespace"]);
    expect(notes("29.4.1", 2, "docker.service")).toEqual(["need.nested-engine"]);
    expect(notes("29.5.0", 2, "nfs-server.service")).toEqual(["need.nfs-server"]);
    expect(notes("29.0.0", 1, "nginx.service")).toEqual(["plan.note.cgroup-v1"]);
    expect(notes("28.5.2", 1, "nginx.service")).toEqual([]);
  });

  test("each reason names its unit", () => {
    for (const { unit, reason } of needsOf(["chronyd.service", "docker.service"])) {
      expect(format(reason)).toContain(unit);
    }
  });
});
