import { Transform } from "node:stream";

/** No message of this server comes near this size, in bytes. A larger text would not fit into one string either. */
const maxBytes = 2 ** 28;
const maxHeaderBytes = 4_096;
const end = Buffer.from("\r\n\r\n");

/**
 * Passes the messages of a client on unchanged. A header without a usable Content-Length is an error, since the start
 * of the next message is then unknown.
 */
export function checkHeaders(): Transform {
  let header = Buffer.alloc(0);
  /** The number of remaining bytes of the body. */
  let body = 0;

  /** Consumes a header or a body, or the available part of one, from the start of a chunk; returns the rest. */
  const take = (chunk: Buffer): Buffer => {
    if (body > 0) {
      const length = Math.min(body, chunk.length);
      body -= length;
      return chunk.subarray(length);
    }
    const before = header.length;
    header = Buffer.concat([header, chunk.subarray(0, maxHeaderBytes)]);
    const found = header.indexOf(end);
    const text = header.subarray(0, found === -1 ? maxHeaderBytes : found).toString("latin1");
    if (found === -1) {
      if (header.length >= maxHeaderBytes) throw new Error(badHeader(text));
      return Buffer.alloc(0);
    }
    body = lengthIn(text);
    header = Buffer.alloc(0);
    return chunk.subarray(found + end.length - before);
  };

  return new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      try {
        for (let rest = chunk; rest.length > 0; ) rest = take(rest);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
}

function lengthIn(header: string): number {
  const lines = header.split("\r\n");
  const [, digits] =
    lines.map((line) => /^Content-Length:[ \t]*(\d+)[ \t]*$/i.exec(line)).find(Boolean) ?? [];
  const length = Number(digits);
  const whole = lines.every((line) => /^[\w-]+:/.test(line));
  if (!whole || digits === undefined || length > maxBytes) throw new Error(badHeader(header));
  return length;
}

/** Why the server exits, for the log. */
export function badHeader(header: string): string {
  return `The client sent a header without a usable Content-Length, so the server exits: ${JSON.stringify(header.slice(0, 200))}`;
}
