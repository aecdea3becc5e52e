import { afterEach, expect, test } from "vitest";
import {
  CancellationTokenSource,
  TextDocuments,
  type WorkspaceDiagnosticReport,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { openAnalysis } from "../../server/src/lsp/analysis";
import { openFiles } from "../../server/src/lsp/files";
import { connect, type Session } from "./connection";

const broken = 'FROM debian:11\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';
const disk = Object.fromEntries(
  Array.from({ length: 5 }, (_, index) => [`file:///project/${index}/Dockerfile`, broken]),
);

let session: Session;
afterEach(() => session?.close());

const pull = (
  previousResultIds: { uri: string; value: string }[] = [],
  source = new CancellationTokenSource(),
) =>
  session.client.sendRequest<WorkspaceDiagnosticReport>(
    "workspace/diagnostic",
    { previousResultIds },
    source.token,
  );

const idsOf = ({ items }: WorkspaceDiagnosticReport) =>
  items.map(({ uri, resultId }) => ({ uri, value: resultId ?? "" }));

test("files that nobody opened are judged", async () => {
  session = await connect({ disk });
  const { items } = await pull();
  expect(items.map(({ uri }) => uri).sort()).toEqual(Object.keys(disk));
  for (const item of items) expect(item).toMatchObject({ kind: "full", items: expect.arrayContaining([]) });
});

test("an answer with nothing new waits for a change", async () => {
  session = await connect({ disk });
  const first = await pull();
  let answered = false;
  const second = pull(idsOf(first)).then((report) => {
    answered = true;
    return report;
  });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(answered).toBe(false);
  session.disk.set("file:///project/3/Dockerfile", broken.replace("CMD", "STOPSIGNAL SIGRTMIN+3\nCMD"));
  await session.client.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: "file:///project/3/Dockerfile", type: 2 }],
  });
  const { items } = await second;
  expect(items.filter(({ kind }) => kind === "full").map(({ uri }) => uri)).toEqual([
    "file:///project/3/Dockerfile",
  ]);
});

test("a file that went takes its findings along", async () => {
  session = await connect({ disk });
  const first = await pull();
  session.disk.delete("file:///project/0/Dockerfile");
  await session.client.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: "file:///project/0/Dockerfile", type: 3 }],
  });
  const { items } = await pull(idsOf(first));
  expect(items.find(({ uri }) => uri === "file:///project/0/Dockerfile")).toMatchObject({
    kind: "full",
    items: [],
  });
});

test("a waiting pull can be cancelled", async () => {
  session = await connect({ disk });
  const source = new CancellationTokenSource();
  const waiting = pull(idsOf(await pull()), source);
  source.cancel();
  await expect(waiting).rejects.toThrow(/cancel/i);
});

test("nothing but open files is judged where the setting says so", async () => {
  session = await connect({ disk, settings: () => ({ workspaceDiagnostics: "off" }) });
  const source = new CancellationTokenSource();
  const waiting = pull([], source);
  setTimeout(() => source.cancel(), 100);
  await expect(waiting).rejects.toThrow(/cancel/i);
});

test("a change in one of 200 linked files judges only what depends on it again", async () => {
  const texts = new Map<string, string>();
  for (let index = 0; index < 100; index++) {
    texts.set(
      `file:///w/${index}/Dockerfile`,
      `FROM debian:12\nCOPY run.sh /run.sh\nENTRYPOINT ["/run.sh"]\n`,
    );
    texts.set(`file:///w/${index}/run.sh`, "#!/bin/sh\nexec /sbin/init\n");
  }
  const read: string[] = [];
  const files = openFiles(new TextDocuments(TextDocument), {
    readFile: async (uri) => {
      read.push(uri);
      return texts.get(uri);
    },
    findFiles: async () => [...texts.keys()].filter((uri) => uri.endsWith("Dockerfile")),
  });
  files.setFolders(["file:///w"]);
  const judge = openAnalysis({
    ...{ files, kindOf: () => undefined, log: () => {}, starts: () => {} },
    settingsOf: async () => ({ rules: {}, target: undefined }),
  });
  const all = await files.workspaceFiles();
  for (const uri of all) await judge.lint(uri);
  read.length = 0;
  files.forget("file:///w/7/run.sh");
  expect(judge.changed("file:///w/7/run.sh")).toEqual(["file:///w/7/Dockerfile"]);
  for (const uri of all) await judge.lint(uri);
  expect(read).toEqual(["file:///w/7/run.sh"]);
});

