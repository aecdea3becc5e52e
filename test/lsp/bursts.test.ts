import { PassThrough } from "node:stream";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocuments,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { openAnalysis } from "../../server/src/lsp/analysis";
import { openFiles } from "../../server/src/lsp/files";
import { openPublisher } from "../../server/src/lsp/publish";
import { serve } from "../../server/src/lsp/serve";
import { explainMethod } from "../../server/src/protocol";
import { connect, late, pullingClient, type Session, type SessionOptions } from "./connection";

const uri = "file:///project/Dockerfile";
const image = 'FROM debian:12\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';

let session: Session | undefined;
afterEach(() => {
  vi.useRealTimers();
  session?.close();
  session = undefined;
});
const start = async (options: SessionOptions = {}) => {
  session = await connect(options);
  return session;
};
const pull = async ({ client }: Session) =>
  (
    await client.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } })
  ).items.map(({ code }) => code);
/** Writes an empty comment line at the top. */
const type = ({ client }: Session, version: number) =>
  client.sendNotification("textDocument/didChange", {
    textDocument: { uri, version },
    contentChanges: [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "#\n" },
    ],
  });
const waited = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe("requests for one file at the same time", () => {
  /** A judge of a disk with one file, and the files that it linted, in sequence. */
  function judging() {
    const linted: string[] = [];
    const files = openFiles(new TextDocuments(TextDocument), {
      readFile: async (of) => (of === uri ? image : undefined),
      findFiles: async () => [],
    });
    const settings = async () => ({ rules: {}, target: undefined });
    const judge = openAnalysis({
      ...{ files, settingsOf: settings, kindOf: () => undefined, log: () => {} },
      starts: (of) => linted.push(of),
    });
    return { judge, linted };
  }

  test("are answered by one computation", async () => {
    const { judge, linted } = judging();
    const verdicts = await Promise.all(Array.from({ length: 100 }, () => judge.lint(uri)));
    // What the file leads to is loaded after the first look at it.
    const rounds = linted.length;
    expect(rounds).toBeLessThan(4);
    expect(new Set(verdicts).size).toBe(1);
    judge.changed(uri);
    await judge.lint(uri);
    expect(linted.length).toBeLessThanOrEqual(2 * rounds);
  });

  test("are answered with what holds after changes that came meanwhile, computed once", async () => {
    const { judge, linted } = judging();
    const verdicts = Array.from({ length: 100 }, () => {
      judge.changed(uri);
      return judge.lint(uri);
    });
    expect(new Set(await Promise.all(verdicts)).size).toBe(1);
    expect(linted.length).toBeLessThan(4);
  });

  test("do not take the answer away from each other when one is cancelled", async () => {
    const { judge } = judging();
    const cancelled = { isCancellationRequested: true, onCancellationRequested: () => ({ dispose() {} }) };
    const [, kept] = await Promise.all([judge.lint(uri, cancelled), judge.lint(uri)]);
    expect(kept?.findings.length).toBeGreaterThan(0);
    judge.changedAll();
    expect(await judge.lint(uri, cancelled)).toBeUndefined();
  });
});

describe("a client that does not pull", () => {
  /** The timers of the server go only when they receive to: a slow computer makes no pause in a burst. */
  const stopTimers = () => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  /** The server takes messages in sequence: what was sent before this is known to it after, and what it sent is here. */
  const arrived = ({ client }: Session) => client.sendRequest(explainMethod, { log: "" });
  /** Time in which a burst ends and more than that. */
  const pass = async (opened: Session) => {
    await vi.advanceTimersByTimeAsync(1_000);
    await arrived(opened);
  };

  test("gets one notification for a burst of changes, of the last version", async () => {
    const opened = await start({ capabilities: { workspace: { configuration: true } } });
    stopTimers();
    const versions: unknown[] = [];
    opened.client.onNotification("textDocument/publishDiagnostics", ({ version }) => {
      versions.push(version);
    });
    await opened.open(uri, image);
    for (let version = 2; version <= 500; version++) await type(opened, version);
    await arrived(opened);
    expect(versions).toEqual([]);
    await pass(opened);
    await expect.poll(() => versions).not.toEqual([]);
    await pass(opened);
    expect(versions).toEqual([500]);
  });

  test("gets nothing for a document that it closed meanwhile", async () => {
    const opened = await start({ capabilities: {} });
    stopTimers();
    const pushed: unknown[][] = [];
    opened.client.onNotification("textDocument/publishDiagnostics", ({ diagnostics }) => {
      pushed.push(diagnostics);
    });
    await opened.open(uri, image);
    await opened.client.sendNotification("textDocument/didClose", { textDocument: { uri } });
    await arrived(opened);
    await pass(opened);
    await expect.poll(() => pushed).not.toEqual([]);
    await pass(opened);
    expect(pushed.flat()).toEqual([]);
  });

  test("that does not read is sent nothing more of a document until it does", async () => {
    stopTimers();
    let letGo = () => {};
    let sent = 0;
    const publish = openPublisher(() => {
      sent++;
      return new Promise((resolve) => {
        letGo = resolve;
      });
    });
    for (let turn = 0; turn < 3; turn++) {
      publish(uri);
      await vi.advanceTimersByTimeAsync(300);
    }
    expect(sent).toBe(1);
    letGo();
    await vi.advanceTimersByTimeAsync(600);
    expect(sent).toBe(2);
  });
});

