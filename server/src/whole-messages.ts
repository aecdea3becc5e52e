import { Writable } from "node:stream";

/**
 * Writes each message at once. The writer of vscode-jsonrpc writes its header first and then its content, in turns, and
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
