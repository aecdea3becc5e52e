/** A piece of what a process wrote. */
export interface Frame {
  readonly stream: "stdout" | "stderr";
  readonly data: Uint8Array;
}

const header = 8;

/**
 * Takes apart the stream of a process without terminal: frames of eight bytes of header (which stream, 0, 0,
 * 0, length as 32 bit big endian) and content. A terminal's output has no frames and is all stdout.
 */
export async function* frames(chunks: AsyncIterable<Uint8Array>, terminal: boolean): AsyncGenerator<Frame> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (terminal) {
      yield { stream: "stdout", data: chunk };
      continue;
    }
    rest = rest.length === 0 ? asBuffer(chunk) : Buffer.concat([rest, chunk]);
    let at = 0;
    while (rest.length - at >= header) {
      const end = at + header + rest.readUInt32BE(at + 4);
      if (end > rest.length) break;
      yield { stream: rest[at] === 2 ? "stderr" : "stdout", data: rest.subarray(at + header, end) };
      at = end;
    }
    rest = rest.subarray(at);
  }
}

/** The same memory: a stream gives each chunk away. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
