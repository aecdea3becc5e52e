// The small part of protobuf that BuildKit's messages need: strings, numbers and nested messages. protobufjs would
// add 34 kB (its `minimal`, with generated code for each message) to 100 kB (with its reader of .proto files) to the
// 255 kB of the engine bundle.

interface Field {
  readonly field: number;
  /** The content of a length-delimited field. */
  readonly bytes: Uint8Array;
  /** The value of a varint field. */
  readonly number: number;
}

const none = new Uint8Array();

/**
 * Functions that read a field by its number. The last field with that number wins; absent fields are empty, as
 * protobuf specifies.
 */
export function message(bytes: Uint8Array) {
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

/** Yields the fields of a protobuf message in sequence. If the message is truncated, stops there. */
export function* fields(bytes: Uint8Array): Generator<Field> {
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

/** The text of a field, or an empty string if it is absent. */
export function readText(bytes: Uint8Array, field: number): string {
  return message(bytes).text(field);
}

/** Encodes a message whose fields 1, 2 … are strings. */
export function texts(values: readonly string[]): Uint8Array {
  return Buffer.concat(
    values.flatMap((value, index) => {
      const text = Buffer.from(value);
      return [Uint8Array.of(((index + 1) << 3) | 2), varint(text.length), text];
    }),
  );
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Uint8Array.of(...bytes, rest);
    bytes.push((rest % 128) | 0x80);
  }
}
