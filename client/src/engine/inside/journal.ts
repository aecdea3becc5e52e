import type { Socket } from "node:net";
import type Docker from "dockerode";
import type { JournalBatch } from "../../ports/inside";
import { request, segment } from "../docker";
import { withFaults } from "../errors";
import { createExec } from "../exec";
import { frames } from "../frames";
import { newMark } from "../own-processes";

export interface JournalRequest {
  readonly container: string;
  /** Only the journal of this unit; all of it if undefined. */
  readonly unit?: string;
  /** How many earlier lines to start with. */
  readonly lines?: number;
}

/** How many characters of unread lines are kept, which is about 40,000 lines. Beyond that the oldest are dropped. */
const capacity = 4_000_000;

/**
 * A journalctl command that ends when its input ends, which happens when the connection ends. Otherwise it would keep
 * following the journal forever, because engines keep processes running when their client disconnects.
 */
const script = 'exec 3<&0; (cat <&3; kill $$) >/dev/null 2>&1 & exec journalctl "$@" </dev/null 3<&-';

/**
 * Follows the journal of a container or of one of its units until the signal is aborted, the container stops, or the
 * caller leaves the loop. A slow reader gets larger batches. If it is so slow that the buffer overflows, the batch
 * includes the number of dropped lines.
 */
export async function* followJournal(
  docker: Docker,
  { container, unit, lines = 100 }: JournalRequest,
  signal: AbortSignal,
): AsyncGenerator<JournalBatch> {
  const options = ["--follow", `--lines=${lines}`, "--no-pager", "--quiet", "--output=short"];
  const argv = unit === undefined ? options : [...options, `--unit=${unit}`];
  const socket = await withFaults("follow-journal", signal, async () => {
    const body = { AttachStdin: true, AttachStdout: true, AttachStderr: true };
    const Cmd = ["/bin/sh", "-c", script, "journal", ...argv];
    const id = await createExec(docker, container, { ...body, Cmd, Env: ["LC_ALL=C", newMark()] }, signal);
    return request<Socket>(docker, {
      method: "POST",
      path: `/exec/${segment(id)}/start`,
      body: { Detach: false, Tty: false },
      as: "socket",
    });
  });
  const end = () => socket.destroy();
  signal.addEventListener("abort", end);
  if (signal.aborted) end();
  try {
    yield* batches(wholeLines(socket), capacity);
  } finally {
    signal.removeEventListener("abort", end);
    end();
  }
}

/** Yields the output of a process in complete lines. A line break is added to the last line if it has none. */
async function* wholeLines(socket: Socket): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for await (const { data } of frames(socket, false)) {
      const text = rest + decoder.decode(data, { stream: true });
      const end = text.lastIndexOf("\n") + 1;
      rest = text.slice(end);
      if (end > 0) yield text.slice(0, end);
    }
  } catch {
    // The connection was closed here or ended with the container. Either way, the journal ends too.
  }
  if (rest !== "") yield `${rest}\n`;
}

/** Reads ahead of a slow reader, up to `most` characters, and drops the oldest lines beyond that. */
export async function* batches(source: AsyncIterable<string>, most: number): AsyncGenerator<JournalBatch> {
  let waiting: string[] = [];
  let size = 0;
  let dropped = 0;
  let done = false;
  let wake = () => {};
  const reading = (async () => {
    for await (const lines of source) {
      waiting.push(lines);
      size += lines.length;
      while (size > most) {
        const oldest = waiting.shift() ?? "";
        size -= oldest.length;
        dropped += oldest.split("\n").length - 1;
      }
      wake();
    }
  })().finally(() => {
    done = true;
    wake();
  });
  reading.catch(() => undefined);
  for (;;) {
    if (waiting.length > 0 || dropped > 0) {
      const batch = { text: waiting.join(""), dropped };
      waiting = [];
      size = 0;
      dropped = 0;
      yield batch;
    } else if (done) return reading;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}
