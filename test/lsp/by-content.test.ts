import { afterEach, expect, test } from "vitest";
import type { DocumentDiagnosticReport, WorkspaceDiagnosticReport } from "vscode-languageserver/node";
import { connect, type Session } from "./connection";

let session: Session;
afterEach(() => session?.close());

const container = "geerlingguy/docker-debian12-ansible";
const play = `- hosts: all\n  tasks:\n    - docker_container:\n        image: ${container}\n`;
const services = `services:\n  a:\n    image: ${container}\n`;

const pull = async (uri: string) => {
  const report = await session.client.sendRequest<DocumentDiagnosticReport>("textDocument/diagnostic", {
    textDocument: { uri },
  });
  return report.kind === "full" ? report.items.map(({ code }) => code) : [];
};

test("of names that many files have, those that look like a kind are linted", async () => {
  const disk = {
    "file:///project/tasks/main.yml": play,
    "file:///project/services.yaml": services,
    "file:///project/values.yaml": "a: { b\n# systemd\n",
  };
  session = await connect({ disk, folders: ["file:///project"] });
  const { items } = await session.client.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
    previousResultIds: [],
  });
  const found = items.filter((item) => item.kind === "full" && item.items.length > 0);
  expect(found.map(({ uri }) => uri)).toEqual(["file:///project/tasks/main.yml"]);
  await session.open("file:///project/services.yaml", services, "yaml");
  expect(await pull("file:///project/services.yaml")).toEqual([]);
});

test("a document becomes one when it is typed", async () => {
  const uri = "file:///project/play.yml";
  session = await connect({ disk: {}, folders: ["file:///project"] });
  await session.open(uri, "# systemd\n", "yaml");
  expect(await pull(uri)).toEqual([]);
  await session.client.sendNotification("textDocument/didChange", {
    textDocument: { uri, version: 2 },
    contentChanges: [{ text: play }],
  });
  expect(await pull(uri)).toContain("run-stop-signal");
});

test("they are not read to find what builds a Dockerfile", async () => {
  const disk = { "file:///project/Dockerfile": "FROM debian\n", "file:///project/main.yml": play };
  session = await connect({ disk, folders: ["file:///project"] });
  await session.open("file:///project/Dockerfile", "FROM debian\n", "dockerfile");
  await pull("file:///project/Dockerfile");
  expect(session.asked).not.toContain("file:///project/main.yml");
});
