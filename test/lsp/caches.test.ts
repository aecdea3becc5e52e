import { expect, test } from "vitest";
import { type Connection, TextDocuments } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { openFiles } from "../../server/src/lsp/files";
import { openWatchers } from "../../server/src/lsp/watch";

const typed = (count: number) => Array.from({ length: count }, (_, index) => `file:///p/script${index}`);

test("files that were named while somebody typed are forgotten, and what is needed is kept", async () => {
  const files = openFiles(new TextDocuments(TextDocument), {
    readFile: async () => "text",
    findFiles: async () => [],
  });
  const needed = ["file:///p/needed", "file:///p/compose.yaml"];
  await files.load(needed);
  for (const uri of typed(10_000)) {
    await files.load([uri]);
    files.keepOnly(() => ["file:///p/needed"]);
  }
  const left = typed(10_000).filter((uri) => files.read(uri) !== undefined);
  expect(left.length).toBeLessThan(1_500);
  expect(needed.filter((uri) => files.read(uri) !== undefined)).toEqual(needed);
});

test("watchers of names that nothing depends on any more are given up", async () => {
  const watching = new Set<string>();
  const connection = {
    client: {
      register: async (_: unknown, { watchers }: { watchers: { globPattern: string }[] }) => {
        const names = watchers.map(({ globPattern }) => globPattern);
        for (const name of names) watching.add(name);
        return { dispose: () => names.forEach((name) => void watching.delete(name)) };
      },
    },
  } as unknown as Connection;
  const watch = openWatchers(connection);
  const needed = "file:///p/needed.conf";
  await watch([needed], () => [needed]);
  for (const uri of typed(3_000)) await watch([uri], () => [needed, uri]);
  expect(watching.size).toBeLessThan(500);
  expect(watching).toContain("**/needed.conf");
  // A name that comes back is watched again.
  await watch(["file:///p/script0"], () => []);
  expect(watching).toContain("**/script0");
});
