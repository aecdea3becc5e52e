import { describe, expect, test } from "vitest";
import { fileAt, parsed } from "./parsed";

// What is shown in the editor has the type `Text` or `Markdown`, which the compiler checks. These tests hold the places
// that the compiler does not see: who makes such a text, and who hands one to VS Code.

/** The files that hold a pattern. */
function holders(folder: string, pattern: RegExp): string[] {
  return parsed(folder)
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => path)
    .sort();
}

describe("the client", () => {
  test("turns a string into Text or Markdown only if it is escaped", () => {
    expect(holders("client/src", /\bas (unknown as )?(Text|Markdown)\b(?!")/)).toEqual([
      "client/src/text.ts",
      "client/src/views/markdown.ts",
      // The literal of a message in the reader's language, and its escaped arguments.
      "client/src/vscode/translate.ts",
      "client/src/vscode/ui.ts",
    ]);
  });

  test("has nothing that switches the compiler off", () => {
    expect(holders("client/src", /@ts-(ignore|expect-error|nocheck)|\bas any\b|: any\b/)).toEqual([]);
  });

  test("shows messages, questions and lists in three files", () => {
    const shows =
      /\bshow(Information|Warning|Error)Message\b|\bshowQuickPick\b|\bcreateQuickPick\b|\bshowInputBox\b|\bcreateInputBox\b|\bwithProgress\b|\bcreateStatusBarItem\b|\bsetStatusBarMessage\b/;
    expect(holders("client/src", shows)).toEqual([
      "client/src/vscode/launch-ui.ts",
      "client/src/vscode/progress.ts",
      "client/src/vscode/ui.ts",
    ]);
  });

  test("escapes what it shows there without the port of the commands", () => {
    const calls = parsed("client/src/vscode").flatMap(({ path, text }) =>
      [...text.matchAll(/\.show(?:Information|Warning|Error)Message\(([^,)]*)/g)].map(
        ([, first = ""]) => `${path}: ${first}`,
      ),
    );
    expect(calls).toEqual([
      "client/src/vscode/ui.ts: question",
      "client/src/vscode/ui.ts: plain(wordsOf(error",
    ]);
  });

  test("makes HTML of a string only where the string is escaped", () => {
    expect(holders("client/src", /\bas (unknown as )?Html\b/)).toEqual([
      "client/src/text.ts",
      // Which joins HTML.
      "client/src/views/html.ts",
    ]);
  });

  test("shows HTML in one file, and has no other surface that takes it or Markdown beside the documents", () => {
    const surfaces =
      /\bMarkdownString\b|\bcreateWebviewPanel\b|\bregister(Webview|CustomEditor|TreeData|Hover|Completion|CodeLens|InlayHints|CodeActions)\w*\b|\bcreateCommentController\b/;
    expect(holders("client/src", surfaces)).toEqual(["client/src/vscode/pages.ts"]);
  });

  test("makes the items of its tree in one file, of texts alone: a string in them is shown as it is", () => {
    const path = "client/src/vscode/tree.ts";
    expect(holders("client/src", /\bcreateTreeView\b|\bTreeItem\b|\bcreateTreeItem\w*\b/)).toEqual([path]);
    const { text } = fileAt(path);
    expect(text.match(/(?:TreeItem\(|item\.(?:label|description|tooltip) = )[^;]*/g)).toEqual([
      "TreeItem(label, states[children])",
      "item.description = description",
      'item.tooltip = tooltip.join("\\n")',
    ]);
    const row = /interface Row \{[^}]*\}/.exec(fileAt("client/src/view/rows.ts").text)?.[0];
    expect(row?.match(/(?:label|description|tooltip)\??: .*/g)).toEqual([
      "label: Text;",
      "description?: Text;",
      "tooltip: readonly Text[];",
    ]);
  });
});

describe("the server", () => {
  test("sends no message to show, and Markdown only in hovers, where text of files is escaped", () => {
    expect(holders("server/src", /\bshow(Information|Warning|Error)?Message\b|window\/show/)).toEqual([]);
    expect(holders("server/src", /"markdown"|MarkupKind|MarkedString/)).toEqual([
      // The language of the files that it reads.
      "server/src/core/surfaces/run-lines/surfaces.ts",
      "server/src/lsp/hover.ts",
    ]);
    const { text } = fileAt("server/src/lsp/hover.ts");
    expect(text).not.toMatch(/\bmessage\b|\bformat\b|getText/);
    // What a finding means has no text of files; the lines of a word can.
    expect(text.match(/\blines\.map.*\)\)/g)).toEqual(["lines.map((line) => say(inMarkdown(line)))"]);
  });
});

describe("the command line", () => {
  test("writes to the terminal in one file, and the server to its pipes in one", () => {
    expect(
      holders("server/src", /process\.(stdout|stderr)|(?<![.\w])console\.(log|info|warn|error)\(/),
      // The entry of the server hands its pipes to the protocol, and reports an invalid header on stderr.
    ).toEqual(["server/src/cli/main.ts", "server/src/server.ts"]);
    expect(holders("server/src/cli", /\bJSON\.stringify\b/)).toEqual([]);
  });
});
