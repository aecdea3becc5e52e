import { afterEach, describe, expect, test, vi } from "vitest";
import type { CodeAction, Diagnostic, Hover } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { applyEdits } from "../../server/src/core/base/text";
import { imageStopSignal } from "../../server/src/core/lint/rules/image-stop-signal";
import { connect, pullingClient, type Session, type SessionOptions } from "./connection";
import { keyedTexts } from "./keyed-texts";

const broken = `FROM debian:11
RUN apt-get update && apt-get install -y systemd systemd-sysv dbus
CMD ["/sbin/init"]
`;
const uri = "file:///project/Dockerfile";

let session: Session;
const start = async (options?: SessionOptions) => {
  session = await connect({ texts: keyedTexts, ...options });
  return session;
};
afterEach(() => session.close());

async function pull(of = uri): Promise<Diagnostic[]> {
  const report = await session.client.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
    textDocument: { uri: of },
  });
  return report.items;
}

const codes = (list: readonly Diagnostic[]) => list.map(({ code }) => code);

async function actions(diagnostic: Diagnostic, only?: string[]): Promise<CodeAction[]> {
  return session.client.sendRequest("textDocument/codeAction", {
    textDocument: { uri },
    range: diagnostic.range,
    context: { diagnostics: [diagnostic], only },
  });
}

function apply(text: string, action: CodeAction | undefined): string {
  const document = TextDocument.create(uri, "", 0, text);
  const edits = (action?.edit?.documentChanges ?? []).flatMap((change) =>
    "edits" in change ? change.edits : [],
  );
  return applyEdits(
    text,
    edits.map((edit) => ({
      span: { start: document.offsetAt(edit.range.start), end: document.offsetAt(edit.range.end) },
      text: "newText" in edit ? edit.newText : "",
    })),
  );
}

const until = <T>(look: () => T | undefined) => vi.waitUntil(look, { timeout: 20_000 });

describe("diagnostics", () => {
  test("are pulled, with source, code, page and severity", async () => {
    await start();
    await session.open(uri, broken);
    const found = (await pull()).find(({ code }) => code === "image-stop-signal");
    expect(found).toMatchObject({
      source: "systemd-containers",
      severity: 2,
      range: { start: { line: 2 }, end: { line: 2 } },
    });
    expect(found).not.toHaveProperty("codeDescription");
  });

  test("are pushed to a client that cannot pull, and taken back when it closes the file", async () => {
    await start({ capabilities: { workspace: { configuration: true } } });
    await session.open(uri, broken);
    const first = await until(() => session.pushed.get(uri));
    expect(codes(first.diagnostics as Diagnostic[])).toContain("image-stop-signal");
    await session.client.sendNotification("textDocument/didClose", { textDocument: { uri } });
    await until(() => (session.pushed.get(uri)?.diagnostics.length === 0 ? true : undefined));
  });

  test("count columns in UTF-16 units", async () => {
    await start();
    const text =
      'FROM debian:12\nLABEL a="😀" b="x"\nENV X="😀😀" container=""\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';
    await session.open(uri, text);
    const found = (await pull()).find(({ code }) => code === "image-container-env-value");
    const line = text.split("\n")[2] ?? "";
    expect(line.slice(found?.range.start.character, found?.range.end.character)).toContain("container");
  });

  test("follow incremental changes", async () => {
    await start();
    await session.open(uri, broken);
    expect(codes(await pull())).toContain("image-stop-signal");
    await session.client.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges: [
        {
          range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
          text: "STOPSIGNAL SIGRTMIN+3\n",
        },
      ],
    });
    expect(codes(await pull())).not.toContain("image-stop-signal");
  });

  test("know untitled documents and other names by their language", async () => {
    await start();
    await session.open("untitled:Untitled-1", broken);
    expect(codes(await pull("untitled:Untitled-1"))).toContain("image-stop-signal");
    const service = "services:\n  a:\n    image: x\n    command: /sbin/init\n    init: true\n";
    await session.open("untitled:Untitled-2", service, "dockercompose");
    expect(codes(await pull("untitled:Untitled-2"))).toContain("run-init");
    for (const name of ["Containerfile", "web.dockerfile", "Dockerfile.web"]) {
      await session.open(`file:///project/${name}`, broken);
      expect(codes(await pull(`file:///project/${name}`))).toContain("image-stop-signal");
    }
  });

  test("are silent on half-typed and foreign text", async () => {
    await start();
    for (const [index, text] of [
      "",
      "FRO",
      "FROM",
      'FROM x\nCMD ["',
      " [ $-",
      "services:\n  a: [",
      "\u0000",
    ].entries()) {
      await session.open(`file:///project/Dockerfile.${index}`, text);
      expect(await pull(`file:///project/Dockerfile.${index}`)).toEqual([]);
    }
    expect(session.logged).toEqual([]);
  });
});

