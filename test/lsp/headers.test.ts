import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { expect, test } from "vitest";
import { badHeader, checkHeaders } from "../../server/src/headers";

/** What comes out of the check, or why nothing more does. */
async function passed(chunks: readonly string[]): Promise<string> {
  let out = "";
  try {
    await pipeline(
      Readable.from(chunks.map((chunk) => Buffer.from(chunk))),
      checkHeaders(),
      async (source) => {
        for await (const chunk of source) out += chunk;
      },
    );
  } catch (error) {
    return (error as Error).message;
  }
  return out;
}

const frame = (body: string, more = "") => `Content-Length: ${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;
const stream =
  frame('{"a":"ü€😀"}') +
  frame("", "Content-Type: x; charset=utf-8\r\n") +
  frame("x".repeat(20_000)) +
  frame("{}");

test("messages pass as they are, however they are cut", async () => {
  const bytes = Buffer.from(stream).toString("latin1");
  for (const size of [1, 2, 3, 7, 64, 4_095, 4_096, 4_097, 1e6]) {
    const chunks: Buffer[] = [];
    for (let start = 0; start < bytes.length; start += size)
      chunks.push(Buffer.from(bytes.slice(start, start + size), "latin1"));
    const out: Buffer[] = [];
    await pipeline(Readable.from(chunks), checkHeaders(), async (source) => {
      for await (const chunk of source) out.push(chunk);
    });
    expect(Buffer.concat(out).toString(), `cut by ${size}`).toBe(stream);
  }
});

test.each([
  ["no number", "Content-Length: abc\r\n\r\n{}"],
  ["a negative number", "Content-Length: -5\r\n\r\n{}"],
  ["more than a number", "Content-Length: 2x\r\n\r\n{}"],
  ["a fraction", "Content-Length: 2.5\r\n\r\n{}"],
  ["nothing", "Content-Length:\r\n\r\n{}"],
  ["another header only", "Content-Type: x\r\n\r\n{}"],
  ["a line that is no header", "Content-Length: 2\r\nGET / HTTP/1.1\r\n\r\n{}"],
  ["a request of HTTP", "GET / HTTP/1.1\r\n\r\n"],
  ["a size that nobody sends", "Content-Length: 99999999999\r\n\r\n{}"],
  ["a body that was longer than told", `Content-Length: 2\r\n\r\n{"jsonrpc":"2.0"}${frame("{}")}`],
  ["no end", "x".repeat(5_000)],
])("a header with %s is an error", async (_, text) => {
  const what = badHeader("").replace(/""$/, "");
  for (const chunks of [[text], [...text], [frame("{}"), text]])
    expect((await passed(chunks)).startsWith(what)).toBe(true);
});
