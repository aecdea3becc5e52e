import { once } from "node:events";
import { PassThrough, Writable } from "node:stream";
import { expect, test } from "vitest";

import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";
import { wholeMessages } from "../../server/src/whole-messages";

test("Each message is one write, whatever is in it", async () => {
  const written: string[] = [];
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      written.push(String(chunk));
      done();
    },
  });
  const writer = new StreamMessageWriter(wholeMessages(output));
  const connection = createMessageConnection(new StreamMessageReader(new PassThrough()), writer);
  connection.listen();
  await Promise.all(["a", "é\r\n\r\n"].map((text) => connection.sendNotification("test", { text })));
  const bodies = written.map((message) => JSON.parse(message.slice(message.indexOf("\r\n\r\n"))));
  expect(bodies.map(({ params }) => params.text)).toEqual(["a", "é\r\n\r\n"]);
  expect(written.every((message) => message.startsWith("Content-Length: "))).toBe(true);
});

test("An error of the output is one of the messages", async () => {
  const output = new PassThrough();
  const messages = wholeMessages(output);
  const seen = once(messages, "error");
  output.destroy(new Error("EPIPE"));
  expect(await seen).toMatchObject([{ message: "EPIPE" }]);
});
