/** Protobuf as BuildKit writes it, to the extent that the tests need it: numbers, texts and messages within messages. */
type Value = number | string | Uint8Array;

function message(fields: readonly (readonly [field: number, value: Value])[]): Buffer {
  return Buffer.concat(
    fields.flatMap(([field, value]) => {
      if (typeof value === "number") return [varint(field * 8), varint(value)];
      const bytes = Buffer.from(value as string);
      return [varint(field * 8 + 2), varint(bytes.length), bytes];
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
}

const time = (seconds: number) =>
  message([
    [1, seconds],
    [2, 500_000_000],
  ]);

interface Vertex {
  readonly digest: string;
  readonly name: string;
  readonly cached?: boolean;
  readonly started?: number;
  readonly completed?: number;
  readonly error?: string;
}

export function vertex({ digest, name, cached, started, completed, error }: Vertex): [number, Buffer] {
  const fields: [number, Value][] = [
    [1, digest],
    [2, "input"],
    [3, name],
  ];
  if (cached) fields.push([4, 1]);
  if (started !== undefined) fields.push([5, time(started)]);
  if (completed !== undefined) fields.push([6, time(completed)]);
  if (error !== undefined) fields.push([7, error]);
  return [1, message(fields)];
}

export function log(digest: string, text: string | Uint8Array): [number, Buffer] {
  return [
    3,
    message([
      [1, digest],
      [2, time(1)],
      [3, 1],
      [4, text],
    ]),
  ];
}

/** The line of a build's answer that carries such a status. */
export function trace(...parts: (readonly [number, Value])[]): string {
  return `${JSON.stringify({ id: "moby.buildkit.trace", aux: message(parts).toString("base64") })}\n`;
}
