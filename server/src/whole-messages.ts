import { Writable } from "node:stream";

/**
 * Writes each message in one piece. The writer of vscode-jsonrpc writes the header and the content separately, and
 * each write wakes up the client.
 */
export function wholeMessages(output: Writable): Writable {
  let header: Buffer | undefined;
  const messages = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      if (header === undefined) {
        header = chunk;
        done();
        return;
      }
      const message = Buffer.concat([header, chunk]);
      header = undefined;
      output.write(message, done);
    },
    final: (done) => {
      output.end(done);
    },
  });
  output.on("error", (error) => messages.destroy(error));
  output.on("close", () => messages.destroy());
  return messages;
}
