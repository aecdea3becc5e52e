import { Agent } from "node:https";
import Docker from "dockerode";
import type { Endpoint } from "./endpoints";
import { sshAgent } from "./ssh";

/**
 * Creates a dockerode for one endpoint, with every option set. For missing options dockerode falls back to
 * DOCKER_HOST and the certificates of the process, and throws if these are invalid, so they are hidden from it.
 */
export function openDocker(endpoint: Endpoint): Docker {
  // dockerode's types lack the options `agent` and `pathPrefix`, which its modem accepts.
  const options = { ...nothing, ...transport(endpoint) } as Docker.DockerOptions;
  return withoutDockerEnv(() => new Docker(options));
}

const nothing = {
  host: undefined,
  port: undefined,
  socketPath: undefined,
  pathPrefix: "/",
  timeout: undefined,
};

function transport({ url, tls, podman }: Endpoint) {
  const at = url.indexOf("://");
  const scheme = url.slice(0, at);
  const rest = url.slice(at + 3);
  if (scheme === "unix" || scheme === "npipe") return { protocol: "http", socketPath: rest };
  const { hostname, port, username, pathname } = new URL(`http://${rest}`);
  // An IPv6 address has brackets in a URL but not in a socket connection.
  const host = hostname.replace(/^\[|\]$/g, "");
  if (scheme === "ssh") {
    const user = username ? decodeURIComponent(username) : undefined;
    return {
      protocol: "http",
      host: "localhost",
      port: 80,
      agent: sshAgent({
        ...{ host, port: port || undefined, user },
        socket: pathname === "/" ? undefined : decodeURIComponent(pathname),
        podman: podman !== undefined,
        key: podman?.key,
      }),
    };
  }
  const pathPrefix = pathname || "/";
  if (!tls) return { protocol: "http", host, port: port || 2375, pathPrefix };
  const { ca, cert, key, verify } = tls;
  const agent = new Agent({ ca, cert, key, rejectUnauthorized: verify });
  return { protocol: "https", host, port: port || 2376, pathPrefix, agent };
}

/**
 * Removes Docker's variables from the environment for one call. The call is synchronous, so no other code runs
 * meanwhile.
 */
function withoutDockerEnv<T>(make: () => T): T {
  const names = Object.keys(process.env).filter((name) => /^DOCKER_/i.test(name));
  const values = names.map((name) => process.env[name]);
  for (const name of names) delete process.env[name];
  try {
    return make();
  } finally {
    for (const [index, name] of names.entries()) process.env[name] = values[index];
  }
}
