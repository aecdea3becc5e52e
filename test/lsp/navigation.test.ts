import { afterEach, describe, expect, test } from "vitest";
import type { DocumentLink, Location, Range } from "vscode-languageserver/node";
import { connect, pullingClient, type Session, type SessionOptions } from "./connection";
import { atCursor } from "./cursor";

const folder = "file:///project";
const web =
  "[Unit]\nAfter=db.service\n[Service]\nExecStart=/opt/app/run --port 80\nEnvironmentFile=-/etc/web.env\n";
const dockerfile = `FROM debian:12 AS base
COPY units/web.service "units/db.service" /etc/systemd/system/
COPY app/ /opt/app/
COPY web.env /etc/web.env
COPY missing.service /etc/systemd/system/
COPY <<EOF /etc/systemd/system/own.service
[Service]
ExecStart=/opt/app/run
EOF
RUN systemctl enable web db.service \\
    own
FROM base
RUN systemctl mask db && systemctl enable unknown
CMD ["/opt/app/run", "--unit=web.service"]
`;
const compose = `services:
  web:
    build: ./image
  short:
    build:
      context: image
      dockerfile: Dockerfile
    env_file: web.env
  gone:
    build: ./gone
  other:
    build: { context: ., dockerfile: other/Dockerfile }
`;
const disk: Readonly<Record<string, string>> = {
  [`${folder}/image/Dockerfile`]: dockerfile,
  [`${folder}/image/units/web.service`]: web,
  [`${folder}/image/units/db.service`]: "[Service]\nExecStart=/bin/db\n",
  [`${folder}/image/app/run`]: "#!/bin/sh\n",
  [`${folder}/image/web.env`]: "A=b\n",
  [`${folder}/web.env`]: "A=b\n",
  [`${folder}/compose.yaml`]: compose,
  [`${folder}/other/Dockerfile`]: "FROM debian:12\nCOPY image/units/web.service /etc/systemd/system/\n",
};

let session: Session;
afterEach(() => session.close());

const open = async (options: SessionOptions = {}) => {
  session = await connect({ disk, ...options });
};

/** The stretch of a text that a range covers, behind the name of the file. */
function shown(uri: string, { start, end }: Range, texts: Readonly<Record<string, string>> = disk): string {
  const lines = (texts[uri] ?? "").split("\n");
  const name = uri.slice(folder.length + 1);
  return start.line === end.line
    ? `${name}: ${lines[start.line]?.slice(start.character, end.character)}`
    : `${name}: ${lines[start.line]} …`;
}

async function ask<Answer>(
  method: string,
  name: string,
  marked?: string,
  more: object = {},
): Promise<Answer> {
  const uri = `${folder}/${name}`;
  const place = marked === undefined ? undefined : atCursor(marked);
  if (place) expect(place.text).toBe(disk[uri]);
  return session.client.sendRequest<Answer>(method, {
    textDocument: { uri },
    position: place?.position,
    ...more,
  });
}

/** Where the word at the mark is defined. */
async function defined(name: string, before: string, after: string): Promise<string[]> {
  const marked = disk[`${folder}/${name}`]?.replace(before + after, `${before}¦${after}`);
  const found = await ask<Location[]>("textDocument/definition", name, marked);
  return found.map(({ uri, range }) => shown(uri, range));
}

async function referred(name: string, before: string, after: string): Promise<string[]> {
  const marked = disk[`${folder}/${name}`]?.replace(before + after, `${before}¦${after}`);
  const context = { includeDeclaration: false };
  const found = await ask<Location[]>("textDocument/references", name, marked, { context });
  return found.map(({ uri, range }) => shown(uri, range)).sort();
}

