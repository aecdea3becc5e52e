import type Docker from "dockerode";
import { request, segment } from "./docker";
import { hasStatus } from "./errors";

/** The id of the image that has this name; undefined when there is none. */
export async function imageId(docker: Docker, reference: string): Promise<string | undefined> {
  const path = `/images/${segment(reference)}/json`;
  try {
    return (await request<{ readonly Id: string }>(docker, { method: "GET", path })).Id;
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}

/** Takes a name away, and the image with its last name; one that a container uses stays. */
export async function removeImage(docker: Docker, reference: string): Promise<void> {
  try {
    await request(docker, { method: "DELETE", path: `/images/${segment(reference)}` });
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
  }
}
