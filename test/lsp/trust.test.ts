import { afterEach, expect, test } from "vitest";
import type { Diagnostic } from "vscode-languageserver/node";
import { trustMethod } from "../../server/src/protocol";
import { connect, type Session } from "./connection";

const uri = "file:///project/compose.yaml";
const outside = {
  "file:///elsewhere/base.yaml":
    "services:\n  base:\n    image: web\n    command: /sbin/init\n    init: true\n",
  "file:///project-other/Dockerfile":
    'FROM debian:12\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n',
};
const compose = `services:
  web:
    extends: { file: ../elsewhere/base.yaml, service: base }
  built:
    build: ../project-other
    init: true
`;

let session: Session;
afterEach(() => session.close());

/** Pulls, and gives the files outside the directory that were read from the disk. */
async function pull(): Promise<{ codes: unknown[]; asked: string[] }> {
  const asked = session.asked.length;
  const { items } = await session.client.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
    textDocument: { uri },
  });
  const names = session.asked.slice(asked).filter((name) => !name.startsWith("file:///project/"));
  return { codes: items.map(({ code }) => code), asked: names.sort() };
}

test("nothing outside the directories of a workspace is read until it is trusted", async () => {
  session = await connect({ disk: outside, client: { trusted: false } });
  await session.open(uri, compose, "dockercompose");
  expect(await pull()).toEqual({ codes: [], asked: [] });
  const before = session.refreshes();
  await session.client.sendNotification(trustMethod);
  const { codes, asked } = await pull();
  expect(codes).toContain("run-init");
  expect(asked).toEqual(expect.arrayContaining(Object.keys(outside)));
  await expect.poll(() => session.refreshes()).toBe(before + 1);
});

test("a client that says nothing of trust is trusted", async () => {
  session = await connect({ disk: outside });
  await session.open(uri, compose, "dockercompose");
  expect((await pull()).codes).toContain("run-init");
});

test("files of the folders themselves are read without trust", async () => {
  const base = outside["file:///elsewhere/base.yaml"];
  session = await connect({ disk: { "file:///project/sub/base.yaml": base }, client: { trusted: false } });
  await session.open(uri, compose.replace("../elsewhere", "sub"), "dockercompose");
  expect((await pull()).codes).toContain("run-init");
});
