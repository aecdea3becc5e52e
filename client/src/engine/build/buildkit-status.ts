import { fields, message } from "./protobuf";

/** One step of a BuildKit build, as reported by a single message. Times are in seconds since 1970. */
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
 * Decodes moby.buildkit.v1.StatusResponse, which the build stream carries base64-encoded in `aux`. Field numbers:
 * moby/buildkit `api/services/control/control.proto`. Unknown fields are skipped. If the message is malformed, the
 * result contains everything up to that point.
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
