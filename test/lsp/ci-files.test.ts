import { expect, test } from "vitest";
import type { CodeAction, WorkspaceDiagnosticReport } from "vscode-languageserver/node";
import { connect } from "./connection";

const uri = "file:///project/.github/workflows/test.yml";
const text = `on: push
jobs:
  test:
    steps:
      - run: |
          docker run --init example/one /sbin/init
`;

test("a workflow has diagnostics and quick fixes, open or not", async () => {
  const session = await connect({ disk: { [uri]: text }, folders: ["file:///project"] });
  const { items } = await session.client.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
    previousResultIds: [],
  });
  const report = items.find((item) => item.uri === uri);
  const found = report?.kind === "full" ? report.items : [];
  expect(found.map(({ code }) => code)).toContain("run-init");

  await session.client.sendNotification("textDocument/didOpen", {
    textDocument: { uri, languageId: "github-actions-workflow", version: 1, text },
  });
  const [diagnostic] = found.filter(({ code }) => code === "run-init");
  const actions = await session.client.sendRequest<CodeAction[]>("textDocument/codeAction", {
    textDocument: { uri },
    range: diagnostic?.range,
    context: { diagnostics: [diagnostic] },
  });
  expect(actions.some(({ kind }) => kind?.startsWith("quickfix"))).toBe(true);
  session.close();
});
