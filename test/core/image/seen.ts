import { seenBase } from "../../../server/src/core/boot/seen-base";
import { type ArchivedFile, readSeenFiles } from "../../../server/src/core/image/seen-files";
import type { SeenImage } from "../../../server/src/core/image/seen-image";

/** Files by path: a text, or where a link leads; a path that ends in a slash is a directory. */
export type Files = Readonly<Record<string, string | { readonly to: string }>>;

/** What archives of such files are. */
export function archived(files: Files): ArchivedFile[] {
  return Object.entries(files).map(([path, content]): ArchivedFile => {
    if (path.endsWith("/")) return { path: path.slice(0, -1), type: "directory", size: 0 };
    if (typeof content !== "string") return { path, type: "link", target: content.to, size: 0 };
    return { path, type: "file", size: content.length, text: content };
  });
}

export const systemd = {
  "/sbin/init": "/lib/systemd/systemd",
  "/lib/systemd/systemd": "/lib/systemd/systemd",
};

/** Debian 12 with systemd, as its archives show it. */
export const debian12: Files = {
  "/etc/os-release": 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
  "/lib/systemd/systemd": "\u007fELF\0libsystemd-shared-252.so\0libsystemd-core-252.so\0",
  "/lib/systemd/system/": "",
  "/lib/systemd/system/default.target": { to: "graphical.target" },
  "/lib/systemd/system/systemd-user-sessions.service": "[Unit]\n",
  "/lib/systemd/system/multi-user.target.wants/systemd-user-sessions.service": {
    to: "../systemd-user-sessions.service",
  },
  "/etc/machine-id": "",
  "/etc/passwd": "root:x:0:0:root:/root:/bin/bash\nme:x:1000:1000::/home/me:/bin/sh\n",
};

/** An image with such files that starts systemd, but for what is stated. */
export function seenImage(files: Files, image: Partial<SeenImage> = {}): SeenImage {
  return {
    ...{ id: `sha256:${"0123456789abcdef".repeat(4)}`, platform: "linux/amd64", labels: {} },
    ...{ entrypoint: [], command: ["/sbin/init"], environment: {}, volumes: [], exposed: [] },
    ...readSeenFiles(archived(files), image.programs ?? systemd),
    ...image,
  };
}

/** What a snapshot has of it. */
export function seenText(reference: string, image: SeenImage): string | undefined {
  return JSON.stringify(seenBase(image, reference));
}
