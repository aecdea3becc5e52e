import * as vscode from "vscode";
import type { ImageStore } from "../ports";

/** How many images are kept. */
const most = 200;

/**
 * Keeps what was found in images in the extension's global storage, one file for each image. A file from another
 * version of the extension is not used, because that version may have looked for other things.
 */
export function openImageStore(context: vscode.ExtensionContext): ImageStore {
  const { fs } = vscode.workspace;
  const version: unknown = context.extension.packageJSON.version;
  const folder = vscode.Uri.joinPath(context.globalStorageUri, "images");
  const fileOf = (id: string) => vscode.Uri.joinPath(folder, `${id.replace(/[^0-9a-f]/g, "")}.json`);
  const prune = async () => {
    const names = (await fs.readDirectory(folder)).map(([name]) => vscode.Uri.joinPath(folder, name));
    if (names.length <= most) return;
    const files = await Promise.all(names.map(async (uri) => ({ uri, ...(await fs.stat(uri)) })));
    const oldest = files.sort((one, other) => one.mtime - other.mtime).slice(0, files.length - most);
    for (const { uri } of oldest) await fs.delete(uri);
  };
  return {
    read: async (id) => {
      try {
        const kept = JSON.parse(new TextDecoder().decode(await fs.readFile(fileOf(id))));
        return kept.version === version && kept.image.id === id ? kept.image : undefined;
      } catch {
        return undefined;
      }
    },
    write: async (image) => {
      try {
        await fs.writeFile(fileOf(image.id), new TextEncoder().encode(JSON.stringify({ version, image })));
        await prune();
      } catch {
        // Without the file, the image is inspected again in the next window.
      }
    },
  };
}