describe("a client that does not tell its settings", () => {
  test("gets results with the defaults, for every file", async () => {
    const opened = await start({ settings: () => new Promise(() => {}) });
    await opened.open(uri, image);
    expect(await pull(opened)).toContain("image-stop-signal");
    for (let index = 0; index < 50; index++) await opened.open(`file:///project/${index}/Dockerfile`, image);
    const all = Array.from({ length: 50 }, (_, index) =>
      opened.client.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
        textDocument: { uri: `file:///project/${index}/Dockerfile` },
      }),
    );
    for (const { items } of await Promise.all(all)) expect(items.length).toBeGreaterThan(0);
  });

  test("is asked to pull again when it tells them late", async () => {
    let answer: (settings: unknown) => void = () => {};
    const late = new Promise((resolve) => {
      answer = resolve;
    });
    const opened = await start({ settings: () => late });
    await opened.open(uri, image);
    expect(await pull(opened)).toContain("image-stop-signal");
    expect(opened.refreshes()).toBe(0);
    answer({ rules: { "image-stop-signal": "off" } });
    await expect.poll(() => opened.refreshes()).toBeGreaterThan(0);
    expect(await pull(opened)).not.toContain("image-stop-signal");
  });
});

describe("files that a server did not come back from", () => {
  const other = "file:///project/compose.yaml";
  const service = "services:\n  web:\n    build: .\n    init: true\n";

  test("get one hint until they change, also when they are opened", async () => {
    const opened = await start({ client: { stalled: [uri] } });
    await opened.open(uri, image);
    expect(await pull(opened)).toEqual(["not-linted"]);
    expect(await pull(opened)).toEqual(["not-linted"]);
    const actions = await opened.client.sendRequest("textDocument/codeAction", {
      textDocument: { uri },
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
      context: { diagnostics: [], only: ["source.fixAll", "quickfix"] },
    });
    expect(actions).toEqual([]);
    await type(opened, 2);
    expect(await pull(opened)).toContain("image-stop-signal");
  });

  test("are not read for the sake of others either", async () => {
    const disk = { [uri]: image };
    const rules = async (stalled: string[]) => {
      session?.close();
      const opened = await start({ disk, client: { stalled } });
      await opened.open(other, service, "dockercompose");
      const { items } = await opened.client.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
        textDocument: { uri: other },
      });
      return items.map(({ code }) => code);
    };
    expect(await rules([])).toContain("run-init");
    expect(await rules([uri])).not.toContain("run-init");
  });

  test("are linted again when they change on disk, and the client is told which file is linted", async () => {
    const opened = await start({ disk: { [uri]: image }, client: { stalled: [uri], linting: true } });
    const linted: unknown[] = [];
    opened.client.onNotification("systemdContainers/linting", (params) => void linted.push(params));
    expect(await pull(opened)).toEqual(["not-linted"]);
    expect(linted).toEqual([]);
    opened.disk.set(uri, `${image}# changed\n`);
    await opened.client.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 2 }] });
    expect(await pull(opened)).toContain("image-stop-signal");
    expect(linted).toEqual([{ uri }]);
  });
});

test("a file on disk that is too large has its hint in the workspace", async () => {
  const opened = await start({ capabilities: pullingClient, disk: { [uri]: "" }, large: [uri] });
  expect(await pull(opened)).toEqual(["not-linted"]);
});

test("a client that does not read its answers is not served more of them", async () => {
  const requests = 500;
  const asked = new Set<string>();
  const toServer = new PassThrough();
  // No one reads this: after 16 KB what is written waits.
  const toClient = new PassThrough();
  serve(
    (options) =>
      createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient), options),
    () => ({
      readFile: async (of) => {
        asked.add(of);
        return image.replace("CMD", `${"RUN systemctl start a\n".repeat(50)}CMD`);
      },
      findFiles: async () => [],
    }),
    late,
  );
  const client = createProtocolConnection(
    new StreamMessageReader(new PassThrough()),
    new StreamMessageWriter(toServer),
  );
  client.listen();
  const send = (method: string, params: object) => void client.sendRequest(method, params).catch(() => {});
  send("initialize", { processId: null, rootUri: null, capabilities: {} });
  for (let index = 0; index < requests; index++)
    send("textDocument/diagnostic", { textDocument: { uri: `file:///project/${index}/Dockerfile` } });
  for (let before = 0; before === 0 || before !== asked.size; ) {
    before = asked.size;
    await waited(500);
  }
  const files = [...asked].filter((of) => of.endsWith("/Dockerfile"));
  expect(files.length).toBeGreaterThan(0);
  expect(files.length).toBeLessThan(requests / 2);
  client.dispose();
});
