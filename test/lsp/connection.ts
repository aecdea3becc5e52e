import { PassThrough } from "node:stream";
import {
  type ClientCapabilities,
  createConnection,
  createProtocolConnection,
  type InitializeResult,
  type ProtocolConnection,
  type RegistrationParams,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { rendering } from "../../client/src/rendering";
import type { Texts } from "../../server/src/core/base/message";
import * as answers from "../../server/src/lsp/answers";
import type { FileSystem } from "../../server/src/lsp/file-system";
import * as navigation from "../../server/src/lsp/navigation";
import { serve } from "../../server/src/lsp/serve";
import * as words from "../../server/src/lsp/words";
import type { ClientOptions } from "../../server/src/protocol";

const marker = "a marker";

/** A server and a client that talk over two streams in memory: real messages, no process. */
export interface Session {
  readonly client: ProtocolConnection;
  /** The files on the pretended disk; change them, then send `didChangeWatchedFiles`. */
  readonly disk: Map<string, string>;
  /** What the client has been pushed, by URI. */
  readonly pushed: Map<string, { version?: number; diagnostics: unknown[] }>;
  readonly logged: string[];
  /** Which files were read from the disk, in sequence. */
  readonly asked: string[];
  /** Globs of the files that the server asked the client to watch, in sequence. */
  readonly watched: string[];
  /** What the server asked the client to send beside what it answered to `initialize`, in sequence. */
  readonly registered: string[];
  /** What the server answered to `initialize`. */
  readonly initialized: InitializeResult;
  /** How often the server asked the client to pull again. */
  refreshes(): number;
  open(uri: string, text: string, languageId?: string, version?: number): Promise<void>;
  close(): void;
}

/** What the server loads late. */
export const late = { answers: () => answers, words: () => words, navigation: () => navigation };

export const pullingClient: ClientCapabilities = {
  textDocument: { diagnostic: {}, codeAction: { isPreferredSupport: true } },
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeWatchedFiles: { dynamicRegistration: true },
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ["create"] },
  },
};

export interface SessionOptions {
  readonly capabilities?: ClientCapabilities;
  readonly disk?: Readonly<Record<string, string>>;
  /** Files of the disk that are over the limit. */
  readonly large?: readonly string[];
  /** Answer to `workspace/configuration`, by resource; it may be a promise. */
  readonly settings?: (uri: string) => unknown;
  readonly folders?: readonly string[];
  readonly commands?: boolean;
  /** Texts in which the client renders messages: `keyedTexts`. It gets them in English where there are none. */
  readonly texts?: Texts;
  /** What is sent beside that in `initializationOptions`. */
  readonly client?: ClientOptions;
  /** What a read of the disk waits for after it has the text. */
  readonly slowly?: (uri: string) => Promise<void>;
  /** Is called with the name of each bundle that is loaded late, whenever it is used. */
  readonly loads?: (name: string) => void;
  /** What a search of the directories waits for. */
  readonly searching?: Promise<void>;
}

export async function connect(options: SessionOptions = {}): Promise<Session> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const disk = new Map(Object.entries(options.disk ?? {}));
  const asked: string[] = [];
  const world: FileSystem = {
    readFile: async (uri) => {
      asked.push(uri);
      if (options.large?.includes(uri)) return { tooLarge: true };
      const text = disk.get(uri);
      await options.slowly?.(uri);
      return text;
    },
    findFiles: async (folder) => {
      if (folder.includes("unreadable")) throw new Error("permission denied");
      await options.searching;
      return [...disk.keys()].filter((uri) => uri.startsWith(folder));
    },
  };
  serve(
    (settings) =>
      createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient), settings),
    () => world,
    {
      answers: () => answers,
      words: () => {
        options.loads?.("words");
        return words;
      },
      navigation: () => {
        options.loads?.("navigation");
        return navigation;
      },
    },
  );

  const client = createProtocolConnection(
    new StreamMessageReader(toClient),
    new StreamMessageWriter(toServer),
    undefined,
    options.texts && { messageStrategy: rendering(marker, options.texts) },
  );
  const pushed: Session["pushed"] = new Map();
  const logged: string[] = [];
  const watched: string[] = [];
  const registered: string[] = [];
  let refreshes = 0;
  client.onNotification("textDocument/publishDiagnostics", ({ uri, ...rest }) => void pushed.set(uri, rest));
  client.onNotification("window/logMessage", ({ message }) => void logged.push(message));
  client.onRequest("workspace/configuration", ({ items }: { items: { scopeUri: string }[] }) =>
    Promise.all(items.map(async ({ scopeUri }) => (await options.settings?.(scopeUri)) ?? {})),
  );
  client.onRequest("workspace/diagnostic/refresh", () => {
    refreshes++;
    return null;
  });
  client.onRequest("client/registerCapability", ({ registrations }: RegistrationParams) => {
    for (const { method, registerOptions } of registrations) {
      registered.push(method);
      if (method !== "workspace/didChangeWatchedFiles") continue;
      for (const { globPattern } of registerOptions.watchers) watched.push(globPattern);
    }
    return null;
  });
  client.listen();

  const initialized = await client.sendRequest<InitializeResult>("initialize", {
    processId: null,
    rootUri: null,
    capabilities: options.capabilities ?? pullingClient,
    workspaceFolders: (options.folders ?? ["file:///project"]).map((uri) => ({ uri, name: uri })),
    initializationOptions: {
      commands: options.commands ?? true,
      marker: options.texts && marker,
      ...options.client,
    },
  });
  await client.sendNotification("initialized", {});

  return {
    client,
    disk,
    pushed,
    logged,
    asked,
    watched,
    registered,
    initialized,
    refreshes: () => refreshes,
    open: (uri, text, languageId = "dockerfile", version = 1) =>
      client.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version, text } }),
    close: () => client.end(),
  };
}
