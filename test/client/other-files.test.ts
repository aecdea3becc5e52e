import { expect, test } from "vitest";
import { openOtherFiles } from "../../client/src/vscode/other-files";

const uriOf = (text: string) => ({ toString: () => text });
const dockerfile = uriOf("file:///p/Dockerfile");
const compose = uriOf("file:///p/compose.yaml");

/** What runs after a quick fix that edits these files. */
async function after(edited: readonly object[] | undefined, command?: object) {
  const edit = edited && { entries: () => edited.map((uri) => [uri, []]) };
  const action: { command?: object } = { ...(edit && { edit }), command };
  await openOtherFiles.provideCodeActions?.(
    { uri: dockerfile } as never,
    ...([undefined, undefined, undefined] as never[] as [never, never, never]),
    async () => [action] as never,
  );
  return action.command;
}

test("a file that a quick fix writes beside its own is opened afterwards", async () => {
  expect(await after([dockerfile, compose])).toMatchObject({ command: "vscode.open", arguments: [compose] });
  expect(await after([compose])).toMatchObject({ arguments: [compose] });
  expect(await after([uriOf("file:///p/Dockerfile")])).toBeUndefined();
  const own = { command: "own" };
  expect([await after(undefined, own), await after([compose], own)]).toEqual([own, own]);
});
