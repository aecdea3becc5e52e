import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { URI } from "vscode-uri";
import { badHeader } from "../../server/src/headers";
import { type Answer, endAll, type ProcessOptions, startProcess } from "./process";

const uri = "file:///project/Dockerfile";
const image = 'FROM debian:12\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';
const rule = "image-stop-signal";
const service = "services:\n  web:\n    build: .\n    init: true\n";

/** What hangs counts as failed after this time, in milliseconds. */
const patience = 180_000;

const folders: string[] = [];
afterAll(async () => {
  await endAll();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A separate directory, and the URI of a file in it. */
function makeFolder() {
  const folder = mkdtempSync(join(tmpdir(), "protocol-"));
  folders.push(folder);
  const uriOf = (name: string) => URI.file(join(folder, name)).toString();
  return { folder, uriOf, workspaceFolders: [{ uri: URI.file(folder).toString(), name: "w" }] };
}

async function start(params?: object, options?: ProcessOptions) {
  const server = startProcess(options);
  await server.initialize(params);
  return server;
}

/** A server is well when it judges a file that it has not seen. */
async function isWell(server: ReturnType<typeof startProcess>) {
  server.open("file:///well/Dockerfile", image);
  return (await server.pull("file:///well/Dockerfile")).includes(rule);
}

const change = (version: unknown, contentChanges: unknown, of: unknown = uri) => ({
  textDocument: { uri: of, version },
  contentChanges,
});
const at = (line: unknown, character: unknown) => ({ line, character });
const insert = (text: string, line = 0) => [{ range: { start: at(line, 0), end: at(line, 0) }, text }];
const codeOf = ({ error }: Answer) => error?.code;

describe.concurrent("a flood", () => {
  test(
    "of changes, each with a pull, is answered, in the end with what holds then",
    async () => {
      const server = await start();
      server.open(uri, image);
      const pulls: Promise<unknown[]>[] = [];
      for (let version = 2; version <= 1_000; version++) {
        server.notify("textDocument/didChange", change(version, insert(`# ${version}\n`)));
        pulls.push(server.pull(uri));
      }
      server.notify(
        "textDocument/didChange",
        change(1_001, [{ text: image.replace("CMD", "STOPSIGNAL SIGRTMIN+3\nCMD") }]),
      );
      const last = await server.pull(uri);
      expect(last).not.toContain(rule);
      expect(await Promise.all(pulls)).toHaveLength(999);
      expect(await isWell(server)).toBe(true);
    },
    patience,
  );

  test(
    "of pulls, all of them cancelled, is answered, and cancelling what never was does nothing",
    async () => {
      const server = await start();
      server.open(uri, image);
      const answers = Array.from({ length: 500 }, () => {
        const answer = server.request("textDocument/diagnostic", { textDocument: { uri } });
        server.notify("$/cancelRequest", { id: server.lastId });
        return answer;
      });
      for (const id of [0, -1, 9_999, "x"]) server.notify("$/cancelRequest", { id });
      for (const answer of await Promise.all(answers)) expect([undefined, -32800]).toContain(codeOf(answer));
      expect(await isWell(server)).toBe(true);
    },
    patience,
  );
});

describe.concurrent("messages that make no sense", () => {
  test(
    "of versions and places are taken as they come, and a whole text puts it right",
    async () => {
      const server = await start();
      server.open(uri, image);
      for (const version of [0, -1, null, "x", 2 ** 40, 2]) {
        server.notify("textDocument/didChange", change(version, [{ text: image }]));
        server.notify("textDocument/didChange", change(version, insert("# x\n", 1e9)));
      }
      const places = [
        [at(-1, -5), at(0, 0)],
        [at(2, 0), at(0, 0)],
        [at(0, 1e9), at(1e9, 0)],
        [at(1.5, 2.5), at("a", null)],
        [null, null],
      ];
      for (const [start, end] of places)
        server.notify("textDocument/didChange", change(3, [{ range: { start, end }, text: "Q" }]));
      await server.pull(uri);
      server.notify("textDocument/didChange", change(4, [{ text: image }]));
      expect(await server.pull(uri)).toContain(rule);
      for (const range of [
        { start: at(-5, -5), end: at(1e9, 1e9) },
        { start: at(9, 9), end: at(0, 0) },
      ]) {
        const asked = { textDocument: { uri }, range, context: { diagnostics: [] } };
        expect(codeOf(await server.request("textDocument/codeAction", asked))).toBeUndefined();
      }
      server.notify("textDocument/didClose", { textDocument: { uri } });
      server.notify("textDocument/didClose", { textDocument: { uri } });
      server.notify("textDocument/didChange", change(9, [{ text: image }], "file:///project/never"));
      expect(await isWell(server)).toBe(true);
    },
    patience,
  );

  test(
    "of parameters are answered, each request of every kind",
    async () => {
      const server = await start();
      const wrong = [
        null,
        1,
        "x",
        [],
        {},
        { textDocument: null },
        { textDocument: { uri: 5 }, position: "x", range: null, context: 1 },
        { textDocument: { uri }, position: at("x", {}), range: { start: 1 }, context: { only: 7 } },
        { uri: 5, name: {}, log: 7, facts: 3, options: "x", image: 1, engine: null },
        { previousResultIds: "x" },
      ];
      const methods = [
        "textDocument/hover",
        "textDocument/codeAction",
        "textDocument/diagnostic",
        "systemdContainers/plan",
        "systemdContainers/explain",
        "systemdContainers/doctor",
        "nobody/knows",
      ];
      const answers = methods.flatMap((method) => wrong.map((params) => server.request(method, params)));
      for (const { result, error } of await Promise.all(answers)) expect(error ?? { result }).toBeDefined();
      const told = [
        "textDocument/didOpen",
        "textDocument/didChange",
        "textDocument/didClose",
        "workspace/didChangeConfiguration",
        "workspace/didChangeWatchedFiles",
        "systemdContainers/engineFacts",
        "systemdContainers/trust",
        "$/cancelRequest",
        "$/setTrace",
        "nobody/knows",
      ];
      for (const method of told) for (const params of wrong) server.notify(method, params);
      for (const body of [
        "{",
        "null",
        "[]",
        "1",
        '"x"',
        '{"jsonrpc":"2.0"}',
        '{"jsonrpc":"2.0","id":{},"method":1}',
      ])
        server.raw(`Content-Length: ${body.length}\r\n\r\n${body}`);
      expect(await isWell(server)).toBe(true);
    },
    patience,
  );
});

describe.concurrent("a message at the wrong time", () => {
  test(
    "before initialize and after shutdown is refused, with the error of the protocol",
    async () => {
      const server = startProcess();
      for (const method of ["textDocument/diagnostic", "nobody/knows", "shutdown"])
        expect(codeOf(await server.request(method, { textDocument: { uri } })), method).toBe(-32002);
      server.open(uri, image);
      expect(codeOf(await server.initialize())).toBeUndefined();
      // What was reported before is not known.
      expect(await server.pull(uri)).toEqual([]);
      expect(codeOf(await server.initialize())).toBe(-32600);
      expect(await isWell(server)).toBe(true);
      expect((await server.request("shutdown")).result).toBeNull();
      expect(codeOf(await server.request("textDocument/diagnostic", { textDocument: { uri } }))).toBe(-32600);
      server.notify("exit");
      expect(await server.ended).toBe(0);
    },
    patience,
  );

  test(
    "an initialize that fails may be followed by one that does not",
    async () => {
      const server = startProcess();
      for (const params of [null, 1, [], {}, { capabilities: 5, workspaceFolders: [null] }])
        expect(codeOf(await server.request("initialize", params))).toBeDefined();
      await server.initialize();
      expect(await isWell(server)).toBe(true);
    },
    patience,
  );
});

describe.concurrent("a server ends", () => {
  test(
    "with 1 when it is told to exit in the middle, and with 0 after shutdown",
    async () => {
      const work = `${image}${"RUN systemctl enable ssh\n".repeat(500)}`;
      const ends = async (shutdown: boolean) => {
        const server = await start();
        server.open(uri, work);
        for (let index = 0; index < 20; index++)
          void server.request("textDocument/diagnostic", { textDocument: { uri } });
        if (shutdown) await server.request("shutdown");
        server.notify("exit");
        return server.ended;
      };
      expect(await Promise.all([ends(false), ends(true)])).toEqual([1, 0]);
    },
    patience,
  );

  test(
    "when its input ends, and when its client is gone",
    async () => {
      const dead = spawn(process.execPath, ["-e", ""]);
      await once(dead, "exit");
      const [cut, orphan] = await Promise.all([start(), start({ processId: dead.pid })]);
      cut.child.stdin.end();
      expect(await Promise.all([cut.ended, orphan.ended])).toEqual([1, 1]);
    },
    patience,
  );

  test(
    "with 1, and says why, when a header is not one",
    async () => {
      const server = await start();
      server.raw('Content-Length: abc\r\n\r\n{"jsonrpc":"2.0"}');
      expect(await server.ended).toBe(1);
      expect(server.logged()).toContain(badHeader("Content-Length: abc"));
    },
    patience,
  );
});

test.concurrent(
  "a client that reads late gets every answer",
  async () => {
    const server = startProcess({ reads: false });
    const work = `${image}${"RUN systemctl start a\n".repeat(100)}`;
    const initialized = server.initialize();
    server.open(uri, work);
    const answers = Array.from({ length: 200 }, () => server.pull(uri));
    server.notify("textDocument/didChange", change(2, insert("# x\n")));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    server.read();
    expect(codeOf(await initialized)).toBeUndefined();
    for (const rules of await Promise.all(answers)) expect(rules).toContain(rule);
    expect(await isWell(server)).toBe(true);
  },
  patience,
);

describe.concurrent("files on disk", () => {
  test(
    "that are linked vanish and come back while they are read",
    async () => {
      const { folder, uriOf, workspaceFolders } = makeFolder();
      writeFileSync(join(folder, "compose.yaml"), service);
      const file = join(folder, "Dockerfile");
      writeFileSync(file, image);
      const server = await start({ workspaceFolders });
      for (let turn = 0; turn < 60; turn++) {
        const there = existsSync(file);
        const meanwhile = server.pull(uriOf("compose.yaml"));
        renameSync(there ? file : `${file}.away`, there ? `${file}.away` : file);
        const event = { uri: uriOf("Dockerfile"), type: there ? 3 : 1 };
        server.notify("workspace/didChangeWatchedFiles", { changes: [event] });
        await meanwhile;
        const rules = await server.pull(uriOf("compose.yaml"));
        expect(rules.includes("run-init"), `turn ${turn}`).toBe(!there);
      }
      rmSync(folder, { recursive: true });
      const changes = ["Dockerfile", "compose.yaml"].map((name) => ({ uri: uriOf(name), type: 3 }));
      server.notify("workspace/didChangeWatchedFiles", { changes });
      expect(await server.pull(uriOf("compose.yaml"))).toEqual([]);
      expect(await isWell(server)).toBe(true);
    },
    patience,
  );

  test.skipIf(process.platform === "win32")(
    "that are pipes and devices block nothing",
    async () => {
      const { folder, uriOf, workspaceFolders } = makeFolder();
      mkdirSync(join(folder, "sub"));
      writeFileSync(join(folder, "sub", "Dockerfile"), image);
      const pipes = Array.from({ length: 8 }, (_, index) => `pipe${index}`);
      execFileSync(
        "mkfifo",
        [...pipes, "Dockerfile"].map((name) => join(folder, name)),
      );
      symlinkSync("/dev/zero", join(folder, "zero"));
      const linked = [...pipes, "zero", "/dev/zero"].map(
        (file, index) =>
          `  s${index}: { image: x, command: /sbin/init, init: true, extends: { file: ${file}, service: a } }\n`,
      );
      const built = "  built: { build: ., command: /sbin/init, init: true }\n";
      writeFileSync(join(folder, "compose.yaml"), `services:\n${linked.join("")}${built}`);
      const server = await start({ workspaceFolders });
      const [rules, others] = await Promise.all([
        server.pull(uriOf("compose.yaml")),
        server.pull(uriOf("sub/Dockerfile")),
      ]);
      expect(rules.filter((each) => each === "run-init")).toHaveLength(linked.length + 1);
      expect(others).toContain(rule);
      expect(await server.pull(uriOf("Dockerfile"))).toEqual([]);
    },
    patience,
  );
});
