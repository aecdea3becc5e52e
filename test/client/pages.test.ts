import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Html, plain } from "../../client/src/text";
import { openPages } from "../../client/src/vscode/pages";

/** As much of VS Code as a page needs: what is sent to it, and what it sends. */
const editor = vi.hoisted(() => {
  const sent: unknown[] = [];
  const options: unknown[] = [];
  let hear: (message: unknown) => void = () => undefined;
  const webview = {
    html: "",
    cspSource: "test:",
    asWebviewUri: (uri: unknown) => uri,
    postMessage: async (message: unknown) => sent.push(message),
    onDidReceiveMessage: (listener: typeof hear) => {
      hear = listener;
    },
  };
  return {
    sent,
    options,
    webview,
    say: (message: unknown) => hear(message),
    api: {
      env: { language: "en" },
      Uri: { joinPath: (...parts: unknown[]) => parts.join("/") },
      ViewColumn: { Active: -1 },
      window: {
        createWebviewPanel: (_type: string, _title: string, _column: number, given: unknown) => {
          options.push(given);
          return { webview, onDidDispose: () => undefined, reveal: () => undefined };
        },
      },
    },
  };
});
vi.mock("vscode", () => editor.api);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("a page is told of each change, however long nothing happened, and has the last one when it is seen again", async () => {
  const { openPage } = openPages({ extensionUri: "extension" } as never);
  const page = openPage(plain("Boot"), { act: () => undefined, closed: () => undefined });
  page.show({ head: "running" as Html });
  expect(editor.webview.html).toContain('<section id="head">running</section>');
  await vi.advanceTimersByTimeAsync(600_000);
  page.show({ head: "degraded" as Html });
  expect(editor.sent).toEqual([{ parts: { head: "degraded" } }]);
  // Out of sight the page is thrown away; it is made again from its first text, and reports that it is there.
  expect(editor.options).toEqual([expect.not.objectContaining({ retainContextWhenHidden: true })]);
  page.show({ head: "stopped" as Html });
  await vi.advanceTimersByTimeAsync(600_000);
  editor.sent.length = 0;
  editor.say({ action: "ready" });
  expect(editor.sent).toEqual([{ parts: { head: "stopped" } }]);
});
