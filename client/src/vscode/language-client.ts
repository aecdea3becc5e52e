import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  CodeLensRequest,
  type LanguageClientOptions,
  type Middleware,
} from "vscode-languageclient";
import { type LeastStep, leastMethod } from "../../../server/src/least-protocol";
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
import { seenImageMethod, type UnseenImage, unseenImageMethod } from "../../../server/src/seen-protocol";
import { type VerifyStep, verifyMethod } from "../../../server/src/verify-protocol";
import { documentFilters, surfaceGlobs } from "../names";
import type { Server } from "../ports";
import { rendering } from "../rendering";
import { writableTrace } from "../trace";
import { openWatchdog } from "../watchdog";
import { openOtherFiles } from "./other-files";
import { linkRules, ruleCommand } from "./rule-links";

/** The id is also the settings section from which the client reads `trace.server`. */
export const clientId = "systemdContainers";

/** The client of a language server, and a function that kills a server that does not respond. */
export interface ServerClient {
  readonly client: BaseLanguageClient;
  /** Kills the server's process or worker in any state. Resolves when it has ended. */
  kill(): Promise<void>;
}

/** The functions that only the entry points use. */
interface LateServer {
  refreshLenses(): void;
  /** Sets the function that is called with each image that the server requests. */
  whenUnseen(ask: (reference: string) => void): void;
}

/**
 * Starts the language server. `create` makes the client that is suitable for the host; `engine` indicates whether the
 * host can use engines.
 */
export function startServer(
  context: vscode.ExtensionContext,
  create: (options: LanguageClientOptions) => ServerClient,
  { engine }: Pick<ClientOptions, "engine">,
  lenses: Middleware = {},
): Server & LateServer {
  const log = vscode.window.createOutputChannel("Systemd Containers", { log: true });
  const trace = traceChannel(log);
  const watchdog = openWatchdog({
    ping: () => client.sendRequest(pingMethod),
    end: (file) => {
      const busy = file === undefined ? "" : ` while it linted ${file}`;
      log.error(`The language server did not respond for 20 s${busy}, so it is stopped.`);
      void kill();
    },
    after,
  });
  const marker = crypto.randomUUID();
  const options = (): ClientOptions => ({
    commands: true,
    engine,
    inspects: engine,
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
    // These watch the linted files; the server requests more watchers for the files that they link to.
    synchronize: { fileEvents: surfaceGlobs.map(watcher) },
    diagnosticPullOptions: { onChange: true, onTabs: true },
    markdown: { isTrusted: { enabledCommands: [ruleCommand] } },
    middleware: {
      ...linkedDiagnostics,
      ...openOtherFiles,
      ...lenses,
      ...reporting(watchdog),
    },
  });
  client.onNotification(lintingMethod, ({ uri }: { uri?: string }) => watchdog.linting(uri));
  const facts = openFacts(client);
  const onTrust = vscode.workspace.onDidGrantWorkspaceTrust(() => {
    // A server that is starting or stopped receives this with its initialization options.
    if (client.isRunning()) void client.sendNotification(trustMethod);
  });
  const stop = () => client.stop().catch(kill);
  context.subscriptions.push(log, trace, facts.onState, onTrust, watchdog, { dispose: () => void stop() });
  void client.start().catch((error) => log.error(error));

  return {
    ...requestsOf(client),
    engineFacts: facts.set,
    restart: async () => {
      if (client.needsStop()) await stop();
      await client.start();
    },
    showLog: () => log.show(),
    seenImage: async (params) => {
      // A server that starts requests the images again.
      if (client.isRunning()) await client.sendNotification(seenImageMethod, params);
    },
    refreshLenses: () => refreshLenses(client),
    whenUnseen: (ask) => {
      client.onNotification(unseenImageMethod, ({ reference }: UnseenImage) => ask(reference));
    },
  };
}

function after(milliseconds: number, then: () => void): () => void {
  const timer = setTimeout(then, milliseconds);
  return () => clearTimeout(timer);
}

/** Sends the facts about the engine to the server when they change, and to each server that starts later. */
function openFacts(client: BaseLanguageClient) {
  let facts: EngineFacts | null = null;
  const tell = () => client.sendNotification(engineFactsMethod, facts);
  const running = 2;
  const onState = client.onDidChangeState(({ newState }) => {
    if (newState === running && facts) void tell();
  });
  const set = async (next: EngineFacts | null) => {
    if (JSON.stringify(next) === JSON.stringify(facts)) return;
    facts = next;
    await tell();
  };
  return { onState, set };
}

/** Reports all messages to the server, except for its own pings, to the watchdog. */
function reporting(watchdog: Pick<ReturnType<typeof openWatchdog>, "sent">): Middleware {
  return {
    sendRequest: (type, param, token, next) => {
      if (type !== pingMethod) watchdog.sent();
      return next(type, param, token);
    },
    sendNotification: (type, next, params) => {
      watchdog.sent();
      return next(type, params);
    },
  };
}

function refreshLenses(client: BaseLanguageClient): void {
  const lensesOf = client.getFeature(CodeLensRequest.method);
  const providers = vscode.workspace.textDocuments.map((document) => lensesOf.getProvider(document));
  for (const provider of new Set(providers)) provider?.onDidChangeCodeLensEmitter.fire();
}

/** The requests that are not part of LSP. */
function requestsOf(
  client: BaseLanguageClient,
): Pick<Server, "convert" | "madeFrom" | "plan" | "doctor" | "explain" | "least" | "verify" | "fixAll"> {
  return {
    convert: (params) => client.sendRequest<ConvertResult>(convertMethod, params),
    madeFrom: (params) => client.sendRequest<boolean>(madeFromMethod, params),
    plan: (params) => client.sendRequest<PlanResult>(planMethod, params),
    doctor: (params) => client.sendRequest<DoctorResult>(doctorMethod, params),
    explain: (params) => client.sendRequest<ExplainResult>(explainMethod, params),
    least: (params) => client.sendRequest<LeastStep>(leastMethod, params),
    verify: (params) => client.sendRequest<VerifyStep>(verifyMethod, params),
    fixAll: (uri) => client.sendRequest<FixAllResult>(fixAllMethod, { uri }),
  };
}

/** Links the codes of diagnostics to the pages of their rules, for all ways in which the server sends diagnostics. */
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
 * Dockerfiles, Compose files and the other linted files, by language and by name: on disk, untitled, and in the file
 * systems of the workspace. The schemes are listed so that documents such as the two sides of a diff are excluded.
 */
function documentSelector() {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme);
  return [...new Set(["file", "untitled", ...folders])].flatMap(documentFilters);
}

/**
 * The channel for the protocol's trace. The language client traces only if the level of its channel is Trace. This
 * channel has that level if the setting `trace.server` enables it, as its description promises.
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
    // The language client uses only these members of a trace channel.
    channel: channel as vscode.LogOutputChannel,
    dispose: () => vscode.Disposable.from(changed, ...listeners).dispose(),
  };
}
