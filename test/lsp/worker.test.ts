import { readFile } from "node:fs/promises";
import { createContext, runInContext } from "node:vm";
import { expect, test } from "vitest";
import type { CodeAction, CompletionItem, DocumentDiagnosticReport, Hover } from "vscode-languageserver/node";
import { type ConvertParams, type ConvertResult, convertMethod } from "../../server/src/protocol";

interface Message {
  readonly jsonrpc: "2.0";
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
}

/** The worker as it is shipped, in a global scope that has what a web worker's has and nothing of Node's. */
async function startWorker(answers: Readonly<Record<string, unknown>>) {
  const script = await readFile(new URL("../../server/out/worker.js", import.meta.url), "utf8");
  const waiting = new Map<number, (result: unknown) => void>();
  const scope = {
    ...{ TextDecoder, TextEncoder, setTimeout, clearTimeout, queueMicrotask, console, self: {} },
    onmessage: (_: { data: Message }) => {},
    postMessage: ({ id, method, result }: Message) => {
      if (id === undefined) return;
      if (method === undefined) waiting.get(id)?.(result);
      else send({ jsonrpc: "2.0", id, result: answers[method] ?? null });
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

test("the worker judges a Dockerfile and a compose file in a scope without Node", async () => {
  const worker = await startWorker({ "systemdContainers/findFiles": [] });
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
  const worker = await startWorker({ "systemdContainers/findFiles": [] });
  await worker.request("initialize", { processId: null, rootUri: null, capabilities: {} });
  worker.notify("initialized", {});
  const uri = "file:///project/Dockerfile";
  const text = "FROM debian:12\nSTOPSIGNAL SIGRTMIN+3\n";
  worker.notify("textDocument/didOpen", {
    textDocument: { uri, languageId: "dockerfile", version: 1, text },
  });
  const at = { textDocument: { uri }, position: { line: 1, character: 14 } };
  const items = await worker.request<CompletionItem[]>("textDocument/completion", at);
  expect(items[0]?.label).toBe("SIGRTMIN+3");
  expect((await worker.request<Hover>("textDocument/hover", at)).range?.start).toEqual({
    line: 1,
    character: 11,
  });
});

test("the worker offers whole-file actions, and makes their edits", async () => {
  const worker = await startWorker({ "systemdContainers/findFiles": [] });
  const initializationOptions = { commands: true };
  await worker.request("initialize", {
    processId: null,
    rootUri: null,
    capabilities: {},
    initializationOptions,
  });
  worker.notify("initialized", {});
  const uri = "file:///project/Dockerfile";
  const text = 'FROM debian:12\nCMD ["/opt/app"]\n';
  worker.notify("textDocument/didOpen", {
    textDocument: { uri, languageId: "dockerfile", version: 1, text },
  });
  const start = { line: 1, character: 0 };
  const actions = await worker.request<CodeAction[]>("textDocument/codeAction", {
    ...{ textDocument: { uri }, range: { start, end: start }, context: { diagnostics: [] } },
  });
  expect(actions.map(({ command }) => command?.command)).toContain("systemdContainers.makeImageBoot");
  const asked: ConvertParams = { uri, to: "runAtBoot", position: start };
  const { created } = await worker.request<ConvertResult>(convertMethod, asked);
  expect(created.map((file) => file.uri)).toEqual(["file:///project/run-app.service"]);
});
