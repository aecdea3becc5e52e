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
  /** The texts as they are at each moment, and the run files as they are now, all of them loaded. */
  snapshot(): Promise<Snapshot>;
  /** Calls `tell` when a text becomes another one; without a URI when any may have, or a file came or went. */
  whenChanged(tell: (uri?: string) => void): void;
  /** Calls `tell` when a search ends that a snapshot did not wait for. */
  whenFound(tell: () => void): void;
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

/** What was read of a file that is not open. */
interface OnDisk {
  content: string | TooLarge | undefined;
  isRead: boolean;
  readonly read: Promise<void>;
}

/** What a search of the folders found. */
interface Found {
  readonly all: readonly string[];
  readonly runFiles: readonly string[];
}

/** A first answer does not wait longer for what a search of the folders finds, in milliseconds. */
const patience = 100;

/** So many files are known before those that nothing depends on are forgotten. */
const fewFiles = 200;

/** Keeps nothing but caches of what the disk or the editor says. */
export function openFiles(documents: TextDocuments<TextDocument>, fileSystem: FileSystem): Files {
  // Editors spell one URI in several ways (`file:///C:/` and `file:///c%3A/`); links come out in one.
  const disk = new Map<string, OnDisk>();
  let folders: readonly string[] = [];
  let trusted = true;
  let manyFiles = fewFiles;
  let found: Promise<Found> | undefined;
  let current: Snapshot | undefined;
  const late = new Set<Promise<Found>>();
  let searched = () => {};
  let told: (uri?: string) => void = () => {};
  const changed = (uri?: string) => {
    if (uri === undefined || isRunFile(uri)) current = undefined;
    told(uri);
  };
  /** The URIs of open documents as the editor spells them. */
  const opened = new Map<string, string>();
  documents.onDidOpen(({ document: { uri } }) => void opened.set(canonicalUri(uri), uri));
  documents.onDidChangeContent(({ document: { uri } }) => changed(canonicalUri(uri)));
  documents.onDidClose(({ document: { uri } }) => {
    opened.delete(canonicalUri(uri));
    changed(canonicalUri(uri));
  });

  const find = (): Promise<Found> => {
    // A folder that cannot be searched has no files; the others are not lost for it.
    found ??= Promise.all(folders.map((folder) => fileSystem.findFiles(folder).catch(() => []))).then(
      (lists) => {
        const all = [...new Set(lists.flat().map(canonicalUri))];
        return { all, runFiles: all.filter(isRunFile) };
      },
    );
    return found;
  };
  /** What is found soon, else nothing for the time being. */
  const foundSoon = async (finding: Promise<Found>): Promise<Found> => {
    if (!late.has(finding)) {
      const soon = await Promise.race([finding, after(patience)]);
      if (soon) return soon;
      late.add(finding);
      void finding.then(() => {
        late.delete(finding);
        if (finding !== found) return;
        changed();
        searched();
      });
    }
    return { all: [], runFiles: [] };
  };
  const mayRead = (uri: string) =>
    trusted || folders.some((folder) => uri.startsWith(`${canonicalUri(folder).replace(/\/$/, "")}/`));
  /** A file that is forgotten while it is read is read again: the late text fills an entry that is not in use. */
  const entry = (uri: string) => {
    const known = disk.get(uri);
    if (known) return known;
    const reading = mayRead(uri)
      ? fileSystem.readFile(uri, trusted ? undefined : folders)
      : Promise.resolve();
    const made = {
      content: undefined as string | TooLarge | undefined,
      isRead: false,
      read: reading
        .then((content) => {
          made.content = content ?? undefined;
          if (content) changed(uri);
        })
        .catch(() => undefined)
        .then(() => {
          made.isRead = true;
        }),
    };
    disk.set(uri, made);
    return made;
  };
  const load = async (uris: Iterable<string>) => {
    const closed = [...new Set([...uris].map(canonicalUri))].filter((uri) => !openDocument(uri));
    const entries = closed.map(entry);
    await Promise.all(entries.map(({ read }) => read));
    return entries.some(({ content }) => typeof content === "string");
  };
  const onDisk = (uri: string) => {
    const content = disk.get(canonicalUri(uri))?.content;
    return typeof content === "string" ? content : undefined;
  };

  const openDocument = (uri: string) =>
    documents.get(uri) ?? documents.get(opened.get(canonicalUri(uri)) ?? "");

  const read = (uri: string) => openDocument(uri)?.getText() ?? onDisk(uri);
  const stalled = openStalled(read);
  const readable = (uri: string) => {
    const text = stalled.has(uri) ? undefined : read(uri);
    return text === undefined || isTooLarge(text) ? undefined : text;
  };

  return {
    load,
    workspaceFiles: async () => (await find()).all,
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
    forget: (uri) => {
      disk.delete(canonicalUri(uri));
      changed(canonicalUri(uri));
    },
    forgetFolders: () => {
      found = undefined;
      changed();
    },
    setFolders: (next) => {
      folders = next;
      found = undefined;
      if (!trusted) disk.clear();
      changed();
    },
    setTrusted: (next) => {
      trusted = next;
      disk.clear();
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
        const finding = find();
        const { runFiles } = await foundSoon(finding);
        const all = [...new Set([...runFiles, ...[...opened.keys()].filter(isRunFile)])];
        const unread = all.filter((uri) => !openDocument(uri) && !disk.get(uri)?.isRead);
        if (unread.length > 0) await load(unread);
        // What came or went meanwhile counts.
        else if (finding === found) current = { runFiles: all, read: readable };
      }
      return current;
    },
  };
}

/** Resolves with nothing after so many milliseconds. */
function after(milliseconds: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds, undefined));
}
