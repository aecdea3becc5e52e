import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { CodeLens, CompletionItem, Hover } from "vscode-languageserver/node";
import { type Server, startServer } from "../bench/client";
import { root } from "../bench/paths";
import {
  composeLanguageServer,
  dockerLanguageServer,
  ours,
  type ServerKind,
  yamlLanguageServer,
} from "../bench/servers";

// What other extensions show at the same places, so that nothing is shown twice. The peers are those that
// `npm run bench` installs.

const examples = readdirSync(join(root, "examples"), { recursive: true, encoding: "utf8" });
const dockerfiles = examples.filter((path) => /(^|\/)Dockerfile$/.test(path));
const composeFiles = examples.filter((path) => /compose\.yaml$/.test(path));

const running: Server[] = [];
afterAll(() => Promise.all(running.map((server) => server.kill())));

async function start(kind: ServerKind): Promise<Server> {
  const server = startServer(kind);
  running.push(server);
  await server.initialize(root);
  return server;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

/** The beginning and the end of every word, where a person stops. */
function placesIn(text: string): Place[] {
  return text.split("\n").flatMap((content, line) => {
    const words = Array.from(content.matchAll(/[\w./:@=+-]+/g), (found) => found);
    const ends = words.flatMap(({ index, 0: word }) => [index, index + word.length]);
    return [...new Set([...ends, content.length])].map((character) => ({ line, character }));
  });
}

/** What a server shows at a place: labels of completion, and lines of hovers. */
async function shownBy(server: Server, file: string, position: Place): Promise<string[]> {
  const [completed, hover] = await Promise.all([
    server.ask(file, "textDocument/completion", { position }),
    server.ask(file, "textDocument/hover", { position }),
  ]);
  return [...labelsOf(completed as Completed), ...linesOf(hover as Hover | null)];
}

/** What servers show at the places of the examples, each in the sequence of the places. */
async function shownAtPlaces(server: Server, paths: readonly string[], languageId: string) {
  const all: { readonly at: string; readonly shown: readonly string[] }[] = [];
  for (const path of paths) {
    const file = join(root, "examples", path);
    const text = readFileSync(file, "utf8");
    await server.open(file, languageId, text);
    for (const position of placesIn(text)) {
      const at = `${path}:${position.line + 1}:${position.character + 1}`;
      all.push({ at, shown: await shownBy(server, file, position) });
    }
  }
  return all;
}

type Completed = readonly CompletionItem[] | { readonly items: readonly CompletionItem[] } | null;

/** The first words of the labels: one server writes `key`, another `key: value`. */
function labelsOf(completed: Completed): string[] {
  const items = completed === null ? [] : "items" in completed ? completed.items : completed;
  return items.map(({ label }) => `completion ${label.split(":")[0] ?? label}`);
}

/** The lines of a hover, in the forms that servers give it. */
function linesOf(hover: Hover | null): string[] {
  const parts = hover === null ? [] : [hover.contents].flat();
  const text = parts.map((part) => (typeof part === "string" ? part : part.value)).join("\n");
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "").map((line) => `hover ${line}`);
}

const isHover = (shown: string) => shown.startsWith("hover ");

describe.each([
  ["docker-langserver", dockerLanguageServer, dockerfiles, "dockerfile"],
  ["compose-language-service", composeLanguageServer, composeFiles, "dockercompose"],
  ["yaml-language-server", yamlLanguageServer, composeFiles, "yaml"],
] as const)("beside %s", (_, peer, paths, languageId) => {
  test.skipIf(!existsSync(peer.command[0] ?? ""))("nothing is shown twice", async () => {
    const [mine, other] = await Promise.all([start(ours), start(peer)]);
    const [own, others] = await Promise.all([
      shownAtPlaces(mine, paths, languageId),
      shownAtPlaces(other, paths, languageId === "dockerfile" ? languageId : peer.compose),
    ]);
    // Both show something, so that there is something to compare.
    for (const all of [own, others]) {
      const shown = all.flatMap((each) => each.shown);
      expect([shown.some(isHover), shown.every(isHover)]).toEqual([true, false]);
    }
    const twice = own.flatMap(({ at, shown }, index) =>
      shown.filter((each) => others[index]?.shown.includes(each)).map((each) => `${at} ${each}`),
    );
    expect(twice).toEqual([]);
  });

  test.skipIf(!existsSync(peer.command[0] ?? ""))("no lens is there twice", async () => {
    const { own, others } = await ofExamples(async (server, file) => {
      const lenses = (await server.ask(file, "textDocument/codeLens").catch(() => [])) as CodeLens[] | null;
      return (lenses ?? []).map(({ command }) => command?.title.replace(/^\$\([\w-]+\) /, "") ?? "");
    });
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((title) => others.includes(title))).toEqual([]);
  });

  test.skipIf(!existsSync(peer.command[0] ?? ""))("no problem is reported twice", async () => {
    const { own, others } = await ofExamples(async (server, file) =>
      (await server.diagnostics(file)).map(({ range }) => `${file}:${range.start.line}`),
    );
    expect(own.length).toBeGreaterThan(0);
    expect(own.filter((line) => others.includes(line))).toEqual([]);
  });

  /** What both servers show of the examples. */
  async function ofExamples(read: (server: Server, file: string) => Promise<string[]>) {
    const both = await Promise.all([start(ours), start(peer)]);
    const all = both.map(async (server) => {
      const found: string[] = [];
      for (const path of paths) {
        const file = join(root, "examples", path);
        const id = languageId === "dockerfile" || server.kind === ours ? languageId : peer.compose;
        await server.open(file, id, readFileSync(file, "utf8"));
        found.push(...(await read(server, file)));
      }
      return found;
    });
    const [own = [], others = []] = await Promise.all(all);
    return { own, others };
  }
});
