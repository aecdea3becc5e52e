import { afterEach, expect, test } from "vitest";
import type { DocumentDiagnosticReport } from "vscode-languageserver/node";
import { connect, type Session } from "./connection";

const uri = "file:///project/Dockerfile";
const script = "file:///project/docker-entry";
const dockerfile =
  'FROM debian:12\nRUN apt-get install -y systemd-sysv\nCOPY docker-entry /\nENTRYPOINT ["/docker-entry"]\n';

let session: Session;
afterEach(() => session?.close());

async function rules(): Promise<unknown[]> {
  const report = await session.client.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
    textDocument: { uri },
  });
  return report.kind === "full" ? report.items.map(({ code }) => code) : [];
}

test("an entry script without an extension is watched, and its change is heard", async () => {
  session = await connect({ disk: { [script]: "#!/bin/sh\n/sbin/init\n" } });
  await session.open(uri, dockerfile);
  const before = await rules();
  expect(session.watched).toContain("**/docker-entry");
  session.disk.set(script, "#!/bin/sh\nexec /sbin/init\n");
  await session.client.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: script, type: 2 }],
  });
  expect(await rules()).not.toEqual(before);
  expect(session.refreshes()).toBe(1);
});

test("a file is asked for once, and what a client finds by its name not at all", async () => {
  session = await connect({ disk: { "file:///project/compose.yaml": "services: { web: { build: . } }\n" } });
  await session.open(uri, dockerfile);
  await rules();
  await session.client.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: `${dockerfile}STOPSIGNAL SIGRTMIN+3\n` }],
  });
  await rules();
  expect(session.watched.filter((glob) => glob === "**/docker-entry")).toHaveLength(1);
  expect(session.watched.filter((glob) => /compose|Dockerfile$/.test(glob))).toEqual([]);
});

test("characters of a glob in a name stand for any character", async () => {
  session = await connect();
  await session.open(uri, dockerfile.replaceAll("docker-entry", "start[1]"));
  await rules();
  expect(session.watched).toContain("**/start?1?");
});

test("a client that cannot register watchers is not asked to", async () => {
  session = await connect({ capabilities: { textDocument: { diagnostic: {} } } });
  await session.open(uri, dockerfile);
  await rules();
  expect(session.watched).toEqual([]);
});
