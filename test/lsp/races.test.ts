import { PassThrough } from "node:stream";
import { afterEach, expect, test } from "vitest";
import {
  type CodeAction,
  createConnection,
  type Diagnostic,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { openSession } from "../../server/src/lsp/session";
import { explainMethod, planMethod } from "../../server/src/protocol";
import { connect, type Session, type SessionOptions } from "./connection";

const uri = "file:///project/Dockerfile";
const image = `FROM debian:12
RUN apt-get install -y systemd-sysv
COPY web.service /etc/systemd/system/web.service
CMD ["/sbin/init"]
`;
const service = "services:\n  web:\n    build: .\n    command: /sbin/init\n";

let session: Session;
const start = async (options: SessionOptions = {}) => {
  session = await connect(options);
};
afterEach(() => session.close());

/** Reads of files whose name ends so wait until they are let go. */
function gate(ending: string) {
  let reached = () => {};
  let letGo = () => {};
  const isReached = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const slowly = async (of: string) => {
    if (!of.endsWith(ending)) return;
    reached();
    await opened;
  };
  return { slowly, isReached, letGo: () => letGo() };
}

/** The server takes messages in sequence: what was sent before this is known to it after. */
const arrived = () => session.client.sendRequest(explainMethod, { log: "" });

const pull = async (of = uri) =>
  (
    await session.client.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
      textDocument: { uri: of },
    })
  ).items;
const insertLines = (version: number) =>
  session.client.sendNotification("textDocument/didChange", {
    textDocument: { uri, version },
    contentChanges: [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: "# a\n# b\n" },
    ],
  });

test("a document that changes while it is judged is judged as it is then", async () => {
  const { slowly, isReached, letGo } = gate("web.service");
  await start({ slowly });
  await session.open(uri, image);
  const pulled = pull();
  await isReached;
  await insertLines(2);
  await arrived();
  letGo();
  const stop = (await pulled).find(({ code }) => code === "image-stop-signal");
  expect(stop?.range.start.line).toBe(5);
});

test("a repair that is asked for before a change is one of the text after it", async () => {
  const { slowly, isReached, letGo } = gate("web.service");
  await start({ slowly });
  await session.open(uri, image);
  const asked = session.client.sendRequest<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    context: { diagnostics: [] },
  });
  await isReached;
  await insertLines(2);
  await arrived();
  letGo();
  const repair = (await asked).find(({ title }) => title.includes("STOPSIGNAL"));
  expect(repair?.edit?.documentChanges).toMatchObject([
    { textDocument: { uri, version: 2 }, edits: [{ range: { start: { line: 5 } } }] },
  ]);
});

test("a file that changes on disk while it is read is read again", async () => {
  const { slowly, isReached, letGo } = gate("compose.yaml");
  await start({ slowly, disk: { "file:///project/compose.yaml": service } });
  await session.open(uri, "FROM debian:12\nRUN apt-get install -y systemd-sysv\n");
  const pulled = pull();
  await isReached;
  session.disk.set("file:///project/compose.yaml", "services: {}\n");
  await session.client.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: "file:///project/compose.yaml", type: 2 }],
  });
  await arrived();
  letGo();
  await pulled;
  expect(await pull()).toEqual([]);
});

test("settings that change while a file is judged hold for the answer", async () => {
  const { slowly, isReached, letGo } = gate("web.service");
  let level = "error";
  await start({ slowly, settings: () => ({ rules: { "image-stop-signal": level } }) });
  await session.open(uri, image);
  const pulled = pull();
  await isReached;
  level = "off";
  await session.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await arrived();
  letGo();
  for (const items of [await pulled, await pull()])
    expect(items.map(({ code }) => code)).not.toContain("image-stop-signal");
});

test("a folder that cannot be searched costs only its own files", async () => {
  await start({
    folders: ["file:///unreadable", "file:///project"],
    disk: { "file:///project/compose.yaml": service },
  });
  await session.open(uri, "FROM debian:12\nRUN apt-get install -y systemd-sysv\n");
  expect((await pull()).map(({ code }) => code)).toContain("image-stop-signal");
});

test("a run file outside the folders starts the images of open documents once it is open", async () => {
  await start({ folders: [] });
  await session.open(uri, "FROM debian:12\nRUN apt-get install -y systemd-sysv\n");
  expect(await pull()).toEqual([]);
  await session.open("file:///project/compose.yaml", service, "dockercompose");
  expect((await pull()).map(({ code }) => code)).toContain("image-stop-signal");
});

test("a request that makes no sense is answered, and the server lives on", async () => {
  await start();
  await session.open(uri, image);
  expect(await session.client.sendRequest(planMethod, {})).toMatchObject({ refused: expect.any(String) });
  expect(await session.client.sendRequest(explainMethod, { uri: 7 })).toMatchObject({ causes: [] });
  expect(session.logged.length).toBeGreaterThan(0);
  expect((await pull()).length).toBeGreaterThan(0);
});

test("what fails once the connection has ended is told to no client, and throws nothing", () => {
  const [reader, writer] = [
    new StreamMessageReader(new PassThrough()),
    new StreamMessageWriter(new PassThrough()),
  ];
  const connection = createConnection(reader, writer);
  const { log } = openSession(connection, { readFile: async () => undefined, findFiles: async () => [] });
  connection.dispose();
  expect(() => log("a timer that went off late")).not.toThrow();
});
