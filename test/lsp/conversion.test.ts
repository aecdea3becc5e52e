import { afterEach, describe, expect, test } from "vitest";
import type { CodeAction, CodeActionContext } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type ConvertParams, type ConvertResult, convertMethod } from "../../server/src/protocol";
import { connect, type Session } from "./connection";
import { keyedTexts } from "./keyed-texts";

const uri = "file:///project/Dockerfile";
let session: Session;
afterEach(() => session.close());

async function ask(
  text: string,
  disk: Readonly<Record<string, string>> = {},
  asked: Partial<ConvertParams> = {},
): Promise<ConvertResult> {
  session = await connect({ disk: { [uri]: text, ...disk }, texts: keyedTexts });
  return session.client.sendRequest<ConvertResult>(convertMethod, { uri, to: "bootSystemd", ...asked });
}

/** A text of a file after the edits of it. */
function edited(text: string, { changed }: ConvertResult, of = uri): string {
  const edits = changed.find((each) => each.uri === of)?.edits ?? [];
  return TextDocument.applyEdits(TextDocument.create(of, "", 0, text), [...edits]);
}

test("a Dockerfile gets edits of its lines, and the unit of its program", async () => {
  const text = 'FROM debian:12\r\n# The program\r\nENTRYPOINT ["/start.sh"]\r\nEXPOSE 80\r\n';
  const result = await ask(text, {
    "file:///project/start.sh": "#!/bin/sh\nexec app\n",
  });
  const { created, doubt, refused } = result;
  const after = edited(text, result);
  expect(after).toMatch(
    /^FROM debian:12\r\n(.*\r\n)*EXPOSE 80\r\n(.*\r\n)*ENTRYPOINT \["\/sbin\/init"\]\r\n$/,
  );
  expect(after.replaceAll("\r\n", "")).not.toContain("\n");
  expect(created.map((file) => file.uri)).toEqual(["file:///project/run-start.service"]);
  expect({ doubt, refused }).toEqual({});
});

test("it is refused with a reason in the client's language", async () => {
  expect(await ask('FROM alpine:3.20\nCMD ["app"]\n')).toEqual({
    refused: "convert.base(base=alpine:3.20)",
    changed: [],
    created: [],
  });
});

test("what is not known of the program is told", async () => {
  expect((await ask('FROM node:20\nCMD ["node", "app.js"]\n')).doubt).toBe(
    "convert.entrypoint(base=node:20)",
  );
});

const booting = 'FROM debian:12\nRUN apt-get update && apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';
const start = "file:///project/start.sh";
const compose = "file:///project/compose.yaml";

test("a compose service is added to the file that is there", async () => {
  const services = "services:\n  db:\n    image: postgres\n";
  const result = await ask(booting, { [compose]: services }, { to: "addComposeService" });
  expect(result).toMatchObject({ created: [] });
  expect(edited(services, result, compose)).toMatch(
    /^services:\n {2}db:\n {4}image: postgres\n {2}app:\n {4}build: \.\n/,
  );
});

test("a unit of a program is created", async () => {
  const result = await ask(booting, {}, { to: "createUnit", program: "/opt/app" });
  expect(result.created.map((each) => each.uri)).toEqual(["file:///project/run-app.service"]);
  expect(edited(booting, result)).toContain("systemctl enable run-app.service");
});

test("the journal is forwarded, with a terminal in the files that start the image", async () => {
  const services = "services:\n  web:\n    build: .\n";
  const result = await ask(booting, { [compose]: services }, { to: "forwardJournal" });
  expect(edited(booting, result)).toContain("ForwardToConsole=yes");
  expect(edited(services, result, compose)).toContain("tty: true");
});

const scripted = `${booting.split("\n", 2).join("\n")}\nCOPY start.sh /\nENTRYPOINT ["/start.sh"]\n`;
const script = "#!/bin/sh\n/opt/app &\nexec /sbin/init\n";

