import type Docker from "dockerode";
import { request, segment } from "../docker";
import { hasStatus } from "../errors";
import { splitReference } from "../reference";

interface Image {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
}

/** The id of the image with this name, or undefined if there is none. */
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
 * Records which image a name refers to and returns a function that restores that state: the name refers to the same
 * image as before, or to none, and any image built in the meantime is removed. Images that existed before are kept
 * under all their other names, and so are images that a container uses.
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
    // Removing the last name of an image removes the image.
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

/** Gives an image a name, and takes that name from any other image. */
export async function nameImage(docker: Docker, id: string, reference: string): Promise<void> {
  const query = splitReference(reference);
  await request(docker, { method: "POST", path: `/images/${segment(id)}/tag`, query });
}

/** The image has other names, or a container uses it. */
function ignoreConflict(error: unknown): void {
  if (!hasStatus(error, 409)) throw error;
}

/** Removes a name. Removing the last name of an image removes the image, unless a container uses it. */
export async function removeImage(docker: Docker, reference: string): Promise<void> {
  try {
    await request(docker, { method: "DELETE", path: `/images/${segment(reference)}` });
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
  }
}
