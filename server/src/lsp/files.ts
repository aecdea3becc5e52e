import type { TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Snapshot } from "../core/base/snapshot";
import { canonicalUri } from "../core/base/uri";
import { isTooLarge, type NotLinted } from "../core/lint/not-linted";
import { isDockerfile, isRunFile } from "../core/surfaces/files";
import { openDisk } from "./disk";
import type { FileSystem } from "./file-system";
import { openSearch } from "./search";
import { openStalled } from "./stalled";

/**
 * The contents of files by URI. Open documents take precedence over what was read from disk and has not changed
 * since.
 */
export interface Files {
  /** Loads the files that are neither open nor cached; returns whether any file that is not open exists. */
  load(uris: Iterable<string>): Promise<boolean>;
  /** The open document with a URI, regardless of how the editor spells the URI. */
  open(uri: string): TextDocument | undefined;
  /** The current content: that of the open document, otherwise what was loaded. */
  read(uri: string): string | undefined;
  /** Why a file is neither linted nor read for another file; undefined if there is no such reason. */
  notLinted(uri: string): NotLinted | undefined;
  /**
   * Drops files that nothing depends on, once there are many, since every keystroke in a file name causes a lookup.
   */
  keepOnly(needed: () => Iterable<string>): void;
  /** Drops the cached content of a file because it changed. */
  forget(uri: string): void;
  /** A snapshot whose contents are always current, with the current run files, all of which are loaded. */
  snapshot(): Promise<Snapshot>;
  /**
   * Registers `tell`, which is called with the URI of a file that changed. It is called without a URI if it is not
   * known which files changed, or if a file was added or removed.
   */
  whenChanged(tell: (uri?: string) => void): void;
  /** Registers `tell`, which is called at the end of a search that a snapshot did not wait for. */
  whenFound(tell: () => void): void;
  /** Whether a file is in one of the workspace's directories. */
  isInside(uri: string): boolean;
  setFolders(folders: readonly string[]): void;
  /** If the workspace is not trusted, nothing outside its directories is read from disk. */
  setTrusted(trusted: boolean): void;
  /** Sets the files that are not linted until they change. */
  setStalled(uris: readonly string[]): void;
  /** Searches for the run files again, because a file was added or removed. */
  forgetFolders(): void;
  /** All files of the workspace that could be linted. */
  workspaceFiles(): Promise<readonly string[]>;
}

/** Opens the files of a workspace. It stores nothing but caches of what is on disk or in the editor. */
export function openFiles(documents: TextDocuments<TextDocument>, fileSystem: FileSystem): Files {
  let trusted = true;
  let current: Snapshot | undefined;
  let searched = () => {};
  let told: (uri?: string) => void = () => {};
  const changed = (uri?: string) => {
    if (uri === undefined || (isRunFile(uri) && !isListedAndOpen(uri))) current = undefined;
    told(uri);
  };
  /** Whether a file is open and already in the list of run files, which then stays as it is. */
  const isListedAndOpen = (uri: string) =>
    openDocument(uri) !== undefined && current?.runFiles.includes(uri) === true;
  const search = openSearch(fileSystem.findFiles, () => {
    changed();
    searched();
  });
  const isInside = (uri: string) =>
    search.folders().some((folder) => uri.startsWith(`${withoutSlash(canonicalUri(folder))}/`));
  const mayRead = (uri: string) => trusted || isInside(uri);
  const disk = openDisk(async (uri) => {
    return mayRead(uri) ? fileSystem.readFile(uri, trusted ? undefined : search.folders()) : undefined;
  }, changed);
  const openDocument = openDocuments(documents, changed);
  const { read, readable, notLinted, stalled } = openTexts(openDocument, disk);
  const load = (uris: Iterable<string>) =>
    disk.load([...new Set([...uris].map(canonicalUri))].filter((uri) => !openDocument(uri)));

  return {
    load,
    workspaceFiles: async () => (await search.find()).all,
    open: openDocument,
    read,
    notLinted,
    keepOnly: (needed) => disk.keepOnly(() => new Set([...needed()].map(canonicalUri))),
    isInside: (uri) => isInside(canonicalUri(uri)),
    forget: (uri) => {
      disk.forget(canonicalUri(uri));
      changed(canonicalUri(uri));
    },
    forgetFolders: () => {
      search.forget();
      changed();
    },
    setFolders: (next) => {
      search.setFolders(next);
      if (!trusted) disk.forgetAll();
      changed();
    },
    setTrusted: (next) => {
      trusted = next;
      disk.forgetAll();
      changed();
    },
    whenChanged: (tell) => {
      told = tell;
    },
    whenFound: (tell) => {
      searched = tell;
    },
    setStalled: (uris) => {
      stalled.set(uris);
      changed();
    },
    snapshot: async () => {
      while (!current) {
        const { runFiles, all: found, isCurrent } = await search.findSoon();
        const open = documents.all().map(({ uri }) => canonicalUri(uri));
        const all = [...new Set([...runFiles, ...open])].filter(isRunFile);
        const unread = all.filter((uri) => !openDocument(uri) && !disk.isRead(uri));
        if (unread.length > 0) await load(unread);
        // If files were added or removed in the meantime, the result is outdated and is not stored.
        else if (isCurrent())
          current = { runFiles: all, dockerfiles: found.filter(isDockerfile), read: readable };
      }
      return current;
    },
  };
}

/** The contents of open documents, and of files that were read from disk. */
function openTexts(
  openDocument: (uri: string) => TextDocument | undefined,
  disk: ReturnType<typeof openDisk>,
) {
  const read = (uri: string) => {
    const open = openDocument(uri);
    if (open) return open.getText();
    const content = disk.contentOf(canonicalUri(uri));
    return typeof content === "string" ? content : undefined;
  };
  const stalled = openStalled(read);
  return {
    read,
    stalled,
    /** The content, if it is to be linted. */
    readable: (uri: string) => {
      const text = stalled.has(uri) ? undefined : read(uri);
      return text === undefined || isTooLarge(text) ? undefined : text;
    },
    notLinted: (uri: string): NotLinted | undefined => {
      if (stalled.has(uri)) return "stalled";
      // The size limit applies to files on disk. For an open document, `readable` checks its content.
      const content = openDocument(uri) ? undefined : disk.contentOf(canonicalUri(uri));
      return typeof content === "object" ? "large" : undefined;
    },
  };
}

function withoutSlash(uri: string): string {
  return uri.replace(/\/$/, "");
}

/** Finds open documents regardless of how their URIs are spelled: `file:///C:/` and `file:///c%3A/` are the same. */
function openDocuments(
  documents: TextDocuments<TextDocument>,
  changed: (uri: string) => void,
): (uri: string) => TextDocument | undefined {
  /** The spelling of URIs in the editor, by canonical URI. */
  const written = new Map<string, string>();
  documents.onDidOpen(({ document: { uri } }) => void written.set(canonicalUri(uri), uri));
  documents.onDidChangeContent(({ document: { uri } }) => changed(canonicalUri(uri)));
  documents.onDidClose(({ document: { uri } }) => {
    written.delete(canonicalUri(uri));
    changed(canonicalUri(uri));
  });
  return (uri) => documents.get(uri) ?? documents.get(written.get(canonicalUri(uri)) ?? "");
}
