import type { IncomingMessage } from "node:http";
import type Docker from "dockerode";
import { request, segment } from "../docker";
import { hasStatus } from "../errors";

/** What is at a path of a container. */
export interface Stat {
  /** Where a link ultimately leads; absent if the path is not a link. */
  readonly linkTarget?: string;
  /** The permissions, as for chmod. */
  readonly mode: number;
  readonly isFolder: boolean;
}

/** Go's bit for a directory (`io/fs`, `ModeDir`). */
const folderBit = 0x8000_0000;

/** What is at a path of a container, running or not; undefined if nothing is there. */
export async function statIn(
  docker: Docker,
  id: string,
  path: string,
  signal: AbortSignal,
): Promise<Stat | undefined> {
  try {
    const answer = await request<IncomingMessage>(docker, {
      method: "HEAD",
      path: `/containers/${segment(id)}/archive`,
      query: { path },
      signal,
      as: "stream",
    });
    answer.resume();
    const header = String(answer.headers["x-docker-container-path-stat"] ?? "");
    const stat = JSON.parse(Buffer.from(header, "base64").toString("utf8")) as {
      linkTarget?: string;
      mode?: number;
    };
    const { linkTarget, mode = 0 } = stat;
    return { linkTarget: linkTarget || undefined, mode: mode % 0o1000, isFolder: mode >= folderBit };
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}
