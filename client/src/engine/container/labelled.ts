import type Docker from "dockerode";
import type { Labelled, Labels } from "../../ports/engine";
import { removeImage } from "../build/image-store";
import { request, segment } from "../docker";
import { hasStatus, withFaults } from "../errors";
import { list, removeContainer } from "./containers";

interface Image {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Labels?: Labels | null;
}

interface Volumes {
  readonly Volumes?: readonly { readonly Name: string; readonly Labels?: Labels | null }[] | null;
}

/** Containers, running or not, images and named volumes that have a label, with any value. */
export function listLabelled(docker: Docker, label: string): Promise<readonly Labelled[]> {
  return withFaults("list-containers", undefined, async () => {
    const query = { filters: JSON.stringify({ label: [label] }) };
    const [containers, images, { Volumes: volumes }] = await Promise.all([
      list(docker, { ...query, all: true }),
      request<readonly Image[]>(docker, { method: "GET", path: "/images/json", query }),
      request<Volumes>(docker, { method: "GET", path: "/volumes", query }),
    ]);
    const labelOf = (labels: Labels | null | undefined) => labels?.[label] ?? "";
    return [
      ...containers.map(({ Id, Names, Labels }): Labelled => {
        const name = (Names?.[0] ?? Id).replace(/^\//, "");
        return { kind: "container", name, value: labelOf(Labels) };
      }),
      ...images.map(({ Id, RepoTags, Labels }): Labelled => {
        const name = RepoTags?.find((tag) => tag !== "<none>:<none>") ?? Id;
        return { kind: "image", name, value: labelOf(Labels) };
      }),
      ...(volumes ?? []).map(({ Name, Labels }): Labelled => {
        return { kind: "volume", name: Name, value: labelOf(Labels) };
      }),
    ];
  });
}

/** Removes an item; a container is removed with its anonymous volumes. If it is already gone, does nothing. */
export function removeLabelled(docker: Docker, { kind, name }: Labelled): Promise<void> {
  if (kind === "container") return removeContainer(docker, name);
  if (kind === "volume") return removeVolume(docker, name);
  return withFaults("remove-container", undefined, () => removeImage(docker, name));
}

/** Creates a named volume with labels. If it already exists, it stays as it is. */
export function createVolume(docker: Docker, name: string, labels: Labels): Promise<void> {
  return withFaults("start-container", undefined, async () => {
    const body = { Name: name, Labels: labels };
    await request(docker, { method: "POST", path: "/volumes/create", body });
  });
}

/** Removes a named volume. If it is already gone, does nothing. */
export function removeVolume(docker: Docker, name: string): Promise<void> {
  return withFaults("remove-container", undefined, async () => {
    await request(docker, { method: "DELETE", path: `/volumes/${segment(name)}` }).catch((error) => {
      if (!hasStatus(error, 404)) throw error;
    });
  });
}
