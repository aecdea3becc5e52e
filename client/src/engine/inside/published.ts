import type Docker from "dockerode";
import type { Published, PublishedPort } from "../../ports/inside";
import type { Endpoint } from "../connect/endpoints";
import { inspectContainer } from "../container/containers";
import { withFaults } from "../errors";

/** The TCP ports of a container that can be reached from outside, and at which address. */
export function publishedPorts(docker: Docker, endpoint: Endpoint, container: string): Promise<Published> {
  return withFaults("read-ports", undefined, async () => {
    const { NetworkSettings, HostConfig, Config } = await inspectContainer(docker, container);
    const machine = machineOf(endpoint);
    // In the host's own network nothing is published: what listens there is reached as it is.
    if (HostConfig?.NetworkMode === "host") {
      const ports = Object.keys(Config.ExposedPorts ?? {}).flatMap(tcpPort);
      return { ports: ports.map((port) => ({ inside: port, host: machine, port })), noNetwork: false };
    }
    const found = new Map<string, PublishedPort>();
    for (const [name, bindings] of Object.entries(NetworkSettings?.Ports ?? {})) {
      for (const inside of tcpPort(name)) {
        for (const { HostIp = "", HostPort } of bindings ?? []) {
          const host = hostOf(HostIp, machine);
          found.set(`${host}:${HostPort}`, { inside, host, port: Number(HostPort) });
        }
      }
    }
    return { ports: [...found.values()], noNetwork: HostConfig?.NetworkMode === "none" };
  });
}

/** `80/tcp` → 80. */
function tcpPort(name: string): readonly number[] {
  const [port, protocol] = name.split("/");
  return protocol === undefined || protocol === "tcp" ? [Number(port)] : [];
}

/** The host that the engine runs on, as a host in a URL. */
function machineOf({ url }: Endpoint): string {
  if (!/^(tcp|ssh):/.test(url)) return "localhost";
  return new URL(url.replace(/^\w+/, "http")).hostname;
}

/** Where a published address is reached from here; an IPv6 address has brackets in a URL. */
function hostOf(address: string, machine: string): string | undefined {
  if (["", "0.0.0.0", "::"].includes(address)) return machine;
  if (/^(127\.|::1$)/.test(address) && machine !== "localhost") return undefined;
  return address.includes(":") ? `[${address}]` : address;
}