test("a line of an entry script is run at boot, also of one that is open", async () => {
  const asked = { uri: start, to: "runAtBoot", position: { line: 1, character: 3 } } as const;
  const result = await ask(scripted, { [start]: script }, asked);
  expect(edited(script, result, start)).toBe("#!/bin/sh\nexec /sbin/init\n");
  expect(edited(scripted, result)).toContain("systemctl enable run-app.service");
  const moved = script.replace("/opt/app", "/opt/other");
  await session.open(start, moved, "shellscript");
  const again = await session.client.sendRequest<ConvertResult>(convertMethod, asked);
  expect(again.created.map((each) => each.uri)).toEqual(["file:///project/run-other.service"]);
});

describe("another format", () => {
  const image = "registry.access.redhat.com/ubi9/ubi-init:latest";
  const run = "file:///project/run.sh";
  const at = (line: number) => ({ line, character: 2 });

  async function converted(of: string, text: string, format: ConvertParams["format"], line = 0) {
    const result = await ask(booting, { [of]: text }, { uri: of, to: "format", format, position: at(line) });
    await session.close();
    return result;
  }

  test("is written for the command at the cursor, whichever of its lines that is", async () => {
    const text = `docker run -d --name one ${image}\n\ndocker run -d --name two \\\n  --label a=b \\\n  --rm ${image}\n`;
    for (const [line, name] of [
      [0, "one"],
      [1, "one"],
      [2, "two"],
      [3, "two"],
      [4, "two"],
    ] as const)
      expect((await converted(run, text, "compose", line)).text).toContain(`\n    container_name: ${name}\n`);
    const result = await converted(run, text, "compose", 3);
    expect(result).toMatchObject({ changed: [], created: [] });
    expect(result.text).toContain("# convert.from(file=run.sh, name=two)\n");
    expect(result.text).toContain("# convert.left(options=--rm)\n");
    expect(result.text).toContain("labels:\n      a: b\n");
  });

  test("has what systemd needs on the engine of the format, and lists what was added", async () => {
    const services = `services:\n  db:\n    image: mysql\n  web:\n    image: ${image}\n    depends_on: [db]\n    environment: { TZ: UTC, TOKEN: hunter2 }\n`;
    const { text = "" } = await converted(compose, services, "quadlet", 4);
    expect(text).toContain("Image=registry.access.redhat.com/ubi9/ubi-init:latest\n");
    expect(text).toContain("Environment=TZ=UTC\n");
    expect(text).toMatch(/^# convert\.left\(options=depends_on.*--env TOKEN\)$/m);
    expect(text).toContain("# convert.hidden(names=TOKEN)\n");
    expect(text).not.toMatch(/hunter2|Tmpfs/);
    const docker = (await converted(compose, services, "docker", 4)).text ?? "";
    expect(docker).toMatch(/^# convert\.added\(options=.*--tmpfs \/run\b/m);
    expect(docker).toMatch(/\ndocker run -d .*--tmpfs \/run .*ubi-init:latest\n$/);
    expect((await converted(compose, services, "docker", 1)).refused).toBe("convert.other-program(name=db)");
  });

  test("comes from a file of Quadlet, and goes into all others", async () => {
    const unit = `[Container]\nImage=${image}\nHostName=h\nPodmanArgs=--no-hosts\n`;
    const web = "file:///project/web.container";
    const of = async (format: ConvertParams["format"]) => (await converted(web, unit, format)).text ?? "";
    expect(await of("compose")).toContain("hostname: h\n");
    expect(await of("podman")).toMatch(/\npodman run -d .*--hostname=h .*--no-hosts/);
    const docker = await of("docker");
    expect(docker).toContain("# convert.left(options=--no-hosts)\n");
    expect(docker).not.toContain("run -d --no-hosts");
    expect(await of("kubernetes")).toMatch(/^# render\.kubernetes\.sourced\n[\s\S]*hostname: h\n/m);
    expect(await of("molecule")).toContain("name: podman\n");
    const devcontainer = await of("devcontainer");
    expect(devcontainer).toMatch(/^\/\/ convert\.from/);
    expect(devcontainer).toContain('"--hostname=h"');
  });

  test("of a Dockerfile starts its image; where nothing starts systemd it is refused", async () => {
    const asked = { uri, to: "format", format: "devcontainer" } as const;
    expect((await ask(booting, {}, asked)).text).toContain('"dockerfile": "../Dockerfile"');
    await session.close();
    expect((await converted(run, "echo\n", "docker")).refused).toBe("plan.nothing");
  });

  test("has what a file names in comments, whatever is in it", async () => {
    const services = `services:\n  "we\\nb":\n    image: ${image}\n    "x\\nrm: -f": 1\n`;
    const { text = "" } = await converted(compose, services, "docker");
    expect(
      text
        .trimEnd()
        .split("\n")
        .filter((line) => !line.startsWith("# ")),
    ).toHaveLength(1);
  });

  test("is written for a file that only its content shows to be one of a kind", async () => {
    const stack = `services:\n  web:\n    image: ${image}\n`;
    const { text } = await converted("file:///project/stack.yaml", stack, "docker");
    expect(text).toMatch(/\ndocker run -d .*ubi-init:latest\n$/);
  });
});

describe("code actions", () => {
  /** The commands that are offered on a line, with what they take beside the file. */
  async function offered(of: string, line: number, context: Partial<CodeActionContext> = {}) {
    const at = { line, character: 1 };
    const found = await session.client.sendRequest<CodeAction[] | null>("textDocument/codeAction", {
      textDocument: { uri: of },
      range: { start: at, end: at },
      context: { diagnostics: [], ...context },
    });
    return (found ?? [])
      .filter(({ kind }) => kind?.endsWith(".systemdContainers") && !kind.startsWith("source.fixAll"))
      .map(({ command }) => [
        command?.command.replace("systemdContainers.", ""),
        ...(command?.arguments ?? []).slice(1),
      ]);
  }

  async function open(text: string, disk: Readonly<Record<string, string>> = {}, commands = true) {
    session = await connect({ disk: { [uri]: text, ...disk }, texts: keyedTexts, commands });
    await session.open(uri, text, "dockerfile");
    for (const [of, script] of Object.entries(disk)) await session.open(of, script, "shellscript");
  }

  test("are about the place", async () => {
    await open('FROM debian:12\nRUN true\nCMD ["/opt/app"]\n');
    expect([await offered(uri, 0), await offered(uri, 1), await offered(uri, 2)]).toEqual([
      [["makeImageBoot"]],
      [],
      [["makeImageBoot"]],
    ]);
    await session.open(uri, `${booting}COPY app /opt/\n`, "dockerfile");
    expect([await offered(uri, 0), await offered(uri, 2), await offered(uri, 3)]).toEqual([
      [["addComposeService"], ["forwardJournal"]],
      [],
      [["createUnitFile", "/opt/app"]],
    ]);
  });

  test("forward the journal where nothing does", async () => {
    const set = (value: string) =>
      `RUN printf '[Journal]\\nForwardToConsole=${value}\\n' > /etc/systemd/journald.conf.d/a.conf\n`;
    await open(`${booting}${set("no")}`);
    expect(await offered(uri, 0)).toContainEqual(["forwardJournal"]);
    await session.open(uri, `${booting}${set("yes")}`, "dockerfile");
    expect(await offered(uri, 0)).toEqual([["addComposeService"]]);
  });

  test("are in entry scripts", async () => {
    await open(scripted, { [start]: script, "file:///project/other.sh": script });
    expect([await offered(start, 1), await offered("file:///project/other.sh", 1)]).toEqual([
      [["runAtBoot", "1"]],
      [],
    ]);
  });

  test("of the whole file are given to who asks for source actions, and not on save", async () => {
    await open(booting);
    const whole = [["addComposeService"], ["forwardJournal"]];
    expect(await offered(uri, 2, { only: ["source"] })).toEqual(whole);
    expect(await offered(uri, 2, { only: ["source"], triggerKind: 2 })).toEqual([]);
    expect(await offered(uri, 0, { only: ["quickfix"] })).toEqual([]);
    expect(await offered(uri, 0, { only: ["refactor"] })).toEqual(whole);
  });

  test("need a client with the commands", async () => {
    await open(booting, {}, false);
    expect(await offered(uri, 0)).toEqual([]);
  });
});
