import { spawn } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import {
  type ConfigurationParams,
  createMessageConnection,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type PreviousResultId,
  type Range,
  StreamMessageReader,
  StreamMessageWriter,
  type WorkspaceDiagnosticReport,
} from "vscode-languageserver/node";
import { cpuOf, memoryOf, meter, type Used, usedBy } from "./process";
import { initializeParams, publishedOn } from "./protocol";
import type { ServerKind } from "./servers";

/** One edit of a document. */
export interface Edit {
  readonly range: Range;
  readonly text: string;
}

/** A running server and the part that an editor has in the talk with it. Times are in milliseconds. */
export interface Server {
  readonly kind: ServerKind;
  /** Answers the time from the start of the process to the answer. */
  initialize(folder?: string): Promise<number>;
  /** Opens a document; resolves with its diagnostics in hand, and gives the time that took. */
  open(path: string, languageId: string, text: string): Promise<number>;
  /** Changes an open document, likewise. */
  change(path: string, edit: Edit): Promise<number>;
  /** As `change`, and waits for nothing. */
  send(path: string, edit: Edit): void;
  /** Sends a request about a document. */
  ask(path: string, method: string, params?: object): Promise<unknown>;
  /** The diagnostics of a document that is open. */
  diagnostics(path: string): Promise<readonly Diagnostic[]>;
  /** Asks for the diagnostics of all files, as VS Code does. */
  pullWorkspace(previous?: readonly PreviousResultId[]): Promise<WorkspaceDiagnosticReport>;
  /** The time since the process was started. */
  age(): number;
  /** CPU time so far, to 10 ms. */
  cpu(): number;
  /** Resident set in megabytes. */
  memory(): number;
  /** Ends the server cleanly; gives what it used where it was started with the arguments of `meter`. */
  shutdown(): Promise<Used>;
  kill(): Promise<void>;
}

/** A server that does not answer is broken, after so many milliseconds. */
const patience = 60_000;

async function late({ name }: ServerKind): Promise<never> {
  await sleep(patience, undefined, { ref: false });
  throw new Error(`${name} does not answer`);
}

export interface Start {
  /** Whether `shutdown` gives what the server used. */
  readonly metered?: boolean;
  readonly env?: NodeJS.ProcessEnv;
}

export function startServer(kind: ServerKind, { metered = false, env }: Start = {}): Server {
  const started = performance.now();
  const child = spawn(process.execPath, [...(metered ? meter : []), ...kind.command], {
    stdio: ["pipe", "pipe", "ignore", "pipe"],
    env: { ...process.env, ...env },
  });
  const used = metered ? usedBy(child) : undefined;
  const ended = once(child, "exit");
  if (!child.stdin || !child.stdout || !child.pid) throw new Error(`${kind.name} did not start`);
  const { pid } = child;
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onError(() => {});
  connection.onRequest((method, params) =>
    method === "workspace/configuration"
      ? (params as ConfigurationParams).items.map(({ section = "" }) => kind.settings[section] ?? null)
      : null,
  );
  const pushed = new Map<string, readonly Diagnostic[]>();
  const published = publishedOn(connection, (uri, all) => void pushed.set(uri, all));
  const versions = new Map<string, number>();
  const notify = (method: string, params: object) => void connection.sendNotification(method, params);
  const uriOf = (path: string) => pathToFileURL(path).href;
  const diagnosed = async (uri: string, send: () => void) => {
    const push = kind.pull ? undefined : published(uri, versions.get(uri) ?? 0);
    const from = performance.now();
    send();
    const answer = push ?? connection.sendRequest("textDocument/diagnostic", { textDocument: { uri } });
    await Promise.race([answer, late(kind)]);
    return performance.now() - from;
  };
  const send = (uri: string, edit: Edit) => {
    const version = versions.get(uri) ?? 0;
    notify("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [edit] });
  };
  const next = (path: string) => {
    const uri = uriOf(path);
    versions.set(uri, (versions.get(uri) ?? 0) + 1);
    return uri;
  };
  connection.listen();

  return {
    kind,
    initialize: async (folder) => {
      await connection.sendRequest("initialize", initializeParams(folder && uriOf(folder)));
      const time = performance.now() - started;
      notify("initialized", {});
      notify("workspace/didChangeConfiguration", { settings: kind.settings });
      return time;
    },
    open: (path, languageId, text) => {
      const uri = next(path);
      return diagnosed(uri, () =>
        notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } }),
      );
    },
    change: (path, edit) => {
      const uri = next(path);
      return diagnosed(uri, () => send(uri, edit));
    },
    send: (path, edit) => send(next(path), edit),
    ask: (path, method, params) =>
      connection.sendRequest(method, { textDocument: { uri: uriOf(path) }, ...params }),
    diagnostics: async (path) => {
      const textDocument = { uri: uriOf(path) };
      if (!kind.pull) return pushed.get(decodeURIComponent(textDocument.uri)) ?? [];
      const report: DocumentDiagnosticReport = await connection.sendRequest("textDocument/diagnostic", {
        textDocument,
      });
      return report.kind === "full" ? report.items : [];
    },
    pullWorkspace: (previousResultIds = []) =>
      connection.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", { previousResultIds }),
    age: () => performance.now() - started,
    cpu: () => cpuOf(pid),
    memory: () => memoryOf(pid),
    shutdown: async () => {
      await connection.sendRequest("shutdown");
      notify("exit", {});
      await ended;
      connection.dispose();
      if (!used) throw new Error("The server was not started with its meter.");
      return used;
    },
    kill: async () => {
      connection.dispose();
      child.kill("SIGKILL");
      await ended;
    },
  };
}
