import type { TextDocuments } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Snapshot } from "../core/base/snapshot";
import { canonicalUri } from "../core/base/uri";
import { isTooLarge, type NotLinted } from "../core/lint/not-linted";
import { isRunFile } from "../core/surfaces/files";
import type { TooLarge } from "../protocol";
import type { FileSystem } from "./file-system";
import { openStalled } from "./stalled";

/** Texts by URI: open documents first, then what was read from disk and not changed since. */
export interface Files {
  /** Loads what is not open or known yet; says whether any of what is not open exists. */
  load(uris: Iterable<string>): Promise<boolean>;
  /** The open document of a URI, however the editor spells it. */
  open(uri: string): TextDocument | undefined;
  /** The text as it is now: of the open document, else what was loaded. */
  read(uri: string): string | undefined;
  /** Why a file is not linted, nor read for the sake of another; undefined where it is. */
  notLinted(uri: string): NotLinted | undefined;
  /** Whether the disk was asked for a file since it last changed. */
  asked(uri: string): boolean;
  /** Forgets files that nothing depends on, once there are many: each name that is typed in a file is one. */
  keepOnly(needed: () => Iterable<string>): void;
  /** Forgets what was read of a file, because it changed. */
  forget(uri: string): void;
  /** Looks for run files in the folders, again when `forgetFolders` was called. */
  snapshot(): Promise<Snapshot>;
  setFolders(folders: readonly string[]): void;
  /** Untrusted: nothing outside the folders is read from disk. */
  setTrusted(trusted: boolean): void;
  /** Files that are not linted until they change. */
  setStalled(uris: readonly string[]): void;
  /** A file appeared or went: the run files are looked for again. */
  forgetFolders(): void;
  /** Every file of the workspace that could be linted. */
  workspaceFiles(): Promise<readonly string[]>;
}

/** So many files are known before those that nothing depends on are forgotten. */
const fewFiles = 200;

/** Keeps nothing but caches of what the disk or the editor says. */
export function openFiles(documents: TextDocuments<TextDocument>, world: FileSystem): Files {
  // Editors spell one URI in several ways (`file:///C:/` and `file:///c%3A/`); links come out in one.
  const disk = new Map<string, { content: string | TooLarge | undefined; readonly read: Promise<void> }>();
  let folders: readonly string[] = [];
  let trusted = true;
  let manyFiles = fewFiles;
  let found: Promise<readonly string[]> | undefined;

  const workspaceFiles = () => {
    // A folder that cannot be searched has no files; the others are not lost for it.
    found ??= Promise.all(folders.map((folder) => world.findFiles(folder).catch(() => []))).then((lists) => [
      ...new Set(lists.flat().map(canonicalUri)),
    ]);
    return found;
  };
  const mayRead = (uri: string) =>
    trusted || folders.some((folder) => uri.startsWith(`${canonicalUri(folder).replace(/\/$/, "")}/`));
  /** A file that is forgotten while it is read is read again: the late text fills an entry that is not in use. */
  const entry = (uri: string) => {
    const known = disk.get(uri);
    if (known) return known;
    const reading = mayRead(uri) ? world.readFile(uri, trusted ? undefined : folders) : Promise.resolve();
    const made = {
      content: undefined as string | TooLarge | undefined,
      read: reading.then(
        (content) => {
          made.content = content ?? undefined;
        },
        () => undefined,
      ),
    };
    disk.set(uri, made);
    return made;
  };
  const load = async (uris: Iterable<string>) => {
    const open = new Set(documents.all().map(({ uri }) => canonicalUri(uri)));
    const closed = [...new Set([...uris].map(canonicalUri))].filter((uri) => !open.has(uri));
    const entries = closed.map(entry);
    await Promise.all(entries.map(({ read }) => read));
    return entries.some(({ content }) => typeof content === "string");
  };
  const onDisk = (uri: string) => {
    const content = disk.get(canonicalUri(uri))?.content;
    return typeof content === "string" ? content : undefined;
  };

  const openDocument = (uri: string) => {
    const wanted = canonicalUri(uri);
    return documents.get(uri) ?? documents.all().find((document) => canonicalUri(document.uri) === wanted);
  };

  const read = (uri: string) => openDocument(uri)?.getText() ?? onDisk(uri);
  const stalled = openStalled(read);

  return {
    load,
    workspaceFiles,
    open: openDocument,
    read,
    notLinted: (uri) => {
      if (stalled.has(uri)) return "stalled";
      // The text of an open document says itself how large it is.
      const content = openDocument(uri) ? undefined : disk.get(canonicalUri(uri))?.content;
      return typeof content === "object" ? "large" : undefined;
    },
    asked: (uri) => disk.has(canonicalUri(uri)),
    keepOnly: (needed) => {
      if (disk.size <= manyFiles) return;
      const kept = new Set([...needed()].map(canonicalUri));
      for (const uri of disk.keys()) if (!kept.has(uri) && !isRunFile(uri)) disk.delete(uri);
      manyFiles = Math.max(fewFiles, 2 * disk.size);
    },
    forget: (uri) => disk.delete(canonicalUri(uri)),
    forgetFolders: () => {
      found = undefined;
    },
    setFolders: (next) => {
      folders = next;
      found = undefined;
      if (!trusted) disk.clear();
    },
    setTrusted: (next) => {
      trusted = next;
      disk.clear();
    },
    setStalled: stalled.set,
    snapshot: async () => {
      const open = new Map(documents.all().map((document) => [canonicalUri(document.uri), document]));
      const runFiles = [...new Set([...(await workspaceFiles()), ...open.keys()].map(canonicalUri))].filter(
        isRunFile,
      );
      await load(runFiles);
      return {
        runFiles,
        read: (uri) => {
          if (stalled.has(uri)) return undefined;
          const text = open.get(canonicalUri(uri))?.getText();
          if (text === undefined) return onDisk(uri);
          return isTooLarge(text) ? undefined : text;
        },
      };
    },
  };
}
