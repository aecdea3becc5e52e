import { open } from "node:fs/promises";
import type { EngineFacts } from "../../server/src/core/engine";
import { debian } from "./debian";
import type { Engine } from "./engine";
import { dockerfileOf, imageOf } from "./images";
import type { RunOptions } from "./process";

/** Does it once for each image, also when several ask at the same time; a failure may be tried again. */
export function once(provide: (image: string) => Promise<void>): (image: string) => Promise<void> {
  const provided = new Map<string, Promise<void>>();
  return (image) => {
    const earlier = provided.get(image);
    if (earlier) return earlier;
    const now = provide(image);
    provided.set(image, now);
    now.catch(() => provided.delete(image));
    return now;
  };
}

/** Imports an image of the lab's own making under all its names. */
export async function importImage(
  exec: Engine["exec"],
  client: EngineFacts["engine"],
  image: string,
): Promise<void> {
  const made = imageOf(image);
  if (!made) throw new Error(`The lab has no image ${image}.`);
  // Podman takes a name without a registry for localhost's, and Dockerfiles mean Docker Hub's.
  const registry = client === "podman" ? "docker.io/" : "";
  const names = made.names.map((name) => {
    const library = client === "podman" && !name.includes("/") ? "library/" : "";
    return `${registry}${library}${name}`;
  });
  const [first = "", ...others] = names;
  const present = await exec([client, "image", "inspect", first]);
  if (present.code === 0) return;
  const command = made.system.packages.length > 0 ? "/sbin/init" : "bash";
  const tar = await open(await debian(made.system));
  try {
    const change = `CMD ["${command}"]`;
    await demand(exec, [client, "import", "--change", change, "-", first], { stdin: tar.fd });
  } finally {
    await tar.close();
  }
  for (const name of others) await demand(exec, [client, "tag", first, name]);
}

/** Gets an image from a registry, and builds what no registry has. */
export async function pullImage(exec: Engine["exec"], image: string): Promise<void> {
  const present = await exec(["docker", "image", "inspect", image]);
  if (present.code === 0) return;
  const made = imageOf(image);
  if (!made?.names.some((name) => name.startsWith("systemd-test:"))) {
    await demand(exec, ["docker", "pull", image]);
    return;
  }
  const script = 'printf "%s" "$1" | docker build --tag "$2" -';
  await demand(exec, ["sh", "-euc", script, "sh", dockerfileOf(made), image]);
}

async function demand(exec: Engine["exec"], argv: string[], options?: RunOptions): Promise<void> {
  const { code, stdout, stderr } = await exec(argv, options);
  if (code !== 0)
    throw new Error(`${argv.join(" ")} ended with ${code}: ${(stdout + stderr).trim().slice(-2000)}`);
}
