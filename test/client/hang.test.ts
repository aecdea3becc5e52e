import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import {
  createProtocolConnection,
  type Diagnostic,
  IPCMessageReader,
  IPCMessageWriter,
  type ProtocolConnection,
} from "vscode-languageserver/node";
import { forkServer, killServer } from "../../client/src/server-process";
import { openWatchdog } from "../../client/src/watchdog";
import { type ClientOptions, lintingMethod, pingMethod } from "../../server/src/protocol";

const uri = "file:///project/Dockerfile";
const image = 'FROM debian:12\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n# hang\n';
const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

let child: ChildProcess;
let client: ProtocolConnection;
afterEach(() => killServer(child));

async function start(module: string, initializationOptions: ClientOptions, tell: (uri?: string) => void) {
  child = forkServer(pathOf(module));
  client = createProtocolConnection(new IPCMessageReader(child), new IPCMessageWriter(child));
  client.onNotification(lintingMethod, (params: { uri?: string }) => tell(params.uri));
  client.listen();
  await client.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: { textDocument: { diagnostic: {} } },
    initializationOptions,
  });
  await client.sendNotification("initialized", {});
}

const open = () =>
  client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "dockerfile", version: 1, text: image },
  });
const pull = async () =>
  (
    await client.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", { textDocument: { uri } })
  ).items.map(({ code }) => code);

test("a server that hangs is killed, and the next one leaves the file alone until it changes", async () => {
  let killed = () => {};
  const isKilled = new Promise<void>((resolve) => {
    killed = resolve;
  });
  const dog = openWatchdog({
    ping: () => client.sendRequest(pingMethod),
    end: async (file) => {
      expect(file).toBe(uri);
      const hung = child;
      await killServer(hung);
      expect(hung.signalCode).toBe("SIGKILL");
      killed();
    },
    // Here 20 s take 2.
    after: (milliseconds, then) => {
      const timer = setTimeout(then, milliseconds / 10);
      return () => clearTimeout(timer);
    },
  });
  const options = () => ({ linting: true, stalled: dog.stalled() });
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  await start("hanging-server.cjs", options(), (file) => {
    dog.linting(file);
    begun();
  });
  await open();
  await hasBegun;
  dog.sent();
  await isKilled;
  expect(dog.stalled()).toEqual([uri]);

  await start("../../server/out/main.cjs", options(), dog.linting);
  expect(await client.sendRequest(pingMethod)).toBeNull();
  await open();
  expect(await pull()).toEqual(["not-linted"]);
  expect(dog.stalled()).toEqual([uri]);
  await client.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: image.replace("# hang", "") }],
  });
  expect(await pull()).toContain("image-stop-signal");
  expect(dog.stalled()).toEqual([]);
  dog.dispose();
});
