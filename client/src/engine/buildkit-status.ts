/** One step of a BuildKit build, as one message tells of it. Times are seconds since 1970. */
export interface Vertex {
  readonly digest: string;
  readonly name: string;
  readonly cached: boolean;
  readonly started?: number;
  readonly completed?: number;
  readonly error: string;
}

export interface BuildKitStatus {
  readonly vertexes: readonly Vertex[];
  readonly logs: readonly { readonly vertex: string; readonly text: Uint8Array }[];
  readonly warnings: readonly string[];
}

/**
 * Decodes moby.buildkit.v1.StatusResponse, which the build stream carries base64-encoded in `aux`.
 * Field numbers: moby/buildkit `api/services/control/control.proto`. Unknown fields are skipped; what is no
 * such message gives what could be read of it.
 */
export function decodeStatus(base64: string): BuildKitStatus {
  const vertexes: Vertex[] = [];
  const logs: { vertex: string; text: Uint8Array }[] = [];
  const warnings: string[] = [];
  for (const { field, bytes } of fields(Buffer.from(base64, "base64"))) {
    if (field === 1) vertexes.push(vertex(bytes));
    else if (field === 3) {
      const log = message(bytes);
      logs.push({ vertex: log.text(1), text: log.bytes(4) });
    } else if (field === 4) warnings.push(message(bytes).text(3));
  }
  return { vertexes, logs, warnings };
}

function vertex(bytes: Uint8Array): Vertex {
  const { text, number, time } = message(bytes);
  return {
    digest: text(1),
    name: text(3),
    cached: number(4) === 1,
    started: time(5),
    completed: time(6),
    error: text(7),
  };
}

interface Field {
  readonly field: number;
  /** Of a length-delimited field. */
  readonly bytes: Uint8Array;
  /** Of a varint. */
  readonly number: number;
}

const none = new Uint8Array();

/** Readers of the last field of a number; absent fields are empty, as protobuf says. */
function message(bytes: Uint8Array) {
  const all = new Map([...fields(bytes)].map((field) => [field.field, field]));
  const number = (field: number) => all.get(field)?.number ?? 0;
  const text = (field: number) => Buffer.from(all.get(field)?.bytes ?? none).toString("utf8");
  const time = (field: number) => {
    const found = all.get(field);
    if (!found) return undefined;
    const stamp = message(found.bytes);
    return stamp.number(1) + stamp.number(2) / 1e9;
  };
  return { number, text, time, bytes: (field: number) => all.get(field)?.bytes ?? none };
}

/** The fields of a protobuf message, in order; a message that breaks off ends there. */
function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    return Number.NaN;
  };
  while (at < bytes.length) {
    const tag = varint();
    const field = Math.floor(tag / 8);
    const kind = tag % 8;
    if (kind === 0) yield { field, number: varint(), bytes: none };
    else if (kind === 1) at += 8;
    else if (kind === 5) at += 4;
    else if (kind === 2) {
      const end = varint() + at;
      if (!(end <= bytes.length)) return;
      yield { field, number: 0, bytes: bytes.subarray(at, end) };
      at = end;
    } else return;
  }
}