describe("definition", () => {
  test.each([
    ["a copied file", "units/we", "b.service", ["image/units/web.service: "]],
    ["a copied file in quotes", '"units/d', "b.service", ["image/units/db.service: "]],
    ["a copied file that is not there", "COPY miss", "ing.service", []],
    ["an enabled unit", "enable we", "b", ["image/units/web.service: "]],
    ["an enabled unit with its suffix", "db.ser", "vice \\", ["image/units/db.service: "]],
    ["a unit on a continuation line", "    ow", "n\n", ["image/Dockerfile: [Service] …"]],
    ["a unit in a later stage", "mask d", "b", ["image/units/db.service: "]],
    ["a unit that no file has", "enable unk", "nown", []],
    ["a program that was copied with its directory", 'CMD ["/opt/a', "pp/run", ["image/app/run: "]],
    ["a target", "--unit=we", "b.service", ["image/units/web.service: "]],
    ["what a unit in the file starts", "[Service]\nExecStart=/opt/a", "pp/run", ["image/app/run: "]],
    ["a command", "systemc", "tl mask", []],
  ])("of %s", async (_, before, after, expected) => {
    await open();
    expect(await defined("image/Dockerfile", before, after)).toEqual(expected);
  });

  test.each([
    ["what a unit starts", "ExecStart=/opt/ap", "p/run", ["image/app/run: "]],
    ["its file of variables", "-/etc/web", ".env", ["image/web.env: "]],
    ["a unit beside it", "After=d", "b.service", ["image/units/db.service: "]],
    ["an option", "--po", "rt", []],
  ])("in a unit file, of %s", async (_, before, after, expected) => {
    await open();
    expect(await defined("image/units/web.service", before, after)).toEqual(expected);
  });

  test.each([
    ["a context", "build: ./im", "age", ["image/Dockerfile: "]],
    ["a Dockerfile", "dockerfile: Docker", "file", ["image/Dockerfile: "]],
    ["a file of variables", "env_file: web", ".env", ["web.env: "]],
    ["a context that is not there", "./go", "ne", []],
  ])("in a compose file, of %s", async (_, before, after, expected) => {
    await open();
    expect(await defined("compose.yaml", before, after)).toEqual(expected);
  });

  test("is a link with its word, where the client takes that", async () => {
    await open({ capabilities: { textDocument: { definition: { linkSupport: true } } } });
    const marked = compose.replace("./image", "./im¦age");
    expect(await ask("textDocument/definition", "compose.yaml", marked)).toMatchObject([
      {
        originSelectionRange: { start: { line: 2, character: 11 }, end: { line: 2, character: 18 } },
        targetUri: `${folder}/image/Dockerfile`,
      },
    ]);
  });
});

const webMentions = [
  "image/Dockerfile: units/web.service",
  "image/Dockerfile: web",
  "image/Dockerfile: web.service",
  "other/Dockerfile: image/units/web.service",
];

describe("references", () => {
  test.each([
    ["an enabled unit", "image/Dockerfile", "enable we", "b", webMentions],
    ["a copied file", "image/Dockerfile", "units/we", "b.service", webMentions],
    ["the unit file itself", "image/units/web.service", "[Serv", "ice]", webMentions],
    [
      "a unit that others name",
      "image/units/web.service",
      "After=d",
      "b.service",
      [
        "image/Dockerfile: db",
        "image/Dockerfile: db.service",
        "image/Dockerfile: units/db.service",
        "image/units/web.service: db.service",
      ],
    ],
    ["a unit in the Dockerfile", "image/Dockerfile", "[Serv", "ice]", ["image/Dockerfile: own"]],
    [
      "a program",
      "image/units/web.service",
      "ExecStart=/opt/ap",
      "p/run",
      [
        "image/Dockerfile: /opt/app/run",
        "image/Dockerfile: /opt/app/run",
        "image/units/web.service: /opt/app/run",
      ],
    ],
    [
      "a Dockerfile",
      "image/Dockerfile",
      "FROM deb",
      "ian",
      ["compose.yaml: ./image", "compose.yaml: Dockerfile"],
    ],
    [
      "a context",
      "compose.yaml",
      "build: ./im",
      "age",
      ["compose.yaml: ./image", "compose.yaml: Dockerfile"],
    ],
  ])("of %s", async (_, name, before, after, expected) => {
    await open();
    expect(await referred(name, before, after)).toEqual(expected);
  });

  test("have the file itself where it is requested", async () => {
    await open();
    const marked = compose.replace("./image", "./im¦age");
    const context = { includeDeclaration: true };
    const [first] = await ask<Location[]>("textDocument/references", "compose.yaml", marked, { context });
    expect(first?.uri).toBe(`${folder}/image/Dockerfile`);
  });
});

