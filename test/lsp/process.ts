import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** What a request got; `items` of a diagnostics report are its rules. */
export type Answer = Pick<Message, "result" | "error">;

/** The server as it is built, in a separate process, and a client that writes and reads its pipes by hand. */
export interface ServerProcess {
  /** Beside the pipes it has a channel, for what `nodeArguments` load into it. */
  readonly child: ChildProcessWithoutNullStreams;
  /** Errors and logs, in one text. */
  logged(): string;
  /** Writes bytes as they are. */
  raw(text: string): void;
  notify(method: string, params?: unknown): void;
  /** Sends a request; its id is `lastId`. */
  request(method: string, params?: unknown): Promise<Answer>;
  readonly lastId: number;
  initialize(params?: object): Promise<Answer>;
  open(uri: string, text: string, languageId?: string): void;
  /** The rules of the findings of a file. */
  pull(uri: string): Promise<unknown[]>;
  /** Reads what the server reports; until then nothing is read. */
  read(): void;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
}

/** Every server that a test file started; `endAll` ends those that still run. */
const running = new Set<ServerProcess>();

export async function endAll(): Promise<void> {
  for (const { child } of running) child.kill("SIGKILL");
  await Promise.all([...running].map(({ ended }) => ended));
  running.clear();
}

export interface ProcessOptions {
  /** Arguments of Node itself. */
  readonly nodeArguments?: readonly string[];
  /** Whether the client reads from the start. */
  readonly reads?: boolean;
}

export function startProcess({ nodeArguments = [], reads = true }: ProcessOptions = {}): ServerProcess {
  const main = fileURLToPath(new URL("../../server/out/main.cjs", import.meta.url));
  const child = spawn(process.execPath, [...nodeArguments, main, "--stdio"], {
    stdio: ["pipe", "pipe", "pipe", "ipc"],
  }) as ChildProcess as ChildProcessWithoutNullStreams;
  const waiting = new Map<unknown, (answer: Answer) => void>();
  let log = "";
  let id = 0;
  child.stderr.on("data", (text) => {
    log += text;
  });
  child.stdin.on("error", () => {});

  const raw = (text: string) => void child.stdin.write(text);
  const send = (message: object) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    raw(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const receive = (message: Message) => {
    if (message.method === "window/logMessage") log += JSON.stringify(message.params);
    if (message.method === undefined) waiting.get(message.id)?.(message);
    // What the server asks is answered with the least: no settings of the user's, no watcher.
    else if (message.id !== undefined) send({ id: message.id, result: settingsFor(message) });
  };
  const server: ServerProcess = {
    child,
    logged: () => log,
    raw,
    notify: (method, params) => send({ method, params }),
    request: (method, params) =>
      new Promise((resolve) => {
        id++;
        waiting.set(id, resolve);
        send({ id, method, params });
      }),
    get lastId() {
      return id;
    },
    initialize: async (params) => {
      const answer = await server.request("initialize", {
        processId: process.pid,
        rootUri: null,
        capabilities: { textDocument: { diagnostic: {} }, workspace: { configuration: true } },
        ...params,
      });
      server.notify("initialized", {});
      return answer;
    },
    open: (uri, text, languageId = "dockerfile") =>
      server.notify("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } }),
    pull: async (uri) => {
      const { result, error } = await server.request("textDocument/diagnostic", { textDocument: { uri } });
      if (error) throw new Error(error.message);
      return (result as { items: { code: string }[] }).items.map(({ code }) => code);
    },
    read: () => void child.stdout.on("data", messages(receive)),
    ended: once(child, "exit").then(([code]) => {
      running.delete(server);
      return code;
    }),
  };
  if (reads) server.read();
  running.add(server);
  return server;
}

function settingsFor({ method, params }: Message): unknown {
  return method === "workspace/configuration" ? (params as { items: unknown[] }).items.map(() => ({})) : null;
}

/** Cuts a stream into messages. */
function messages(receive: (message: Message) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let size = 0;
  let wanted = 0;
  return (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size < wanted) return;
    let buffer = Buffer.concat(chunks);
    for (;;) {
      const end = buffer.indexOf("\r\n\r\n");
      const length = end === -1 ? 0 : Number(/\d+/.exec(buffer.subarray(0, end).toString())?.[0]);
      wanted = end === -1 ? 0 : end + 4 + length;
      if (end === -1 || buffer.length < wanted) break;
      receive(JSON.parse(buffer.subarray(end + 4, wanted).toString()));
      buffer = buffer.subarray(wanted);
    }
    chunks = [buffer];
    size = buffer.length;
  };
}
