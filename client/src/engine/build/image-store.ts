import type Docker from "dockerode";
import { request, segment } from "../docker";
import { hasStatus } from "../errors";
import { splitReference } from "../reference";

interface Image {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
}

/** The id of the image that has this name; undefined when there is not one. */
export async function imageId(docker: Docker, reference: string): Promise<string | undefined> {
  return (await inspectImage(docker, reference))?.Id;
}

async function inspectImage(docker: Docker, reference: string): Promise<Image | undefined> {
  try {
    return await request<Image>(docker, { method: "GET", path: `/images/${segment(reference)}/json` });
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}

/**
 * Remembers what a name stands for, and gives the way back to that: the name stands for the same image again, or
 * for none, and what was built meanwhile is gone. An image that was there before stays, whatever names it has,
 * and so does one that a container uses.
 */
export async function rememberImage(docker: Docker, reference: string): Promise<() => Promise<void>> {
  const [before, there] = await Promise.all([imageId(docker, reference), imageIds(docker)]);
  return async () => {
    const now = await inspectImage(docker, reference);
    if (!now || now.Id === before) return;
    const isNew = !there.has(now.Id);
    if (before !== undefined) {
      await nameImage(docker, before, reference);
      if (isNew) await removeImage(docker, now.Id).catch(ignoreConflict);
      return;
    }
    // Its last name takes an image away.
    if (isNew || (now.RepoTags ?? []).length > 1) await removeImage(docker, reference).catch(ignoreConflict);
  };
}

async function imageIds(docker: Docker): Promise<ReadonlySet<string>> {
  const query = { all: true };
  const images = await request<readonly Image[]>(docker, {
    method: "GET",
    path: "/images/json",
    query,
  });
  return new Set(images.map(({ Id }) => Id));
}

/** Gives an image a name, which it takes from another one. */
export async function nameImage(docker: Docker, id: string, reference: string): Promise<void> {
  const query = splitReference(reference);
  await request(docker, { method: "POST", path: `/images/${segment(id)}/tag`, query });
}

/** It has other names, or a container uses it. */
function ignoreConflict(error: unknown): void {
  if (!hasStatus(error, 409)) throw error;
}

/** Takes a name away, and the image with its last name; one that a container uses stays. */
export async function removeImage(docker: Docker, reference: string): Promise<void> {
  try {
    await request(docker, { method: "DELETE", path: `/images/${segment(reference)}` });
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
  }
}
