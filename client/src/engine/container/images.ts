import type Docker from "dockerode";
import type { LocalImage } from "../../ports/launching";
import { request } from "../docker";
import { withFaults } from "../errors";

/** The engine's images, one entry per name, the newest first. */
export function listImages(docker: Docker): Promise<readonly LocalImage[]> {
  return withFaults("list-images", undefined, async () => {
    const found = await request<readonly Listed[]>(docker, { method: "GET", path: "/images/json" });
    return found
      .flatMap(({ Id, RepoTags, Size, Created }) => {
        const names = (RepoTags ?? []).filter((name) => name !== "<none>:<none>");
        const references = names.length > 0 ? names : [Id.replace(/^sha256:/, "").slice(0, 12)];
        return references.map((reference) => ({ id: Id, reference, size: Size, created: Created }));
      })
      .sort((a, b) => b.created - a.created);
  });
}

interface Listed {
  readonly Id: string;
  readonly RepoTags?: readonly string[] | null;
  readonly Size: number;
  readonly Created: number;
}