describe("settings", () => {
  test("are asked by resource, and applied live", async () => {
    let severity = "error";
    await start({
      settings: (of) => ({ rules: { "image-stop-signal": of.includes("/quiet/") ? "off" : severity } }),
    });
    await session.open(uri, broken);
    await session.open("file:///project/quiet/Dockerfile", broken);
    expect((await pull()).find(({ code }) => code === "image-stop-signal")?.severity).toBe(1);
    expect(codes(await pull("file:///project/quiet/Dockerfile"))).not.toContain("image-stop-signal");
    severity = "hint";
    const before = session.refreshes();
    await session.client.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await until(() => (session.refreshes() > before ? true : undefined));
    expect((await pull()).find(({ code }) => code === "image-stop-signal")?.severity).toBe(4);
  });

  test("the engine's facts are the target when none is stated", async () => {
    await start();
    await session.open(uri, broken);
    expect(codes(await pull())).toContain("image-stop-signal");
    await session.client.sendNotification("systemdContainers/engineFacts", {
      engine: "podman",
      version: "5.8.0",
    });
    expect(codes(await pull())).not.toContain("image-stop-signal");
    await session.client.sendNotification("systemdContainers/engineFacts", null);
    expect(codes(await pull())).toContain("image-stop-signal");
  });
});

describe("linked files", () => {
  const service = "services:\n  web:\n    build: .\n    command: /sbin/init\n    init: true\n";
  const plain = "FROM debian:12\nRUN apt-get install -y systemd-sysv\n";

  test("a compose file on disk makes systemd boot in the Dockerfile", async () => {
    await start({ disk: { "file:///project/compose.yaml": service } });
    await session.open(uri, plain);
    expect(codes(await pull())).toContain("image-stop-signal");
  });

  test("a linked file that changes on disk is read again", async () => {
    await start({ disk: { "file:///project/compose.yaml": service } });
    await session.open(uri, plain);
    expect(codes(await pull())).toContain("image-stop-signal");
    session.disk.set("file:///project/compose.yaml", "services: {}\n");
    const before = session.refreshes();
    await session.client.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: "file:///project/compose.yaml", type: 2 }],
    });
    await until(() => (session.refreshes() > before ? true : undefined));
    expect(codes(await pull())).not.toContain("image-stop-signal");
  });

  test("a compose file that appears is found", async () => {
    await start();
    await session.open(uri, plain);
    expect(codes(await pull())).toEqual([]);
    session.disk.set("file:///project/compose.yaml", service);
    await session.client.sendNotification("workspace/didChangeWatchedFiles", {
      changes: [{ uri: "file:///project/compose.yaml", type: 1 }],
    });
    expect(codes(await pull())).toContain("image-stop-signal");
  });
});

