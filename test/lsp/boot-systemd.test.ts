import { afterEach, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type BootSystemdResult, bootSystemdMethod } from "../../server/src/protocol";
import { connect, type Session } from "./connection";
import { keyedTexts } from "./keyed-texts";

const uri = "file:///project/Dockerfile";
let session: Session;
afterEach(() => session.close());

async function ask(text: string, disk: Readonly<Record<string, string>> = {}): Promise<BootSystemdResult> {
  session = await connect({ disk: { [uri]: text, ...disk }, texts: keyedTexts });
  return session.client.sendRequest<BootSystemdResult>(bootSystemdMethod, { uri });
}

test("a Dockerfile gets edits of its lines, and the unit of its program", async () => {
  const text = 'FROM debian:12\r\n# The program\r\nENTRYPOINT ["/start.sh"]\r\nEXPOSE 80\r\n';
  const { edits, created, doubt, refused } = await ask(text, {
    "file:///project/start.sh": "#!/bin/sh\nexec app\n",
  });
  const after = TextDocument.applyEdits(TextDocument.create(uri, "dockerfile", 0, text), [...edits]);
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
    edits: [],
    created: [],
  });
});

test("what is not known of the program is told", async () => {
  expect((await ask('FROM node:20\nCMD ["node", "app.js"]\n')).doubt).toBe(
    "convert.entrypoint(base=node:20)",
  );
});
