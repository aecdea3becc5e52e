import { once } from "node:events";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startProcess } from "../lsp/process";

// Edits two documents of one server for a long time, and fails when the heap grows. The heap is read from outside,
// after a forced collection. `npm run soak -- --edits 20000` is a shorter run.

/** By then most caches are full, and most code is compiled: from 10,000 to 20,000 edits the heap grows by 2 %. */
const warmUp = 5_000;
/** How much larger the heap may be at the end than after the first edits. */
const tolerance = 1.2;

const { values } = parseArgs({
  options: { edits: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } },
});
const edits = Number(values.edits);
const pick = randomOf(Number(values.seed));

const dockerfile = `FROM debian:12
RUN apt-get update && apt-get install -y systemd dbus
COPY run.sh /usr/local/bin/run.sh
VOLUME ["/sys/fs/cgroup"]
STOPSIGNAL SIGTERM
CMD ["/sbin/init"]
`;
const compose = `services:
  web:
    build: .
    command: /sbin/init
    env_file: web.env
    volumes:
      - /sys/fs/cgroup:/sys/fs/cgroup:ro
`;
const documents = [
  {
    uri: "file:///soak/Dockerfile",
    language: "dockerfile",
    start: dockerfile,
    pieces: [
      "a",
      " ",
      "\n",
      "\\",
      '"',
      "é",
      "RUN systemctl enable x\n",
      "VOLUME /run\n",
      "USER x\n",
      "# c\n",
      "COPY ",
    ],
  },
  {
    uri: "file:///soak/compose.yaml",
    language: "dockercompose",
    start: compose,
    pieces: [
      "a",
      " ",
      "\n",
      ":",
      "-",
      '"',
      "é",
      "    init: true\n",
      "    extends: { file: b",
      "  x:\n",
      "    tmpfs: /run\n",
    ],
  },
].map((document) => ({ ...document, text: document.start, version: 1 }));
type Document = (typeof documents)[number];

const server = startProcess({
  nodeArguments: ["--expose-gc", "--require", join(import.meta.dirname, "heap.cjs")],
});
await server.initialize({
  capabilities: {
    textDocument: { diagnostic: {} },
    workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
  },
});
for (const { uri, text, language } of documents) server.open(uri, text, language);

// A session has seen as many files as are kept.
for (let other = 1; other <= 60; other++) await openAnother(`before-${other}`);

const started = Date.now();
let first = 0;
let last = 0;
for (let edit = 1; edit <= edits; edit++) {
  const document = documents[edit % documents.length] as Document;
  change(document);
  await server.pull(document.uri);
  if (edit % 50 === 0) await ask(document);
  if (edit % 500 === 0) await openAnother(String(edit));
  if (edit !== warmUp && edit % 10_000 !== 0 && edit !== edits) continue;
  last = await heapUsed();
  if (edit === warmUp) first = last;
  console.log(`${edit} edits: heap ${megabytes(last)} MB, ${((Date.now() - started) / 1_000).toFixed(0)} s`);
}
server.child.kill("SIGKILL");
await server.ended;
if (server.logged() !== "") throw new Error(`The server logged: ${server.logged().slice(0, 2_000)}`);
const growth = last / first;
console.log(`heap at the end: ${growth.toFixed(3)} of that after ${warmUp} edits (limit ${tolerance})`);
if (growth > tolerance) throw new Error("The heap grows with the number of edits.");

/** One edit somewhere: something is written, and a little is removed half of the time. */
function change(document: Document): void {
  const { text, pieces, uri } = document;
  const start = pick(text.length + 1);
  const end = Math.min(text.length, start + (pick(2) ? pick(6) : 0));
  const written = pick(4) ? (pieces[pick(pieces.length)] ?? "") : pick(1e9).toString(36);
  const next = text.slice(0, start) + written + text.slice(end);
  document.version++;
  document.text = next.length > 2_000 ? document.start : next;
  const range = { start: positionAt(text, start), end: positionAt(text, end) };
  const contentChanges = next === document.text ? [{ range, text: written }] : [{ text: document.text }];
  server.notify("textDocument/didChange", {
    textDocument: { uri, version: document.version },
    contentChanges,
  });
}

/** What an editor asks now and then. */
async function ask({ uri }: Document): Promise<void> {
  const textDocument = { uri };
  const range = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };
  const context = { diagnostics: [], only: ["quickfix", "source.fixAll"] };
  await server.request("textDocument/codeAction", { textDocument, range, context });
  await server.request("textDocument/hover", { textDocument, position: { line: 5, character: 6 } });
}

/** Another document is opened, judged and closed. */
async function openAnother(name: string): Promise<void> {
  const uri = `untitled:Untitled-${name}`;
  server.open(uri, dockerfile);
  await server.pull(uri);
  server.notify("textDocument/didClose", { textDocument: { uri } });
}

async function heapUsed(): Promise<number> {
  server.child.send("heap");
  const [bytes] = await once(server.child, "message");
  return bytes;
}

function positionAt(text: string, offset: number) {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length - 1, character: offset - before.lastIndexOf("\n") - 1 };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(2);
}

/** Whole numbers below a bound, the same ones for the same seed (xorshift). */
function randomOf(seed: number): (bound: number) => number {
  let state = seed * 2_654_435_761 || 1;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}
