import { expect, test, vi } from "vitest";
import { openVirtualDocuments } from "../../client/src/vscode/virtual-documents";

/** As much of VS Code as documents need. One that no one asks for is closed, and then no change of it is heard. */
const editor = vi.hoisted(() => {
  const open = new Map<string, string>();
  const listeners: ((uri: { path: string }) => void)[] = [];
  let provider: { provideTextDocumentContent(uri: { path: string }): string } | undefined;
  const read = (uri: { path: string }) => open.set(uri.path, provider?.provideTextDocumentContent(uri) ?? "");
  const heard: string[] = [];
  return {
    open,
    heard,
    api: {
      EventEmitter: class {
        event = (listener: (uri: { path: string }) => void) => void listeners.push(listener);
        fire = (uri: { path: string }) => {
          for (const listener of listeners) listener(uri);
        };
      },
      Uri: { from: ({ path }: { path: string }) => ({ path }) },
      workspace: {
        registerTextDocumentContentProvider: (
          _scheme: string,
          given: { onDidChange(listener: (uri: { path: string }) => void): void } & NonNullable<
            typeof provider
          >,
        ) => {
          provider = given;
          given.onDidChange((uri) => {
            if (!open.has(uri.path)) return;
            read(uri);
            heard.push(open.get(uri.path) ?? "");
          });
        },
        openTextDocument: async (uri: { path: string }) => void read(uri),
      },
    },
  };
});
vi.mock("vscode", () => editor.api);

test("a document that is shown again changes, also when the editor has closed it behind its preview", async () => {
  const { put } = openVirtualDocuments("test");
  const uri = await put("report.md", "first");
  await editor.api.workspace.openTextDocument(uri);
  await put("report.md", "second");
  expect(editor.heard).toEqual(["second"]);
  editor.open.delete(uri.path);
  await put("report.md", "third");
  expect(editor.heard).toEqual(["second", "third"]);
});
