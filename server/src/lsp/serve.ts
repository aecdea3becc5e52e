import {
  type ClientCapabilities,
  type CodeAction,
  type Connection,
  type DocumentDiagnosticReport,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { FileKind } from "../core/project";
import { isDockerfile, isRunFile } from "../core/project";
import { readTarget } from "../core/settings";
import {
  type ExplainParams,
  engineFactsMethod,
  explainMethod,
  type PlanParams,
  planMethod,
} from "../protocol";
import { type ActionContext, fixAllAction, fixAllKind, quickFixes } from "./actions";
import { openChanges } from "./changes";
import { toDiagnostic } from "./convert";
import { openFiles } from "./files";
import { guard } from "./guard";
import { hover } from "./hover";
import { openJudge } from "./judge";
import { answerExplain, answerPlan } from "./requests";
import { openSettings, type SettingsStore } from "./settings";
import { pullWorkspace, resultIdOf } from "./workspace";
import type { World } from "./world";

/** Language ids under which other extensions open our files; we register none of them. */
const kindOfLanguage: Readonly<Record<string, FileKind>> = {
  dockerfile: "dockerfile",
  dockercompose: "compose",
};

/** Serves the protocol on a connection until it closes. */
export function serve(connection: Connection, world: World): void {
  const documents = new TextDocuments(TextDocument);
  const files = openFiles(documents, world);
  const changes = openChanges();
  const log = (text: string) => connection.console.error(text);
  let capabilities: ClientCapabilities = {};
  let hasCommands = false;
  let settings: SettingsStore;
  const judge = openJudge(
    files,
    (uri) => settings.of(uri),
    (uri) => kindOfDocument(documents.get(uri)),
    log,
  );

  connection.onInitialize((params): InitializeResult => {
    capabilities = params.capabilities;
    const options = (params.initializationOptions ?? {}) as { commands?: boolean; settings?: unknown };
    hasCommands = options.commands === true;
    settings = openSettings(connection, capabilities.workspace?.configuration === true, options.settings);
    files.setFolders(foldersOf(params));
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

  connection.onInitialized(async () => {
    if (capabilities.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(async () => {
        const folders = (await connection.workspace.getWorkspaceFolders()) ?? [];
        files.setFolders(folders.map(({ uri }) => uri));
        changedAll();
      });
    }
    if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration) {
      await connection.client.register(
        "workspace/didChangeConfiguration" as never,
        { section: "systemdContainers" } as never,
      );
    }
  });

  /** Asks a pulling client to pull again, or pushes to one that cannot. */
  const refresh = (uris: readonly string[] | "all") => {
    changes.happened();
    if (capabilities.textDocument?.diagnostic) {
      if (capabilities.workspace?.diagnostics?.refreshSupport) connection.languages.diagnostics.refresh();
      return;
    }
    for (const { uri } of documents.all()) if (uris === "all" || uris.includes(uri)) void push(uri);
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

  documents.onDidChangeContent(({ document: { uri } }) => changed(uri));
  documents.onDidClose(({ document: { uri } }) => {
    files.forget(uri);
    changed(uri);
    if (!capabilities.textDocument?.diagnostic) void connection.sendDiagnostics({ uri, diagnostics: [] });
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

  const documentOf = (uri: string, text: string) =>
    documents.get(uri) ?? TextDocument.create(uri, languageOf(uri), 0, text);
  const otherDocument = async () => {
    const snapshot = await files.snapshot();
    return (uri: string) => {
      const text = snapshot.read(uri);
      return text === undefined ? undefined : documentOf(uri, text);
    };
  };

  const diagnosticsOf = async (uri: string, token?: Parameters<typeof judge.judge>[1]) => {
    const result = await judge.judge(uri, token);
    if (!result) return [];
    const other = await otherDocument();
    const document = other(uri);
    return document ? result.findings.map((finding) => toDiagnostic(document, finding, other)) : [];
  };
  const push = async (uri: string) => {
    const version = documents.get(uri)?.version;
    const diagnostics = await diagnosticsOf(uri);
    if (documents.get(uri)?.version === version)
      await connection.sendDiagnostics({ uri, version, diagnostics });
  };

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
      const document = documents.get(uri);
      const result = document && (await judge.judge(uri, token));
      return result ? hover(document, result.findings, document.offsetAt(position)) : null;
    }),
  );

  connection.onCodeAction((params, token) =>
    guard<CodeAction[]>(log, "code actions", token, [], async () => {
      const { uri } = params.textDocument;
      const document = documents.get(uri);
      const result = document && (await judge.judge(uri, token));
      if (!result || documents.get(uri) !== document) return [];
      const context: ActionContext = {
        document,
        findings: result.findings,
        other: await otherDocument(),
        versionOf: (of) => documents.get(of)?.version ?? null,
        capabilities,
        hasCommands,
      };
      const asked = params.context.only;
      const wantsAll = asked?.some((kind) => fixAllKind === kind || fixAllKind.startsWith(`${kind}.`));
      const all =
        wantsAll &&
        fixAllAction(context, {
          uri,
          text: document.getText(),
          kind: kindOfDocument(document),
          snapshot: await files.snapshot(),
          settings: await settings.of(uri),
        });
      return [...quickFixes(context, params), ...(all ? [all] : [])];
    }),
  );

  connection.onNotification(engineFactsMethod, (facts: unknown) => {
    settings.setEngine(readTarget(facts));
    changedAll();
  });
  connection.onRequest(planMethod, async (params: PlanParams) => {
    await judge.judge(params.uri);
    return answerPlan(
      params,
      await files.snapshot(),
      await settings.of(params.uri),
      kindOfDocument(documents.get(params.uri)),
    );
  });
  connection.onRequest(explainMethod, async (params: ExplainParams) => {
    const result = params.uri ? await judge.judge(params.uri) : undefined;
    return answerExplain(params, result, await otherDocument());
  });

  documents.listen(connection);
  connection.listen();
}

function foldersOf({ workspaceFolders, rootUri }: InitializeParams): string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  return rootUri ? [rootUri] : [];
}

function kindOfDocument(document: TextDocument | undefined): FileKind | undefined {
  return document && kindOfLanguage[document.languageId];
}

function languageOf(uri: string): string {
  return isDockerfile(uri) ? "dockerfile" : "yaml";
}
