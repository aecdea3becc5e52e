import type { TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Snapshot } from "../core/project";
import { canonicalUri, isRunFile } from "../core/project";
import type { World } from "./world";

/** Texts by URI: open documents first, then what was read from disk and not changed since. */
export interface Files {
  /** Loads what is not open or known yet; says whether any of it exists. */
  load(uris: Iterable<string>): Promise<boolean>;
  /** Forgets what was read of a file, because it changed. */
  forget(uri: string): void;
  /** Looks for run files in the folders, again when `forgetFolders` was called. */
  snapshot(): Promise<Snapshot>;
  setFolders(folders: readonly string[]): void;
  /** A file appeared or went: the run files are looked for again. */
  forgetFolders(): void;
  /** Every file of the workspace that could be judged. */
  workspaceFiles(): Promise<readonly string[]>;
}

/** Keeps nothing but caches of what the disk or the editor says. */
export function openFiles(documents: TextDocuments<TextDocument>, world: World): Files {
  // Editors spell one URI in several ways (`file:///C:/` and `file:///c%3A/`); links come out in one.
  const disk = new Map<string, string | undefined>();
  let folders: readonly string[] = [];
  let found: Promise<readonly string[]> | undefined;

  const workspaceFiles = () => {
    found ??= Promise.all(folders.map((folder) => world.findFiles(folder))).then((lists) => [
      ...new Set(lists.flat().map(canonicalUri)),
    ]);
    return found;
  };
  const load = async (uris: Iterable<string>) => {
    const open = new Set(documents.all().map(({ uri }) => canonicalUri(uri)));
    const unknown = [...new Set([...uris].map(canonicalUri))].filter(
      (uri) => !open.has(uri) && !disk.has(uri),
    );
    const texts = await Promise.all(unknown.map((uri) => world.readFile(uri)));
    unknown.forEach((uri, index) => {
      disk.set(uri, texts[index]);
    });
    return texts.some((text) => text !== undefined);
  };

  return {
    load,
    workspaceFiles,
    forget: (uri) => disk.delete(canonicalUri(uri)),
    forgetFolders: () => {
      found = undefined;
    },
    setFolders: (next) => {
      folders = next;
      found = undefined;
    },
    snapshot: async () => {
      const open = new Map(documents.all().map((document) => [canonicalUri(document.uri), document]));
      const runFiles = [...new Set([...(await workspaceFiles()), ...open.keys()].map(canonicalUri))].filter(
        isRunFile,
      );
      await load(runFiles);
      return {
        runFiles,
        read: (uri) => open.get(canonicalUri(uri))?.getText() ?? disk.get(canonicalUri(uri)),
      };
    },
  };
}
