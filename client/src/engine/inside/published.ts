import type Docker from "dockerode";
import type { Published, PublishedPort } from "../../ports/inside";
import type { Endpoint } from "../connect/endpoints";
import { inspectContainer } from "../container/containers";
import { withFaults } from "../errors";

/** The TCP ports of a container that can be reached from outside, with their addresses. */
export function publishedPorts(docker: Docker, endpoint: Endpoint, container: string): Promise<Published> {
  return withFaults("read-ports", undefined, async () => {
    const { NetworkSettings, HostConfig, Config } = await inspectContainer(docker, container);
    const machine = machineOf(endpoint);
    // On the host's network, nothing is published, because the ports are directly reachable.
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

/** The engine's host, as written in a URL. */
function machineOf({ url }: Endpoint): string {
  if (!/^(tcp|ssh):/.test(url)) return "localhost";
  return new URL(url.replace(/^\w+/, "http")).hostname;
}

/**
 * The host at which a published address can be reached from here, or undefined if it cannot. In a URL, IPv6 addresses
 * have brackets.
 */
function hostOf(address: string, machine: string): string | undefined {
  if (["", "0.0.0.0", "::"].includes(address)) return machine;
  if (/^(127\.|::1$)/.test(address) && machine !== "localhost") return undefined;
  return address.includes(":") ? `[${address}]` : address;
}