test("a key in one of 50 compose files judges its Dockerfile again, and one that it builds from then on", async () => {
  const compose = (of: string) =>
    `services:\n  web:\n    build: ${of}\n    command: /sbin/init\n    tmpfs: /run\n`;
  const texts = new Map<string, string>();
  for (let index = 0; index < 50; index++) {
    texts.set(`file:///w/${index}/Dockerfile`, broken);
    texts.set(`file:///w/${index}/compose.yaml`, compose("."));
  }
  const judged: string[] = [];
  const files = openFiles(new TextDocuments(TextDocument), {
    readFile: async (uri) => texts.get(uri),
    findFiles: async () => [...texts.keys()],
  });
  files.setFolders(["file:///w"]);
  const judge = openAnalysis({
    ...{ files, kindOf: () => undefined, log: () => {} },
    settingsOf: async () => ({ rules: {}, target: undefined }),
    starts: (uri) => judged.push(uri),
  });
  const told: string[] = [];
  judge.whenRelinked((uris) => told.push(...uris));
  const write = async (text: string) => {
    texts.set("file:///w/7/compose.yaml", text);
    files.forget("file:///w/7/compose.yaml");
    judge.changed("file:///w/7/compose.yaml");
    judged.length = 0;
    for (const uri of texts.keys()) await judge.lint(uri);
    return [...new Set(judged)];
  };
  for (const uri of texts.keys()) await judge.lint(uri);
  expect(await write(compose(".").replace("/run", "/run:exec"))).toEqual([
    "file:///w/7/Dockerfile",
    "file:///w/7/compose.yaml",
  ]);
  expect(told).toEqual([]);
  expect(await write(compose("../9"))).toEqual([
    "file:///w/7/Dockerfile",
    "file:///w/7/compose.yaml",
    "file:///w/9/Dockerfile",
  ]);
  expect(told).toEqual(["file:///w/9/Dockerfile"]);
});

test("a first answer does not wait for a long search, and is asked for again when it ends", async () => {
  let end = () => {};
  const searching = new Promise<void>((resolve) => {
    end = resolve;
  });
  const compose = "services:\n  web:\n    build: .\n    command: /sbin/init\n    tmpfs: [/run, /run/lock]\n";
  session = await connect({ disk: { "file:///project/compose.yaml": compose }, searching });
  const uri = "file:///project/Dockerfile";
  await session.open(uri, `${broken.replace("11", "12")}VOLUME /sys/fs/cgroup\n`);
  const messages = async () => {
    const textDocument = { uri };
    const { items } = await session.client.sendRequest<{ items: { message: string }[] }>(
      "textDocument/diagnostic",
      { textDocument },
    );
    return items.map(({ message }) => message).join("\n");
  };
  expect(await messages()).not.toContain("web");
  const before = session.refreshes();
  end();
  await expect.poll(() => session.refreshes(), { timeout: 10_000 }).toBeGreaterThan(before);
  expect(await messages()).toContain("web");
});

test("many files of a common kind do not keep the others from being linted", async () => {
  const notes = Array.from({ length: 2_100 }, (_, index) => [
    `file:///project/notes/${index}.md`,
    "# A note",
  ]);
  const beside = "file:///project/0/README.md";
  session = await connect({ disk: { ...disk, ...Object.fromEntries(notes), [beside]: "# A note" } });
  const { items } = await pull();
  expect(items.map(({ uri }) => uri).sort()).toEqual([...Object.keys(disk), beside].sort());
});

test("a workspace of more files than are linted unasked is told of once, in the log", async () => {
  const many = Object.fromEntries(
    Array.from({ length: 2_001 }, (_, index) => [`file:///project/${index}/Dockerfile`, broken]),
  );
  session = await connect({ disk: many });
  const pullOnce = async () => {
    const source = new CancellationTokenSource();
    const waiting = session.client.sendRequest(
      "workspace/diagnostic",
      { previousResultIds: [] },
      source.token,
    );
    await expect.poll(() => session.logged.length).toBeGreaterThan(0);
    source.cancel();
    await waiting.catch(() => undefined);
  };
  await pullOnce();
  await pullOnce();
  expect(session.logged.filter((text) => text.includes("2001 Dockerfiles"))).toHaveLength(1);
});
