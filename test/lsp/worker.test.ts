import { readFile } from "node:fs/promises";
import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import type {
  CodeAction,
  CodeLens,
  CompletionItem,
  DocumentDiagnosticReport,
  DocumentLink,
  Hover,
  InlayHint,
  Location,
} from "vscode-languageserver/node";
import { type ConvertParams, type ConvertResult, convertMethod } from "../../server/src/protocol";

interface Message {
  readonly jsonrpc: "2.0";
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** The worker as it is shipped, in a global scope that has what a web worker's has and nothing of Node's. */
async function startWorker(answers: Readonly<Record<string, (params: unknown) => unknown>>) {
  const script = await readFile(new URL("../../server/out/worker.js", import.meta.url), "utf8");
  const waiting = new Map<number, (result: unknown) => void>();
  const scope = {
    ...{ TextDecoder, TextEncoder, setTimeout, clearTimeout, queueMicrotask, console, self: {} },
    onmessage: (_: { data: Message }) => {},
    postMessage: ({ id, method, params, result }: Message) => {
      if (id === undefined) return;
      if (method === undefined) waiting.get(id)?.(result);
      else send({ jsonrpc: "2.0", id, result: answers[method]?.(params) ?? null });
    },
    addEventListener: () => {},
  };
  scope.self = scope;
  const send = (data: Message) => queueMicrotask(() => scope.onmessage({ data }));
  runInContext(script, createContext(scope));
  let id = 0;
  return {
    notify: (method: string, params: unknown) => send({ jsonrpc: "2.0", method, params }),
    request: <Result>(method: string, params: unknown) =>
      new Promise<Result>((resolve) => {
        id++;
        waiting.set(id, (result) => resolve(result as Result));
        send({ jsonrpc: "2.0", id, method, params });
      }),
  };
}

/** A worker on a workspace of files, by their names, with a Dockerfile of them open. */
async function openWorker(files: Readonly<Record<string, string>>) {
  const folder = "file:///project/";
  const worker = await startWorker({
    "systemdContainers/findFiles": () => Object.keys(files).map((name) => folder + name),
    "systemdContainers/readFile": (uri) => files[String(uri).replace(folder, "")],
    "workspace/configuration": () => [{ inlayHints: true }],
  });
  await worker.request("initialize", {
    processId: null,
    rootUri: null,
    workspaceFolders: [{ uri: folder.slice(0, -1), name: "project" }],
    capabilities: { workspace: { configuration: true } },
    initializationOptions: { commands: true },
  });
  worker.notify("initialized", {});
  const uri = `${folder}Dockerfile`;
  const { Dockerfile: text } = files;
  worker.notify("textDocument/didOpen", {
    textDocument: { uri, languageId: "dockerfile", version: 1, text },
  });
  return { ...worker, uri, textDocument: { uri } };
}

test("the worker judges a Dockerfile and a compose file in a scope without Node", async () => {
  const worker = await startWorker({ "systemdContainers/findFiles": () => [] });
  await worker.request("initialize", {
    processId: null,
    rootUri: null,
    workspaceFolders: [{ uri: "file:///project", name: "project" }],
    capabilities: { textDocument: { diagnostic: {} } },
  });
  worker.notify("initialized", {});
  const rulesIn = async (uri: string, languageId: string, text: string) => {
    worker.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
    const report = await worker.request<DocumentDiagnosticReport>("textDocument/diagnostic", {
      textDocument: { uri },
    });
    return report.kind === "full" ? report.items.map(({ code }) => code) : [];
  };
  const dockerfile = 'FROM debian:11\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';
  const compose =
    "services:\n  web:\n    image: web\n    command: [/sbin/init]\n    stop_signal: SIGTERM\n    init: true\n";
  expect(await rulesIn("file:///project/Dockerfile", "dockerfile", dockerfile)).toContain(
    "image-stop-signal",
  );
  expect(await rulesIn("file:///project/compose.yaml", "dockercompose", compose)).toContain("run-init");
});

test("the worker completes, describes and finds a word", async () => {
  const worker = await openWorker({
    Dockerfile: "FROM debian:12\nSTOPSIGNAL SIGRTMIN+3\nCOPY web.service /etc/systemd/system/\n",
    "web.service": "[Service]\nExecStart=/bin/web\n",
  });
  const { textDocument } = worker;
  const signal = { textDocument, position: { line: 1, character: 14 } };
  const items = await worker.request<CompletionItem[]>("textDocument/completion", signal);
  expect(items[0]?.label).toBe("SIGRTMIN+3");
  const { range } = await worker.request<Hover>("textDocument/hover", signal);
  expect(range?.start).toEqual({ line: 1, character: 11 });
  const unit = { textDocument, position: { line: 2, character: 8 } };
  const found = await worker.request<Location[]>("textDocument/definition", unit);
  expect(found.map(({ uri }) => uri)).toEqual(["file:///project/web.service"]);
  const links = await worker.request<DocumentLink[]>("textDocument/documentLink", { textDocument });
  expect(links.map(({ target }) => target)).toEqual(["file:///project/web.service"]);
});

const plain = 'FROM debian:12\nCMD ["/opt/app"]\n';
const booting = 'FROM debian:12\nRUN apt-get update && apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';

test("the worker shows lenses and hints", async () => {
  const { request, textDocument } = await openWorker({ Dockerfile: booting });
  const lenses = await request<CodeLens[]>("textDocument/codeLens", { textDocument });
  expect(lenses.map(({ command }) => command?.command)).toEqual(["systemdContainers.copyRunCommand"]);
  const range = { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } };
  const hints = await request<InlayHint[]>("textDocument/inlayHint", { textDocument, range });
  expect(hints.map(({ position }) => position.line)).toEqual([0]);
});

test("the worker offers whole-file actions", async () => {
  const { request, textDocument } = await openWorker({ Dockerfile: plain });
  const start = { line: 1, character: 0 };
  const actions = await request<CodeAction[]>("textDocument/codeAction", {
    ...{ textDocument, range: { start, end: start }, context: { diagnostics: [] } },
  });
  expect(actions.map(({ command }) => command?.command)).toContain("systemdContainers.makeImageBoot");
});

const conversions: readonly [Omit<ConvertParams, "uri">, string, string[]][] = [
  [{ to: "bootSystemd" }, plain, ["run-app.service"]],
  [{ to: "runAtBoot", position: { line: 1, character: 0 } }, plain, ["run-app.service"]],
  [{ to: "createUnit", program: "/opt/more" }, booting, ["run-more.service"]],
  [{ to: "addComposeService" }, booting, ["compose.yaml"]],
  [{ to: "forwardJournal" }, booting, []],
];
test.each(conversions)("the worker makes the edits of $to", async (asked, text, names) => {
  const { request, uri } = await openWorker({ Dockerfile: text });
  const { created, changed, refused } = await request<ConvertResult>(convertMethod, { uri, ...asked });
  expect(refused).toBeUndefined();
  expect(created.map((file) => file.uri)).toEqual(names.map((name) => `file:///project/${name}`));
  expect(changed.length + created.length).toBeGreaterThan(0);
});
