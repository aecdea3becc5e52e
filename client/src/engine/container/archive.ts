import type { Readable } from "node:stream";
import type Docker from "dockerode";
import { extract } from "tar-stream";
import type { ArchivedFile } from "../../../../server/src/core/image/seen-files";
import { request, segment } from "../docker";
import { hasStatus } from "../errors";
import { statIn } from "./stat";

/** Limits for images that are built to be slow to read. Entries beyond them are left out. */
const most = { entries: 20_000, bytes: 64_000_000 };

/** The files of a container, whether or not it was started. */
export interface ContainerFiles {
  /** Where a path leads after all links are followed; undefined if nothing is there. */
  endOf(path: string): Promise<string | undefined>;
  /**
   * Returns a file, with its text if it has at most `mostText` bytes; a link; or a directory with its contents. Empty
   * if nothing is at the path.
   */
  read(path: string, mostText: number): Promise<readonly ArchivedFile[]>;
}

/** Reads files through the engine's archive API, which runs nothing in the container. */
export function filesOf(docker: Docker, id: string, signal: AbortSignal): ContainerFiles {
  const path = `/containers/${segment(id)}/archive`;
  return {
    async endOf(file) {
      const stat = await statIn(docker, id, file, signal);
      return stat && (stat.linkTarget ?? file);
    },
    async read(file, mostText) {
      try {
        const call = { method: "GET", path, query: { path: file }, signal, as: "stream" } as const;
        return await entriesOf(await request<Readable>(docker, call), file, mostText);
      } catch (error) {
        if (hasStatus(error, 404)) return [];
        throw error;
      }
    },
  };
}

async function entriesOf(tar: Readable, path: string, mostText: number): Promise<ArchivedFile[]> {
  const files: ArchivedFile[] = [];
  let bytes = 0;
  for await (const entry of tar.pipe(extract())) {
    const { name, type, size = 0, linkname } = entry.header;
    // The first part of the name is the last part of the path itself.
    const inner = name
      .split("/")
      .slice(1)
      .filter((part) => part !== "");
    const isText = type === "file" && inner.length === 0 && size <= mostText;
    const chunks: Buffer[] = [];
    for await (const chunk of entry) if (isText) chunks.push(chunk as Buffer);
    bytes += size;
    if (files.length === most.entries || bytes > most.bytes) break;
    files.push({
      path: [path, ...inner].join("/"),
      type: type === "directory" ? type : type === "symlink" ? "link" : "file",
      target: type === "symlink" ? (linkname ?? undefined) : undefined,
      size,
      text: isText ? Buffer.concat(chunks).toString("utf8") : undefined,
    });
  }
  tar.destroy();
  return files;
}
