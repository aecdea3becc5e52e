/** A chunk of a process's output. */
export interface Frame {
  readonly stream: "stdout" | "stderr";
  readonly data: Uint8Array;
}

const header = 8;

/**
 * Splits the output of a process without a terminal into frames. Each has a header of eight bytes (stream number, 0,
 * 0, 0, length as 32-bit big-endian integer) followed by the content. The output of a terminal has no frames and
 * counts as stdout.
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

/** Shares the memory instead of copying it, which is safe because a stream does not reuse its chunks. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
