import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  CodeLensRequest,
  type LanguageClientOptions,
  type Middleware,
} from "vscode-languageclient";
import {
  type ClientOptions,
  type ConvertResult,
  convertMethod,
  type DoctorResult,
  doctorMethod,
  type EngineFacts,
  type ExplainResult,
  engineFactsMethod,
  explainMethod,
  type FixAllResult,
  fixAllMethod,
  lintingMethod,
  madeFromMethod,
  type PlanResult,
  pingMethod,
  planMethod,
  trustMethod,
} from "../../../server/src/protocol";
import { documentFilters, surfaceGlobs } from "../names";
import type { Server } from "../ports";
import { rendering } from "../rendering";
import { writableTrace } from "../trace";
import { openWatchdog } from "../watchdog";
import { openOtherFiles } from "./other-files";
import { linkRules, ruleCommand } from "./rule-links";

/** Also the section that the client reads `trace.server` from. */
export const clientId = "systemdContainers";

/** The client of a language server, and how to end a server that does not answer. */
export interface ServerClient {
  readonly client: BaseLanguageClient;
  /** Ends the server's process or worker, whatever it does. Resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts the language server; `create` makes the client that fits the host, which may have no engine. */
export function startServer(
  context: vscode.ExtensionContext,
  create: (options: LanguageClientOptions) => ServerClient,
  { engine }: Pick<ClientOptions, "engine">,
  lenses: Middleware = {},
): Server & { refreshLenses(): void } {
  const log = vscode.window.createOutputChannel("Systemd Containers", { log: true });
  const trace = traceChannel(log);
  const watchdog = openWatchdog({
    ping: () => client.sendRequest(pingMethod),
    end: (file) => {
      const busy = file === undefined ? "" : ` while it linted ${file}`;
      log.error(`The language server did not respond for 20 s${busy}, so it is stopped.`);
      void kill();
    },
    after: (milliseconds, then) => {
      const timer = setTimeout(then, milliseconds);
      return () => clearTimeout(timer);
    },
  });
  const marker = crypto.randomUUID();
  const options = (): ClientOptions => ({
    commands: true,
    engine,
    trusted: vscode.workspace.isTrusted,
    linting: true,
    stalled: watchdog.stalled(),
    marker,
  });
  const { client, kill } = create({
    documentSelector: documentSelector(),
    initializationOptions: options,
    connectionOptions: { messageStrategy: rendering(marker, vscode.l10n.bundle) },
    outputChannel: log,
    traceOutputChannel: trace.channel,
    // Beside these the server asks for the files that they lead to.
    synchronize: { fileEvents: surfaceGlobs.map(watcher) },
    diagnosticPullOptions: { onChange: true, onTabs: true },
    markdown: { isTrusted: { enabledCommands: [ruleCommand] } },
    middleware: {
      ...linkedDiagnostics,
      ...openOtherFiles,
      ...lenses,
      sendRequest: (type, param, token, next) => {
        if (type !== pingMethod) watchdog.sent();
        return next(type, param, token);
      },
      sendNotification: (type, next, params) => {
        watchdog.sent();
        return next(type, params);
      },
    },
  });
  client.onNotification(lintingMethod, ({ uri }: { uri?: string }) => watchdog.linting(uri));
  let facts: EngineFacts | null = null;
  const tellFacts = () => client.sendNotification(engineFactsMethod, facts);

  // A server that was started again, by the user or after a crash, does not know the engine any more.
  const running = 2;
  const onState = client.onDidChangeState(({ newState }) => {
    if (newState === running && facts) void tellFacts();
  });
  const onTrust = vscode.workspace.onDidGrantWorkspaceTrust(() => {
    // A server that is starting or stopped gets it at its start.
    if (client.isRunning()) void client.sendNotification(trustMethod);
  });
  const stop = () => client.stop().catch(kill);
  context.subscriptions.push(log, trace, onState, onTrust, watchdog, { dispose: () => void stop() });
  void client.start().catch((error) => log.error(error));

  return {
    ...requestsOf(client),
    engineFacts: async (next) => {
      if (JSON.stringify(next) === JSON.stringify(facts)) return;
      facts = next;
      await tellFacts();
    },
    restart: async () => {
      if (client.needsStop()) await stop();
      await client.start();
    },
    showLog: () => log.show(),
    refreshLenses: () => {
      const lensesOf = client.getFeature(CodeLensRequest.method);
      const providers = vscode.workspace.textDocuments.map((document) => lensesOf.getProvider(document));
      for (const provider of new Set(providers)) provider?.onDidChangeCodeLensEmitter.fire();
    },
  };
}

/** The requests beside LSP's own. */
function requestsOf(
  client: BaseLanguageClient,
): Pick<Server, "convert" | "madeFrom" | "plan" | "doctor" | "explain" | "fixAll"> {
  return {
    convert: (params) => client.sendRequest<ConvertResult>(convertMethod, params),
    madeFrom: (params) => client.sendRequest<boolean>(madeFromMethod, params),
    plan: (params) => client.sendRequest<PlanResult>(planMethod, params),
    doctor: (params) => client.sendRequest<DoctorResult>(doctorMethod, params),
    explain: (params) => client.sendRequest<ExplainResult>(explainMethod, params),
    fixAll: (uri) => client.sendRequest<FixAllResult>(fixAllMethod, { uri }),
  };
}

/** Diagnostics whose codes lead to the pages of their rules, however the server gives them. */
const linkedDiagnostics: Middleware = {
  handleDiagnostics: (uri, diagnostics, next) => {
    linkRules(diagnostics);
    next(uri, diagnostics);
  },
  provideDiagnostics: async (document, previousResultId, token, next) => {
    const report = await next(document, previousResultId, token);
    if (report && "items" in report) linkRules(report.items);
    return report;
  },
  provideWorkspaceDiagnostics: (resultIds, token, resultReporter, next) =>
    next(resultIds, token, (chunk) => {
      for (const report of chunk?.items ?? []) if ("items" in report) linkRules(report.items);
      resultReporter(chunk);
    }),
};

function watcher(glob: string): vscode.FileSystemWatcher {
  return vscode.workspace.createFileSystemWatcher(glob);
}

/**
 * Dockerfiles and compose files by language and by name, on disk, untitled, and in the workspace's own file
 * systems. Naming the schemes keeps the two sides of a diff and the like out.
 */
function documentSelector() {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
  return [...new Set(["file", "untitled", ...folders])].flatMap(documentFilters);
}

/**
 * Where the protocol's trace goes. The language client traces only while its channel has the level Trace;
 * here the setting `trace.server` switches it on, as its description states.
 */
function traceChannel(log: vscode.LogOutputChannel) {
  const changed = new vscode.EventEmitter<vscode.LogLevel>();
  const level = () => {
    const setting = vscode.workspace.getConfiguration(clientId).get<string>("trace.server", "off");
    return setting === "off" ? log.logLevel : vscode.LogLevel.Trace;
  };
  const listeners = [
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`${clientId}.trace.server`)) changed.fire(level());
    }),
    log.onDidChangeLogLevel(() => changed.fire(level())),
  ];
  const channel: Pick<vscode.LogOutputChannel, "logLevel" | "onDidChangeLogLevel" | "trace"> = {
    get logLevel() {
      return level();
    },
    onDidChangeLogLevel: changed.event,
    trace: (message) => log.info(writableTrace(message)),
  };
  return {
    // The language client asks no more of a trace channel than this.
    channel: channel as vscode.LogOutputChannel,
    dispose: () => vscode.Disposable.from(changed, ...listeners).dispose(),
  };
}
