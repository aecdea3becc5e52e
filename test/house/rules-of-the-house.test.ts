import { describe, expect, test } from "vitest";
import { fileAt, parsed } from "./parsed";

/** Files of a directory that import what the pattern names. */
function offenders(folder: string, pattern: RegExp, except: RegExp = /(?!)/): string[] {
  return parsed(folder)
    .filter(({ path }) => !except.test(path))
    .filter(({ imports }) => imports().some((name) => pattern.test(name)))
    .map(({ path }) => path);
}

describe("rules of the house", () => {
  test("the core runs in a browser: it imports no vscode, no LSP, no node, no network, no engine", () => {
    const allowed = /^(\.{1,2}\/|yaml$|unbash$|fastest-levenshtein$|jsonc-parser$)/;
    const bad = parsed("server/src/core").flatMap(({ path, imports }) =>
      imports()
        .filter((name) => !allowed.test(name))
        .map((name) => `${path} imports ${name}`),
    );
    expect(bad).toEqual([]);
  });

  test("the core leans on nobody: it imports neither lsp nor cli", () => {
    expect(offenders("server/src/core", /\/(lsp|cli)\//)).toEqual([]);
  });

  test("only lsp and the two entries know LSP", () => {
    const entries = /server\/src\/(lsp\/|server\.ts|browser\.ts)/;
    expect(offenders("server/src", /^vscode-languageserver(\/|$)/, entries)).toEqual([]);
  });

  test("only cli and the server's entry know the terminal", () => {
    const bad = parsed("server/src").filter(
      ({ path, text }) =>
        !/^server\/src\/(cli\/|server\.ts$)/.test(path) && /process\.(stdout|stderr|argv|exit)/.test(text),
    );
    expect(bad.map(({ path }) => path)).toEqual([]);
  });

  test("only client/src/engine knows dockerode", () => {
    expect(offenders("client/src", /^(dockerode|docker-modem)/, /client\/src\/engine\//)).toEqual([]);
  });

  test("only client/src/vscode and the entries know vscode", () => {
    const known = /client\/src\/(vscode\/|extension\.ts|browser\.ts)/;
    expect(offenders("client/src", /^vscode($|-languageclient)/, known)).toEqual([]);
  });

  test("the client holds no core code: of the server it imports the protocol, messages, the matchers of names and the reader of an image's files alone", () => {
    const bad = parsed("client/src").flatMap(({ path, imports }) =>
      imports()
        .filter(
          (name) =>
            name.includes("server/src") &&
            !/\/((least-|seen-|verify-)?protocol|core\/base\/(glob|file-names|message)|core\/image\/seen-files)$/.test(
              name,
            ),
        )
        .map((name) => `${path}: ${name}`),
    );
    expect(bad).toEqual([]);
  });

  test.each([
    "server/src/core/base/glob.ts",
    "server/src/core/base/file-names.ts",
    "server/src/core/base/message.ts",
    "server/src/core/image/seen-files.ts",
  ])("%s imports nothing", (name) => {
    expect(fileAt(name).imports()).toEqual([]);
  });

  test("the protocol imports types of the core only, which leave no code behind", () => {
    const protocol = fileAt("server/src/protocol.ts");
    const erased = /^(?:import|export) type \{[^}]*\} from "(\.\/core\/[^"]+)";$/gm;
    const types = Array.from(protocol.text.matchAll(erased), ([, name]) => name);
    expect(protocol.imports()).toEqual(types);
  });

  test("a rule never asks which surface it is on", () => {
    expect(offenders("server/src/core/lint/rules", /surfaces/)).toEqual([]);
  });

  test("nothing that is shipped imports examples: tests and pages are made of them", () => {
    expect(offenders("server/src", /\/examples\//, /core\/lint\/examples\//)).toEqual([]);
  });

  test("what a rule changes in a container's start goes through one function, which says what the change opens", () => {
    const reasons: Record<string, string> = {
      "server/src/core/lint/rules/image-runtime-volume.ts": "adds a tmpfs beside an edit of the Dockerfile",
      "server/src/core/lint/rules/unit-console.ts": "adds a terminal beside an edit of the Dockerfile",
      "server/src/core/least/least.ts":
        "writes a set of grants that was booted, in place of what the file grants",
      "server/src/core/project/plans.ts": "prints a plan, and writes no file",
    };
    const callers = parsed("server/src")
      .filter(({ path, text }) => /\b(source|run)\s*\.(edits|changes)\(/.test(text) && !(path in reasons))
      .map(({ path }) => path);
    expect(callers).toEqual(["server/src/core/lint/queries/fixes.ts"]);
  });

  test("files stay small: nothing of ours is over 300 lines", () => {
    const long = parsed()
      .filter(({ text }) => text.split("\n").length > 301)
      .map(({ path, text }) => `${path}: ${text.split("\n").length}`);
    expect(long).toEqual([]);
  });
});