describe("code actions", () => {
  const stop = async () => (await pull()).find(({ code }) => code === "image-stop-signal") as Diagnostic;

  test("are the fixes, versioned; then Fix All, and one entry for all ways to ignore or disable", async () => {
    await start();
    await session.open(uri, broken, "dockerfile", 7);
    const { range } = await stop();
    const list = await actions(await stop());
    const titles = list.map(({ title }) => title);
    const fix = list[titles.indexOf("image-stop-signal.fix(right=SIGRTMIN+3)")];
    expect(titles.filter((title) => /^action\./.test(title))).toEqual(["action.fix-all", "action.ignore"]);
    expect(fix?.edit?.documentChanges?.[0]).toMatchObject({ textDocument: { uri, version: 7 } });
    expect(apply(broken, fix)).toContain('STOPSIGNAL SIGRTMIN+3\nCMD ["/sbin/init"]');
    const [all, ignore] = list.slice(-2);
    expect(all?.command?.arguments).toEqual([uri]);
    expect(all?.diagnostics?.map(({ code }) => code)).toContain("image-stop-signal");
    const [file, place, ...rules] = ignore?.command?.arguments ?? [];
    expect([file, place]).toEqual([uri, JSON.stringify(range)]);
    expect(rules).toContain("image-stop-signal");
    expect(ignore?.diagnostics?.map(({ code }) => code)).toEqual(rules);
  });

  test("offer Fix All only where it fixes something", async () => {
    await start();
    await session.open(uri, broken.replace("RUN ", "STOPSIGNAL SIGRTMIN+3\nENV container=docker\nRUN "));
    const [hint] = (await pull()).filter(({ code }) => code === "image-run-flags");
    const titles = (await actions(hint as Diagnostic)).map(({ title }) => title);
    expect(titles.filter((title) => /^action\./.test(title))).toEqual(["action.ignore"]);
  });

  test("are the comments that ignore a rule, to a client that asks for their kind", async () => {
    await start();
    await session.open(uri, broken);
    const list = await actions(await stop(), ["systemdContainers.ignore"]);
    const own = list.filter(({ kind }) => kind === "systemdContainers.ignore.image-stop-signal");
    expect(own.map(({ title }) => title)).toEqual([
      "action.ignore-here(rule=image-stop-signal)",
      "action.ignore-file(rule=image-stop-signal)",
    ]);
    expect(apply(broken, own[0])).toMatch(/# systemd-containers-ignore image-stop-signal\nCMD/);
    expect(list.every(({ kind }) => kind?.startsWith("systemdContainers.ignore."))).toBe(true);
  });

  test("of a client without commands are fixes and ignore comments", async () => {
    await start({ commands: false });
    await session.open(uri, broken);
    const list = await actions(await stop());
    expect(list.some(({ command }) => command)).toBe(false);
    expect(list.map(({ title }) => title)).toContain("action.ignore-here(rule=image-stop-signal)");
    expect(list.every(({ kind }) => kind === "quickfix")).toBe(true);
  });

  test("those of the most severe finding at a place come first, and one of all is preferred", async () => {
    await start();
    await session.open(uri, broken.replace('["/sbin/init"]', "/sbin/init"));
    const list = await actions(await stop());
    const rulesOf = (some: readonly CodeAction[]) => some.map(({ diagnostics }) => diagnostics?.[0]?.code);
    const fixes = list.filter(({ command, title }) => !command && !title.startsWith("action.ignore-"));
    expect(rulesOf(fixes).slice(0, 2)).toEqual(["image-shell-form-init", "image-container-env"]);
    expect(rulesOf(list.filter(({ isPreferred }) => isPreferred))).toEqual(["image-shell-form-init"]);
  });

  test("an ignore silences that rule there, and is itself reported when it silences nothing", async () => {
    await start();
    await session.open(uri, broken);
    const here = (await actions(await stop(), ["systemdContainers.ignore"])).find(
      ({ title }) => title === "action.ignore-here(rule=image-stop-signal)",
    );
    const text = apply(broken, here);
    await session.open("file:///project/Dockerfile.ignored", text);
    expect(codes(await pull("file:///project/Dockerfile.ignored"))).not.toContain("image-stop-signal");
    expect(codes(await pull("file:///project/Dockerfile.ignored"))).not.toContain("unused-ignore");
    await session.open(
      "file:///project/Dockerfile.unused",
      `FROM alpine\n# systemd-containers-ignore run-init: why\nRUN true\n`,
    );
    expect(codes(await pull("file:///project/Dockerfile.unused"))).toEqual(["unused-ignore"]);
  });

  test("fix all is offered under its kind, and leaves no safe fix", async () => {
    await start();
    await session.open(uri, broken);
    for (const only of [["source.fixAll.systemdContainers"], ["source.fixAll"], ["source"]]) {
      const all = await actions(await stop(), only);
      const list = all.filter(({ command }) => command === undefined);
      expect(list.map(({ kind }) => kind)).toEqual(["source.fixAll.systemdContainers"]);
      const text = apply(broken, list[0]);
      expect(text).toContain("STOPSIGNAL SIGRTMIN+3\n");
      expect(text).toContain("ENV container=docker\n");
    }
    expect(await actions(await stop(), ["source.organizeImports"])).toEqual([]);
  });

  test("those of a service are at each place of the line that names it", async () => {
    await start();
    const compose = "file:///project/compose.yaml";
    await session.open(compose, "services:\n  web:  # the shop\n    image: jrei/systemd-debian:12\n", "yaml");
    const at = async (line: number, from: number, to = from) => {
      const list: CodeAction[] = await session.client.sendRequest("textDocument/codeAction", {
        textDocument: { uri: compose },
        range: { start: { line, character: from }, end: { line, character: to } },
        context: { diagnostics: [] },
      });
      return list.map(({ title }) => title);
    };
    const own = await at(1, 3);
    expect(own.length).toBeGreaterThan(3);
    for (const character of [0, 7, 14]) expect(await at(1, character)).toEqual(own);
    expect([await at(0, 0), await at(1, 8, 12)]).toEqual([[], []]);
  });

  test("a compose file that is not YAML has findings, and no action that edits it", async () => {
    await start({ commands: false });
    const compose = "file:///project/compose.yaml";
    const text =
      "services:\n  web:\n    image: x\n    command: /sbin/init\n    init: true\n    entrypoint: [a";
    const titles = async (version: string) => {
      await session.open(compose, version, "yaml");
      const list: CodeAction[] = await session.client.sendRequest("textDocument/codeAction", {
        textDocument: { uri: compose },
        range: { start: { line: 0, character: 0 }, end: { line: 6, character: 0 } },
        context: { diagnostics: [] },
      });
      return list.filter(({ edit }) => edit).map(({ title }) => title);
    };
    expect(await titles(text)).toEqual([]);
    expect(codes(await pull(compose))).toContain("run-init");
    session.close();
    await start({ commands: false });
    expect(await titles(`${text}]\n`)).toContain("action.ignore-here(rule=run-init)");
  });

  test("keep the document's line ending", async () => {
    await start();
    const text = broken.replace(/\n/g, "\r\n");
    await session.open(uri, text);
    const [all] = await actions(await stop(), ["source.fixAll.systemdContainers"]);
    expect(apply(text, all)).not.toMatch(/[^\r]\n/);
  });
});

test("a file is made where the client can make one, and not beside an untitled document", async () => {
  const offered = async (of: string, capabilities = pullingClient) => {
    await start({ capabilities });
    await session.open(of, broken);
    const list: CodeAction[] = await session.client.sendRequest("textDocument/codeAction", {
      textDocument: { uri: of },
      range: { start: { line: 2, character: 5 }, end: { line: 2, character: 5 } },
      context: { diagnostics: [] },
    });
    return list.map(({ title }) => title).filter((title) => title === "image-run-flags.compose");
  };
  expect(await offered(uri)).toEqual(["image-run-flags.compose"]);
  session.close();
  expect(await offered("untitled:Untitled-1")).toEqual([]);
  session.close();
  expect(await offered(uri, { ...pullingClient, workspace: { configuration: true } })).toEqual([]);
});

test("a hover on a finding says what happens, and why systemd is expected", async () => {
  await start({ commands: false });
  await session.open(uri, broken);
  const hover = await session.client.sendRequest<Hover>("textDocument/hover", {
    textDocument: { uri },
    position: { line: 2, character: 8 },
  });
  const { value } = hover.contents as { value: string };
  expect(value.split("\n\n---\n\n").at(-1)).toBe(
    "**image-stop-signal.title|run-stop-signal.title**\n\nhover.consequence(consequence=image-stop-signal.consequence)\n\n" +
      "hover.evidence(grade=grade.certain, reason=grade.image)\n\nimage-stop-signal",
  );
  expect(value).not.toContain("command:");
});

test("the rule in a hover shows its page, where the client has the command for it", async () => {
  await start({ commands: true });
  await session.open(uri, broken);
  const hover = await session.client.sendRequest<Hover>("textDocument/hover", {
    textDocument: { uri },
    position: { line: 2, character: 8 },
  });
  expect(JSON.stringify(hover.contents)).toContain(
    "[image-stop-signal](command:systemdContainers.showRule?%5B%22image-stop-signal%22%5D)",
  );
});

test("a cancelled request is answered as cancelled", async () => {
  await start();
  await session.open(uri, broken);
  const { CancellationTokenSource } = await import("vscode-languageserver/node");
  const source = new CancellationTokenSource();
  const request = session.client.sendRequest(
    "textDocument/diagnostic",
    { textDocument: { uri } },
    source.token,
  );
  source.cancel();
  await expect(request).rejects.toThrow(/cancel/i);
});

test("what is said is rendered by the client in its language, and is English where it has no text", async () => {
  const { messages, fixes } = imageStopSignal;
  const texts = {
    [messages.missing ?? ""]: "systemd hält bei {right} an.",
    [fixes?.fix ?? ""]: "{right} setzen",
  };
  await start({ capabilities: pullingClient, texts });
  await session.open(uri, broken);
  const diagnostics = await pull();
  const [stop] = diagnostics.filter(({ code }) => code === "image-stop-signal");
  expect(stop?.message).toBe("systemd hält bei SIGRTMIN+3 an.");
  const titles = stop ? (await actions(stop)).map(({ title }) => title) : [];
  expect(titles).toContain("SIGRTMIN+3 setzen");
  expect(diagnostics.find(({ code }) => code === "image-container-env")?.message).toMatch(/^[A-Za-z]/);
});
