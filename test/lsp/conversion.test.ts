import { afterEach, describe, expect, test } from "vitest";
import type { CodeAction, CodeActionContext } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type ConvertParams, type ConvertResult, convertMethod } from "../../server/src/protocol";
import { connect, type Session } from "./connection";
import { keyedTexts } from "./keyed-texts";

const uri = "file:///project/Dockerfile";
let session: Session;
afterEach(() => session.close());

async function ask(
  text: string,
  disk: Readonly<Record<string, string>> = {},
  asked: Partial<ConvertParams> = {},
): Promise<ConvertResult> {
  session = await connect({ disk: { [uri]: text, ...disk }, texts: keyedTexts });
  return session.client.sendRequest<ConvertResult>(convertMethod, { uri, to: "bootSystemd", ...asked });
}

/** A text of a file after the edits of it. */
function edited(text: string, { changed }: ConvertResult, of = uri): string {
  const edits = changed.find((each) => each.uri === of)?.edits ?? [];
  return TextDocument.applyEdits(TextDocument.create(of, "", 0, text), [...edits]);
}

test("a Dockerfile gets edits of its lines, and the unit of its program", async () => {
  const text = 'FROM debian:12\r\n# The program\r\nENTRYPOINT ["/start.sh"]\r\nEXPOSE 80\r\n';
  const result = await ask(text, {
    "file:///project/start.sh": "#!/bin/sh\nexec app\n",
  });
  const { created, doubt, refused } = result;
  const after = edited(text, result);
  expect(after).toMatch(
    /^FROM debian:12\r\n(.*\r\n)*EXPOSE 80\r\n(.*\r\n)*ENTRYPOINT \["\/sbin\/init"\]\r\n$/,
  );
  expect(after.replaceAll("\r\n", "")).not.toContain("\n");
  expect(created.map((file) => file.uri)).toEqual(["file:///project/run-start.service"]);
  expect({ doubt, refused }).toEqual({});
});

test("it is refused with a reason in the client's language", async () => {
  expect(await ask('FROM alpine:3.20\nCMD ["app"]\n')).toEqual({
    refused: "convert.base(base=alpine:3.20)",
    changed: [],
    created: [],
  });
});

test("what is not known of the program is told", async () => {
  expect((await ask('FROM node:20\nCMD ["node", "app.js"]\n')).doubt).toBe(
    "convert.entrypoint(base=node:20)",
  );
});

const booting = 'FROM debian:12\nRUN apt-get update && apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';
const start = "file:///project/start.sh";
const compose = "file:///project/compose.yaml";

test("a compose service is added to the file that is there", async () => {
  const services = "services:\n  db:\n    image: postgres\n";
  const result = await ask(booting, { [compose]: services }, { to: "addComposeService" });
  expect(result).toMatchObject({ created: [] });
  expect(edited(services, result, compose)).toMatch(
    /^services:\n {2}db:\n {4}image: postgres\n {2}app:\n {4}build: \.\n/,
  );
});

test("a unit of a program is created", async () => {
  const result = await ask(booting, {}, { to: "createUnit", program: "/opt/app" });
  expect(result.created.map((each) => each.uri)).toEqual(["file:///project/run-app.service"]);
  expect(edited(booting, result)).toContain("systemctl enable run-app.service");
});

test("the journal is forwarded, with a terminal in the files that start the image", async () => {
  const services = "services:\n  web:\n    build: .\n";
  const result = await ask(booting, { [compose]: services }, { to: "forwardJournal" });
  expect(edited(booting, result)).toContain("ForwardToConsole=yes");
  expect(edited(services, result, compose)).toContain("tty: true");
});

const scripted = `${booting.split("\n", 2).join("\n")}\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n`;
const script = "#!/bin/sh\n/opt/app &\nexec /sbin/init\n";

test("a line of an entry script is run at boot, also of one that is open", async () => {
  const asked = { uri: start, to: "runAtBoot", position: { line: 1, character: 3 } } as const;
  const result = await ask(scripted, { [start]: script }, asked);
  expect(edited(script, result, start)).toBe("#!/bin/sh\nexec /sbin/init\n");
  expect(edited(scripted, result)).toContain("systemctl enable run-app.service");
  const moved = script.replace("/opt/app", "/opt/other");
  await session.open(start, moved, "shellscript");
  const again = await session.client.sendRequest<ConvertResult>(convertMethod, asked);
  expect(again.created.map((each) => each.uri)).toEqual(["file:///project/run-other.service"]);
});

describe("code actions", () => {
  /** The commands that are offered on a line, with what they take beside the file. */
  async function offered(of: string, line: number, context: Partial<CodeActionContext> = {}) {
    const at = { line, character: 1 };
    const found = await session.client.sendRequest<CodeAction[] | null>("textDocument/codeAction", {
      textDocument: { uri: of },
      range: { start: at, end: at },
      context: { diagnostics: [], ...context },
    });
    return (found ?? [])
      .filter(({ kind }) => kind?.endsWith(".systemdContainers") && !kind.startsWith("source.fixAll"))
      .map(({ command }) => [
        command?.command.replace("systemdContainers.", ""),
        ...(command?.arguments ?? []).slice(1),
      ]);
  }

  async function open(text: string, disk: Readonly<Record<string, string>> = {}, commands = true) {
    session = await connect({ disk: { [uri]: text, ...disk }, texts: keyedTexts, commands });
    await session.open(uri, text, "dockerfile");
    for (const [of, script] of Object.entries(disk)) await session.open(of, script, "shellscript");
  }

  test("are about the place", async () => {
    await open('FROM debian:12\nRUN true\nCMD ["/opt/app"]\n');
    expect([await offered(uri, 0), await offered(uri, 1), await offered(uri, 2)]).toEqual([
      [["makeImageBoot"]],
      [],
      [["makeImageBoot"]],
    ]);
    await session.open(uri, `${booting}COPY app /opt/\n`, "dockerfile");
    expect([await offered(uri, 0), await offered(uri, 2), await offered(uri, 3)]).toEqual([
      [["addComposeService"], ["forwardJournal"]],
      [],
      [["createUnitFile", "/opt/app"]],
    ]);
  });

  test("forward the journal where nothing does", async () => {
    const set = (value: string) =>
      `RUN printf '[Journal]\\nForwardToConsole=${value}\\n' > /etc/systemd/journald.conf.d/a.conf\n`;
    await open(`${booting}${set("no")}`);
    expect(await offered(uri, 0)).toContainEqual(["forwardJournal"]);
    await session.open(uri, `${booting}${set("yes")}`, "dockerfile");
    expect(await offered(uri, 0)).toEqual([["addComposeService"]]);
  });

  test("are in entry scripts", async () => {
    await open(scripted, { [start]: script, "file:///project/other.sh": script });
    expect([await offered(start, 1), await offered("file:///project/other.sh", 1)]).toEqual([
      [["runAtBoot", "1"]],
      [],
    ]);
  });

  test("of the whole file are given to who asks for source actions, and not on save", async () => {
    await open(booting);
    const whole = [["addComposeService"], ["forwardJournal"]];
    expect(await offered(uri, 2, { only: ["source"] })).toEqual(whole);
    expect(await offered(uri, 2, { only: ["source"], triggerKind: 2 })).toEqual([]);
    expect(await offered(uri, 0, { only: ["quickfix"] })).toEqual([]);
    expect(await offered(uri, 0, { only: ["refactor"] })).toEqual(whole);
  });

  test("need a client with the commands", async () => {
    await open(booting, {}, false);
    expect(await offered(uri, 0)).toEqual([]);
  });
});