describe("document links", () => {
  const linked = async (name: string) => {
    const found = await ask<DocumentLink[]>("textDocument/documentLink", name);
    return found.map(
      ({ range, target = "" }) => `${shown(`${folder}/${name}`, range)} → ${target.slice(folder.length + 1)}`,
    );
  };

  test("are of files that are there", async () => {
    await open();
    expect(await linked("compose.yaml")).toEqual([
      "compose.yaml: ./image → image/Dockerfile",
      "compose.yaml: Dockerfile → image/Dockerfile",
      "compose.yaml: web.env → web.env",
      "compose.yaml: other/Dockerfile → other/Dockerfile",
    ]);
    expect((await linked("image/Dockerfile")).map((link) => link.replace("image/Dockerfile: ", ""))).toEqual([
      "units/web.service → image/units/web.service",
      "units/db.service → image/units/db.service",
      "web.env → image/web.env",
      "web → image/units/web.service",
      "db.service → image/units/db.service",
      "/opt/app/run → image/app/run",
      "db → image/units/db.service",
      "/opt/app/run → image/app/run",
      "web.service → image/units/web.service",
    ]);
    expect(await linked("image/units/web.service")).toEqual([
      "image/units/web.service: db.service → image/units/db.service",
      "image/units/web.service: /opt/app/run → image/app/run",
      "image/units/web.service: /etc/web.env → image/web.env",
    ]);
  });

  test("lead nowhere outside of the workspace", async () => {
    const uri = `${folder}/sub/compose.yaml`;
    const files = { ...disk, [uri]: "services:\n  a:\n    build: ../image\n" };
    await open({ folders: [`${folder}/sub`], disk: files });
    const textDocument = { uri };
    expect(await session.client.sendRequest("textDocument/documentLink", { textDocument })).toEqual([]);
    const position = { line: 2, character: 14 };
    expect(
      await session.client.sendRequest("textDocument/definition", { textDocument, position }),
    ).toMatchObject([{ uri: `${folder}/image/Dockerfile` }]);
  });

  test("follow what is typed", async () => {
    await open();
    await session.open(
      `${folder}/image/Dockerfile`,
      "FROM debian:12\r\nCOPY web.env \\\r\n  units/web.service /x/\r\nCOPY units/",
    );
    const found = await ask<DocumentLink[]>("textDocument/documentLink", "image/Dockerfile");
    expect(found.map(({ range }) => range.start)).toEqual([
      { line: 1, character: 5 },
      { line: 2, character: 2 },
    ]);
  });
});

test("a client that can is asked to send unit files, and their unsaved text counts", async () => {
  const dynamicRegistration = true;
  const dynamic = { definition: {}, references: {}, documentLink: {}, synchronization: {} };
  await open({
    capabilities: {
      ...pullingClient,
      textDocument: Object.fromEntries(Object.keys(dynamic).map((key) => [key, { dynamicRegistration }])),
    },
  });
  const uri = `${folder}/image/units/web.service`;
  await session.open(uri, `\n\n${web}`, "systemd-unit");
  const [, , word] = await session.client.sendRequest<DocumentLink[]>("textDocument/documentLink", {
    textDocument: { uri },
  });
  expect(word?.range.start.line).toBe(6);
  expect(session.registered).toContain("textDocument/definition");
  expect(session.logged).toEqual([]);
});

test("the findings of a Dockerfile follow the unsaved text of its units", async () => {
  const image = `${folder}/Dockerfile`;
  const unit = `${folder}/a.service`;
  const installed = "[Service]\nExecStart=/bin/a\n[Install]\nWantedBy=multi-user.target\n";
  const copies =
    "FROM debian:12\nRUN apt-get update && apt-get install -y systemd-sysv dbus\nCOPY a.service /etc/systemd/system/\n";
  const text = `${copies}RUN systemctl enable a\nCMD ["/sbin/init"]\n`;
  await open({ disk: { [image]: text, [unit]: installed } });
  await session.open(image, text);
  const codes = async () => {
    const report = await session.client.sendRequest<{ items: { code: string }[] }>(
      "textDocument/diagnostic",
      {
        textDocument: { uri: image },
      },
    );
    return report.items.map(({ code }) => code);
  };
  expect(await codes()).not.toContain("image-unit-name");
  const before = session.refreshes();
  await session.open(unit, "[Service]\nExecStart=/bin/a\n", "systemd-unit");
  expect(await codes()).toContain("image-unit-name");
  expect(session.refreshes()).toBeGreaterThan(before);
});

test("a unit that no image of the workspace has leads nowhere", async () => {
  await open({ disk: { [`${folder}/x.service`]: web } });
  const uri = `${folder}/x.service`;
  const position = { line: 3, character: 14 };
  expect(
    await session.client.sendRequest("textDocument/definition", { textDocument: { uri }, position }),
  ).toEqual([]);
  expect(session.logged).toEqual([]);
});
