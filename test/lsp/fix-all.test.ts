import { afterEach, describe, expect, test } from "vitest";
import type { ApplyWorkspaceEditParams } from "vscode-languageserver/node";
import { type FixAllResult, fixAllMethod } from "../../server/src/protocol";
import { connect, type Session } from "./connection";
import { keyedTexts } from "./keyed-texts";

const uri = "file:///project/Dockerfile";
const broken = `FROM debian:12
RUN apt-get update && apt-get install -y systemd systemd-sysv
RUN systemctl start ssh
CMD /sbin/init
`;

let session: Session;
afterEach(() => session.close());

/** Asks for Fix All, and keeps the edits that the client is to make. */
async function fixAll(text: string, applied = true) {
  session = await connect({ disk: { [uri]: text }, texts: keyedTexts });
  const edits: ApplyWorkspaceEditParams[] = [];
  session.client.onRequest("workspace/applyEdit", (params: ApplyWorkspaceEditParams) => {
    edits.push(params);
    return { applied };
  });
  const ask = () => session.client.sendRequest<FixAllResult>(fixAllMethod, { uri });
  return { ask, edits };
}

describe("Fix All", () => {
  test("edits the document by its version, and counts what it did and what is left", async () => {
    const { ask, edits } = await fixAll("FROM scratch\n");
    await session.open(uri, broken, "dockerfile", 7);
    expect(await ask()).toEqual({
      fixed: 3,
      suggestions: 1,
      unfixable: 0,
      hints: 3,
      first: { place: { uri, line: 3, character: 4, endLine: 3, endCharacter: 23 }, fixable: true },
    });
    const [change] = edits[0]?.edit.documentChanges ?? [];
    expect(change).toMatchObject({ textDocument: { uri, version: 7 } });
    expect(JSON.stringify(change)).toContain("STOPSIGNAL SIGRTMIN+3");
  });

  test("edits nothing where nothing is to be fixed", async () => {
    const { ask, edits } = await fixAll("FROM alpine\n");
    expect(await ask()).toEqual({ fixed: 0, suggestions: 0, unfixable: 0, hints: 0 });
    expect(edits).toEqual([]);
  });

  test("reports where the client does not edit, and where there is no file", async () => {
    const { ask } = await fixAll(broken, false);
    expect(await ask()).toEqual({ refused: "fix-all.changed" });
    session.disk.delete(uri);
    await session.client.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri, type: 3 }] });
    expect(await ask()).toEqual({ refused: "fix-all.unread" });
  });
});
