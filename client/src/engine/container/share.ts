import type { Readable } from "node:stream";
import type Docker from "dockerode";
import type { ImageNames } from "../../ports/engine";
import type { Job } from "../../ports/job";
import { nameImage } from "../build/image-store";
import type { Connection } from "../connect/connect";
import { registryAuth } from "../connect/registry-login";
import { request, segment } from "../docker";
import { fault, isFault, toFault, withFaults } from "../errors";
import { containerLabel, sourceLabel } from "../labels";
import { lines } from "../lines";
import { registryOf, splitReference } from "../reference";

/** The image that a container was created from, even if its name now refers to another image. */
export function imageOf(docker: Docker, container: string): Promise<ImageNames> {
  return withFaults("ask-for-image", undefined, async () => {
    const { Image: id } = await request<{ readonly Image: string }>(docker, {
      method: "GET",
      path: `/containers/${segment(container)}/json`,
    });
    const { RepoTags } = await request<{ readonly RepoTags?: readonly string[] | null }>(docker, {
      method: "GET",
      path: `/images/${segment(id)}/json`,
    });
    return { id, names: RepoTags ?? [] };
  });
}

/**
 * Clears the labels. Otherwise containers that other programs create from the image would inherit them and count as
 * started by this extension.
 */
const changes = `LABEL ${containerLabel}="" ${sourceLabel}=""`;

/** Creates an image from the current state of a container. */
export function commitContainer(
  docker: Docker,
  container: string,
  reference: string,
  signal: AbortSignal,
): Promise<void> {
  return withFaults("commit", signal, async () => {
    const query = { container, ...splitReference(reference), changes };
    await request(docker, { method: "POST", path: "/commit", query, signal });
  });
}

/** Gives an image an additional name. */
export function tagImage(docker: Docker, image: string, reference: string): Promise<void> {
  return withFaults("tag", undefined, () => nameImage(docker, image, reference));
}

/** Pushes an image to the registry that is part of its name, with the user's login for that registry. */
export function pushImage(
  { docker, logins, facts }: Pick<Connection, "docker" | "logins" | "facts">,
  reference: string,
  { report, signal }: Pick<Job, "report" | "signal">,
): Promise<void> {
  return withFaults("push", signal, async () => {
    const { repo, tag } = splitReference(reference);
    const registry = registryOf(reference);
    const login = await logins.of(registry);
    try {
      const stream = await request<Readable>(docker, {
        method: "POST",
        path: `/images/${segment(repo)}/push`,
        query: { tag },
        // Docker rejects a push without the header. An empty header would hide the logins that Podman has for its
        // user.
        headers: login || facts.engine === "docker" ? registryAuth(registry, login) : undefined,
        signal,
        as: "stream",
      });
      await readPush(stream, report);
    } catch (error) {
      signal.throwIfAborted();
      throw denied(error, registry, login !== undefined);
    }
  });
}

interface Pushed {
  readonly id?: string;
  readonly status?: string;
  readonly progress?: string;
  readonly error?: string;
}

/** Reads one JSON document per line. The last one may report an error. */
async function readPush(stream: Readable, report: Job["report"]): Promise<void> {
  for await (const line of lines(stream)) readLine(line, report);
}

function readLine(line: string, report: Job["report"]): void {
  if (line.trim() === "") return;
  const { id, status, progress, error } = JSON.parse(line) as Pushed;
  if (error !== undefined) throw new Error(error);
  const words = [id && `${id}:`, status, progress].filter(Boolean);
  if (words.length > 0) report(words.join(" "));
}

/** Creates a fault that names the registry, because the engine's error names none or a different one. */
function denied(error: unknown, host: string, loggedIn: boolean): Error {
  const found = toFault(error, "push");
  const wantsLogin = isFault(found) && found.code === "registry" && found.lacks === "login";
  if (!wantsLogin && !/\bdenied\b|insufficient_scope|403 Forbidden/i.test(String(error))) return found;
  return fault({ code: "registry", lacks: loggedIn && !wantsLogin ? "permission" : "login", host }, error);
}
