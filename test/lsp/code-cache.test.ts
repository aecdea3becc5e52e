import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  createProtocolConnection,
  InitializeRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

const server = join(import.meta.dirname, "../../server/out/main.cjs");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "code cache ü "));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A whole life of a server, which is the same whatever is kept. */
async function live(directory: string): Promise<void> {
  const child = spawn(process.execPath, [server, "--stdio"], {
    env: { ...process.env, SYSTEMD_CONTAINERS_CODE_CACHE: directory },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.listen();
  const ended = once(child, "close");
  const { capabilities } = await connection.sendRequest(InitializeRequest.type, {
    ...{ processId: null, rootUri: null, capabilities: {} },
  });
  expect(capabilities).toHaveProperty("codeActionProvider");
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  expect(await ended).toEqual([0, null]);
  connection.dispose();
}

const kept = () => readdirSync(folder).map((name) => join(folder, name));

test("what was compiled is kept, and used by the next server", async () => {
  await live(folder);
  const [first = "", ...others] = kept();
  expect(others).toEqual([]);
  const { ino } = statSync(first);
  await live(folder);
  expect(kept()).toEqual([first]);
  expect(statSync(first).ino).toBe(ino);
});

test("what V8 rejects is replaced, and what another version left goes", async () => {
  await live(folder);
  const [first = ""] = kept();
  const good = readFileSync(first).length;
  writeFileSync(first, "no code");
  writeFileSync(join(folder, "0123456789abcdef-v1.0.0.bin"), "old");
  await live(folder);
  expect(kept()).toEqual([first]);
  expect(readFileSync(first).length).toBeGreaterThan(good / 2);
});

test("where nothing can be written, the server starts all the same", async () => {
  const file = join(folder, "a file");
  writeFileSync(file, "");
  await live(join(file, "cache"));
});
