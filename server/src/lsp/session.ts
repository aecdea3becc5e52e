import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Message } from "../core/base/message";
import { type FileKind, kindOfDocument, kindOfFound, mayBeLinted } from "../core/surfaces/files";
import { type ClientOptions, lintingMethod } from "../protocol";
import { type UnseenImage, unseenImageMethod } from "../seen-protocol";
import { type Analysis, openAnalysis } from "./analysis";
import { type Changes, openChanges } from "./changes";
import { closedDocument } from "./closed-document";
import type { FileSystem } from "./file-system";
import { type Files, openFiles } from "./files";
import { attempt, type Log } from "./guard";
import { written } from "./say";
import { openSeenImages, type SeenImages } from "./seen";
import { openSettings, type SettingsStore } from "./settings";

/** What the client reported about itself at `initialize`; empty until then. */
export interface Client {
  capabilities: ClientCapabilities;
  options: ClientOptions;
  settings: SettingsStore;
}

/** Converts a message to a string for the client. */
export type Say = (message: Message) => string;

/** The connection to one client, with everything that its requests share. */
export interface Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: TextDocuments<TextDocument>;
  readonly files: Files;
  readonly seen: SeenImages;
  readonly analysis: Analysis;
  /** Wakes workspace pulls that are held back. */
  readonly changes: Changes;
  readonly log: Log;
  /** Runs work that no request waits for. A failure is logged, and the server continues. */
  inBackground(what: string, handle: () => Promise<void>): void;
  /** Reports which file is now being linted, if the client requested that; without a URI, none is. */
  starts(uri?: string): void;
  /** The kind of an open document, according to its language. */
  kindOf(uri: string): FileKind | undefined;
  /** A message as sent to the client. */
  say: Say;
  /** A document of the workspace, open or as read from disk. */
  documentOf(uri: string): TextDocument | undefined;
}

export function openSession(connection: Connection, fileSystem: FileSystem): Session {
  const documents = new TextDocuments(TextDocument);
  const seen = openSeenImages((reference) => {
    if (!client.options.inspects) return;
    const unseen: UnseenImage = { reference };
    inBackground("asking about an image", () => connection.sendNotification(unseenImageMethod, unseen));
  });
  const files = openFiles(documents, seen.over(fileSystem));
  const log = (text: string) => {
    try {
      connection.console.error(text);
    } catch {
      // The connection has ended. Later failures, such as a timer that fires late, are not sent to any client.
    }
  };
  const client: Client = {
    capabilities: {},
    options: {},
    settings: openSettings(connection, false, undefined, () => {}),
  };
  const inBackground = (what: string, handle: () => Promise<void>) =>
    void attempt(log, what, undefined, handle);
  let linting: string | undefined;
  const starts = (uri?: string) => {
    if (!client.options.linting || uri === linting) return;
    linting = uri;
    inBackground("reporting which file is linted", () => connection.sendNotification(lintingMethod, { uri }));
  };
  const kindOf = (uri: string) => {
    const document = documents.get(uri);
    const known = document && kindOfDocument(uri, document.languageId);
    return known ?? (mayBeLinted(uri) ? kindOfFound(uri, files.read(uri) ?? "") : undefined);
  };
  const documentOf = (uri: string) => {
    const open = files.open(uri);
    const text = open ? undefined : files.read(uri);
    return text === undefined ? open : closedDocument(uri, text);
  };
  const settingsOf = (uri: string) => client.settings.of(uri);
  const analysis = openAnalysis({ files, settingsOf, kindOf, log, starts });
  return {
    ...{ connection, client, documents, files, seen, analysis, changes: openChanges() },
    ...{ log, inBackground, starts, kindOf, documentOf },
    say: (message) => written(message, client.options.marker),
  };
}

/** Requests notifications about changes to the extension's settings, if the client supports that. */
export function watchSettings({ client, connection, inBackground }: Session): void {
  if (!client.capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) return;
  inBackground("registering for settings changes", async () => {
    await connection.client.register(DidChangeConfigurationNotification.type, {
      section: "systemdContainers",
    });
  });
}
