import { afterEach, describe, expect, test } from "vitest";
import type { CodeLens, InitializeResult, InlayHint } from "vscode-languageserver/node";
import { commands } from "../../client/src/commands";
import { connect, pullingClient, type Session, type SessionOptions } from "./connection";
import { keyedTexts } from "./keyed-texts";

const image = "file:///project/Dockerfile";
const compose = "file:///project/compose.yaml";
const systemd = "FROM debian:12 AS base\nRUN apt-get update && apt-get install -y systemd-sysv\n";
const dockerfile = `${systemd}FROM base\nRUN systemctl set-default multi-user.target\nCMD ["/sbin/init"]\n`;
const services =
  "services:\n  web:\n    build: .\n  other:\n    image: nginx\n  named:\n    image: x\n    command: /sbin/init\n";

let session: Session;
afterEach(() => session.close());

async function open(options: SessionOptions = {}): Promise<void> {
  session = await connect({
    texts: keyedTexts,
    client: { engine: true },
    disk: { [image]: dockerfile, [compose]: services },
    ...options,
  });
}

/** The lenses by their line: title, command and arguments. */
async function lenses(uri: string): Promise<unknown[][]> {
  const found = await session.client.sendRequest<CodeLens[]>("textDocument/codeLens", {
    textDocument: { uri },
  });
  return found.map(({ range, command }) => [
    range.start.line,
    command?.title,
    command?.command,
    ...(command?.arguments ?? []),
  ]);
}

const boot = (line: number, title = "lens.build") => [line, title, "systemdContainers.buildAndBoot", image];
const copy = (line: number) => [line, "lens.copy", "systemdContainers.copyRunCommand", image];

describe("lenses", () => {
  test("of a Dockerfile are above its last FROM", async () => {
    await open();
    expect(await lenses(image)).toEqual([boot(2), copy(2)]);
    expect(session.logged).toEqual([]);
  });

  test("of a compose file are above the services that boot systemd", async () => {
    await open();
    const service = (line: number, title: string, name: string) => [
      [line, title, "systemdContainers.bootComposeService", compose, name],
      [line, "lens.copy", "systemdContainers.copyRunCommand", compose, name],
    ];
    expect(await lenses(compose)).toEqual([
      ...service(1, "lens.build", "web"),
      ...service(5, "lens.boot", "named"),
    ]);
  });

  test("are there while a line is typed, and with CRLF", async () => {
    await open();
    await session.open(image, `${dockerfile}STOPSI`);
    expect(await lenses(image)).toEqual([boot(2), copy(2)]);
    await session.open(`${image}.crlf`, dockerfile.replaceAll("\n", "\r\n"));
    expect((await lenses(`${image}.crlf`)).map(([line]) => line)).toEqual([2, 2]);
  });

  test.each([
    ["nginx boots", "FROM nginx\n"],
    ["nothing is built", "ARG A\n"],
    ["there is nothing", ""],
  ])("are not there where %s", async (_, text) => {
    await open({ disk: { [image]: text } });
    expect(await lenses(image)).toEqual([]);
  });

  test("name commands that the client has", async () => {
    await open();
    const named = [...(await lenses(image)), ...(await lenses(compose))].map(([, , command]) =>
      String(command),
    );
    expect(named.filter((command) => !(command in commands))).toEqual([]);
  });

  test.each([
    ["boots", { codeLens: { buildAndBoot: false } }, [copy(2)]],
    ["copies", { codeLens: { copyRunCommand: false } }, [boot(2)]],
    ["does either", { codeLens: { buildAndBoot: false, copyRunCommand: false } }, []],
    ["is not valid", { codeLens: "x" }, [boot(2), copy(2)]],
  ])("are off one by one: what %s", async (_, settings, expected) => {
    await open({ settings: () => settings });
    expect(await lenses(image)).toEqual(expected);
  });

  test("of a client without an engine boot nothing, and one without our commands has none", async () => {
    await open({ client: {} });
    expect(await lenses(image)).toEqual([copy(2)]);
    session.close();
    await open({ commands: false });
    expect(await lenses(image)).toEqual([]);
  });
});

describe("hints", () => {
  const hints = async (uri = image, lines = 9) => {
    const range = { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } };
    return session.client.sendRequest<InlayHint[]>("textDocument/inlayHint", {
      textDocument: { uri },
      range,
    });
  };

  test("are off unless they are turned on", async () => {
    await open();
    expect(await hints()).toEqual([]);
  });

  test("have the version of systemd and the target of each stage", async () => {
    await open({ settings: () => ({ inlayHints: true }) });
    expect((await hints()).map(({ position, label }) => [position, label])).toEqual([
      [{ line: 0, character: 22 }, "systemd 252 → default.target"],
      [{ line: 2, character: 9 }, "systemd 252 → multi-user.target"],
    ]);
    expect((await hints(image, 1)).length).toBe(1);
    expect((await hints())[1]?.tooltip).toBe(
      "hint.about(version=252, name=debian:12, target=multi-user.target)",
    );
  });

  test("are not on images without systemd, or of which nothing is known", async () => {
    const text = "FROM debian:12\nFROM alpine\nFROM unknown\nFROM redhat/ubi9-init\n";
    await open({ settings: () => ({ inlayHints: true }), disk: { [image]: text } });
    expect((await hints()).map(({ position }) => position.line)).toEqual([3]);
  });
});

test("a client is asked to show both again where settings change, if it can", async () => {
  const asked: string[] = [];
  await open({
    capabilities: {
      ...pullingClient,
      workspace: {
        ...pullingClient.workspace,
        codeLens: { refreshSupport: true },
        inlayHint: { refreshSupport: true },
      },
    },
  });
  for (const method of ["workspace/codeLens/refresh", "workspace/inlayHint/refresh"])
    session.client.onRequest(method, () => {
      asked.push(method);
      return null;
    });
  await session.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
  await expect
    .poll(() => asked.sort())
    .toEqual(["workspace/codeLens/refresh", "workspace/inlayHint/refresh"]);
});

test("nothing is loaded for what is off, and linting loads none of it", async () => {
  const loaded: string[] = [];
  session = await connect({
    disk: { [image]: dockerfile },
    settings: () => ({ codeLens: { buildAndBoot: false, copyRunCommand: false } }),
    loads: (name) => void loaded.push(name),
  });
  await session.open(image, dockerfile);
  const textDocument = { uri: image };
  await session.client.sendRequest("textDocument/diagnostic", { textDocument });
  await lenses(image);
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  await session.client.sendRequest("textDocument/inlayHint", { textDocument, range });
  expect(loaded).toEqual([]);
  await session.client.sendRequest("textDocument/completion", { textDocument, position: range.end });
  await session.client.sendRequest("textDocument/documentLink", { textDocument });
  expect(loaded).toEqual(["words", "navigation"]);
});

test("lenses are announced to a client that has the commands", async () => {
  await open();
  const { capabilities }: InitializeResult = session.initialized;
  expect(capabilities).toMatchObject({ codeLensProvider: {}, inlayHintProvider: true });
  session.close();
  await open({ commands: false });
  expect(session.initialized.capabilities).not.toHaveProperty("codeLensProvider");
});
