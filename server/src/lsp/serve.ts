import {
  type CancellationToken,
  type ClientCapabilities,
  type CodeAction,
  type Connection,
  type ConnectionOptions,
  DidChangeConfigurationNotification,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { readTarget } from "../core/lint/settings";
import { type FileKind, isRunFile, kindOfLanguage, kindOfName } from "../core/surfaces/files";
import { type ClientOptions, engineFactsMethod, lintingMethod, pingMethod, trustMethod } from "../protocol";
import { type ActionContext, fixAllAction, fixAllKind, quickFixes } from "./actions";
import { openChanges } from "./changes";
import { answerCommands } from "./commands";
import { toDiagnostic } from "./convert";
import { openFiles } from "./files";
import { attempt, guard } from "./guard";
import { hover } from "./hover";
import { openJudge } from "./judge";
import { openLifecycle } from "./lifecycle";
import { openPublisher } from "./publish";
import { openSettings, type SettingsStore } from "./settings";
import { openWatchers } from "./watch";
import { pullWorkspace, resultIdOf } from "./workspace";
import type { World } from "./world";

/** Serves the protocol on the connection that `connect` makes, until it closes. */
export function serve(
  connect: (options: ConnectionOptions) => Connection,
  openWorld: (connection: Connection) => World,
): void {
  const lifecycle = openLifecycle();
  const connection = connect(lifecycle.options);
  const world = openWorld(connection);
  const documents = new TextDocuments(TextDocument);
  const files = openFiles(documents, world);
  const changes = openChanges();
  const watch = openWatchers(connection);
  const log = (text: string) => connection.console.error(text);
  /** Runs what nobody waits for; where it fails, that is logged and the server lives on. */
  const inBackground = (what: string, handle: () => Promise<void>) =>
    void attempt(log, what, undefined, handle);
  let capabilities: ClientCapabilities = {};
  let options: ClientOptions = {};
  let settings: SettingsStore;
  let linting: string | undefined;
  /** Tells a client that wants to know what this server does not come back from, if it does not. */
  const starts = (uri?: string) => {
    if (!options.linting || uri === linting) return;
    linting = uri;
    inBackground("telling what is linted", () => connection.sendNotification(lintingMethod, { uri }));
  };
  const judge = openJudge(
    files,
    (uri) => settings.of(uri),
    (uri) => kindOfDocument(documents.get(uri)),
    log,
    starts,
  );
  lifecycle.listen(connection);

  connection.onInitialize((params): InitializeResult => {
    capabilities = params.capabilities;
    options = (params.initializationOptions ?? {}) as ClientOptions;
    const canAsk = capabilities.workspace?.configuration === true;
    settings = openSettings(connection, canAsk, options.settings, () => changedAll());
    files.setFolders(foldersOf(params));
    files.setTrusted(options.trusted !== false);
    files.setStalled(options.stalled ?? []);
    lifecycle.initialized();
    return {
      serverInfo: { name: "systemd-containers" },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
        codeActionProvider: { codeActionKinds: ["quickfix", fixAllKind] },
        hoverProvider: true,
        diagnosticProvider: {
          identifier: "systemd-containers",
          interFileDependencies: true,
          workspaceDiagnostics: true,
        },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });

  connection.onInitialized(() => {
    if (capabilities.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(() =>
        inBackground("reading the workspace folders", async () => {
          const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
          files.setFolders(folders.map(({ uri }) => uri));
          changedAll();
        }),
      );
    }
    if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) {
      inBackground("asking for changes of settings", async () => {
        await connection.client.register(DidChangeConfigurationNotification.type, {
          section: "systemdContainers",
        });
      });
    }
  });

  /** Asks a pulling client to pull again, or pushes to one that cannot. */
  const refresh = (uris: readonly string[] | "all") => {
    changes.happened();
    if (capabilities.textDocument?.diagnostic) {
      if (capabilities.workspace?.diagnostics?.refreshSupport)
        inBackground("asking the client to pull", async () => connection.languages.diagnostics.refresh());
      return;
    }
    for (const { uri } of documents.all()) if (uris === "all" || uris.includes(uri)) publish(uri);
  };
  const changedAll = () => {
    judge.changedAll();
    refresh("all");
  };
  const changed = (uri: string) => {
    const dependents = judge.changed(uri);
    const others = dependents.filter((dependent) => dependent !== uri);
    // A pulling client asks again for the document that it changed; the others it must be told of.
    if (capabilities.textDocument?.diagnostic && others.length === 0) changes.happened();
    else refresh([uri, ...others]);
  };

  // A run file outside the folders is known while it is open: it may start the images of other documents.
  documents.onDidOpen(({ document: { uri } }) => {
    if (isRunFile(uri) && !files.asked(uri)) changedAll();
  });
  documents.onDidChangeContent(({ document: { uri } }) => changed(uri));
  documents.onDidClose(({ document: { uri } }) => {
    files.forget(uri);
    settings.close(uri);
    changed(uri);
    if (!capabilities.textDocument?.diagnostic)
      inBackground("taking diagnostics back", () => connection.sendDiagnostics({ uri, diagnostics: [] }));
  });

  connection.onDidChangeWatchedFiles(({ changes: events }) => {
    for (const { uri, type } of events) {
      files.forget(uri);
      if (type !== 2) files.forgetFolders();
    }
    // A new or deleted run file changes which runs a Dockerfile has, so every verdict is asked again.
    if (events.some(({ uri, type }) => type !== 2 && isRunFile(uri))) return changedAll();
    const dependents = events.flatMap(({ uri }) => [uri, ...judge.changed(uri)]);
    refresh(dependents);
  });

  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    settings.forget(pushed);
    changedAll();
  });

  /** A document of the workspace, open or as it was read from disk. */
  const documentOf = (uri: string) => {
    const open = files.open(uri);
    const text = open ? undefined : files.read(uri);
    return text === undefined ? open : TextDocument.create(uri, languageOf(uri), 0, text);
  };

  // A verdict holds for the texts of the moment it is given: between it and the answer nothing is awaited.
  const diagnosticsOf = async (uri: string, token?: CancellationToken) => {
    const result = await judge.judge(uri, token);
    if (result && capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration)
      inBackground("asking for changes of files", () => watch(result.asked, judge.dependencies));
    if (!result) return [];
    const document = documentOf(uri) ?? TextDocument.create(uri, languageOf(uri), 0, "");
    return result.findings.map((finding) => toDiagnostic(document, finding, documentOf));
  };
  const publish = openPublisher((uri) =>
    attempt(log, "publishing diagnostics", undefined, async () => {
      const diagnostics = documents.get(uri) && (await diagnosticsOf(uri));
      const version = documents.get(uri)?.version;
      if (diagnostics && version !== undefined)
        await connection.sendDiagnostics({ uri, version, diagnostics });
    }),
  );

  connection.languages.diagnostics.on(({ textDocument: { uri }, previousResultId }, token) =>
    guard<DocumentDiagnosticReport>(log, "diagnostics", token, { kind: "full", items: [] }, async () => {
      const items = await diagnosticsOf(uri, token);
      const resultId = resultIdOf(items);
      return resultId === previousResultId
        ? { kind: "unchanged", resultId }
        : { kind: "full", resultId, items };
    }),
  );
  connection.languages.diagnostics.onWorkspace((params, token) =>
    guard(log, "workspace diagnostics", token, { items: [] }, () =>
      pullWorkspace(
        {
          files: files.workspaceFiles,
          scope: () => settings.scope(),
          diagnostics: diagnosticsOf,
          change: (until) => changes.next(until),
        },
        params,
        token,
      ),
    ),
  );

  connection.onHover(({ textDocument: { uri }, position }, token) =>
    guard(log, "hover", token, null, async () => {
      const result = await judge.judge(uri, token);
      const document = documents.get(uri);
      return result && document ? hover(document, result.findings, document.offsetAt(position)) : null;
    }),
  );

  connection.onCodeAction((params, token) =>
    guard<CodeAction[]>(log, "code actions", token, [], async () => {
      const { uri } = params.textDocument;
      const snapshot = await files.snapshot();
      const settingsNow = await settings.of(uri);
      const result = await judge.judge(uri, token);
      const document = documents.get(uri);
      if (!result || !document) return [];
      const context: ActionContext = {
        document,
        kind: kindOfDocument(document),
        findings: result.findings,
        editable: result.problems.length === 0,
        other: documentOf,
        versionOf: (of) => files.open(of)?.version ?? null,
        capabilities,
        hasCommands: options.commands === true,
      };
      const asked = params.context.only;
      const wantsAll = asked?.some((kind) => fixAllKind === kind || fixAllKind.startsWith(`${kind}.`));
      const text = document.getText();
      if (files.notLinted(uri)) return [];
      starts(uri);
      const all =
        wantsAll &&
        fixAllAction(context, { uri, text, kind: context.kind, snapshot, settings: settingsNow }, log);
      return [...quickFixes(context, params), ...(all ? [all] : [])];
    }),
  );

  connection.onRequest(pingMethod, () => null);
  connection.onNotification(trustMethod, () => {
    files.setTrusted(true);
    changedAll();
  });
  connection.onNotification(engineFactsMethod, (facts: unknown) => {
    settings.setEngine(readTarget(facts));
    changedAll();
  });
  answerCommands(connection, log, {
    files,
    judge,
    documentOf,
    kindOf: (uri) => kindOfDocument(documents.get(uri)),
    settingsOf: (uri) => settings.of(uri),
    starts,
  });

  documents.listen(connection);
  connection.listen();
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}

function kindOfDocument(document: TextDocument | undefined): FileKind | undefined {
  return document && kindOfLanguage(document.languageId);
}

function languageOf(uri: string): string {
  return kindOfName(uri) === "dockerfile" ? "dockerfile" : "yaml";
}
