import type { EngineFacts } from "../../server/src/core/engine";
import type { Engine } from "./engine";

/** Asks an engine by its client what it is. Rejects with the client's message when it does not answer. */
export async function readFacts(exec: Engine["exec"], client: EngineFacts["engine"]): Promise<EngineFacts> {
  const { code, stdout, stderr } = await exec([client, "info", "--format", "{{json .}}"]);
  if (code !== 0) throw new Error(`${client} info ended with ${code}: ${stderr.trim()}`);
  const info = JSON.parse(stdout);
  return client === "podman" ? podmanFacts(info) : dockerFacts(info);
}

interface DockerInfo {
  ServerVersion: string;
  /** Absent before Docker 20.10. */
  CgroupVersion?: string;
  SecurityOptions?: string[];
}

function dockerFacts(info: DockerInfo): EngineFacts {
  const has = (option: string) =>
    (info.SecurityOptions ?? []).some((written) => written.split(",").includes(`name=${option}`));
  return {
    engine: "docker",
    version: info.ServerVersion,
    cgroupVersion: info.CgroupVersion === "2" ? 2 : 1,
    rootless: has("rootless"),
    usernsRemap: has("userns"),
    appArmor: has("apparmor"),
    seLinux: has("selinux"),
  };
}

interface PodmanInfo {
  version: { Version: string };
  host: {
    cgroupVersion: string;
    security: { rootless: boolean; apparmorEnabled: boolean; selinuxEnabled: boolean };
  };
}

function podmanFacts({ version, host: { cgroupVersion, security } }: PodmanInfo): EngineFacts {
  return {
    engine: "podman",
    version: version.Version,
    cgroupVersion: cgroupVersion === "v2" ? 2 : 1,
    rootless: security.rootless,
    appArmor: security.apparmorEnabled,
    seLinux: security.selinuxEnabled,
  };
}
