import { afterEach, describe, expect, test } from "vitest";
import type { CompletionItem, Diagnostic, Hover, MarkupContent } from "vscode-languageserver/node";
import { format } from "../../server/src/core/base/message";
import { seenUri } from "../../server/src/core/image/base-images";
import type { SeenImage } from "../../server/src/core/image/seen-image";
import { lintSeen } from "../../server/src/core/lint/lint-seen";
import { trustMethod } from "../../server/src/protocol";
import {
  type SeenImageParams,
  seenImageMethod,
  type UnseenImage,
  unseenImageMethod,
} from "../../server/src/seen-protocol";
import { debian12, seenImage, seenText } from "../core/image/seen";
import { connect, type Session, type SessionOptions } from "./connection";
import { atCursor } from "./cursor";
import { keyedTexts } from "./keyed-texts";

const uri = "file:///project/Dockerfile";
const base = "registry.example:5000/my/base:1";

let session: Session;
afterEach(() => session.close());

/** A session whose client inspects images: those that it was asked about, in sequence. */
async function inspecting(options: SessionOptions = {}): Promise<string[]> {
  session = await connect({ ...options, client: { inspects: true, ...options.client } });
  const asked: string[] = [];
  session.client.onNotification(
    unseenImageMethod,
    ({ reference }: UnseenImage) => void asked.push(reference),
  );
  return asked;
}

const see = (image: SeenImage | null, reference = base) =>
  session.client.sendNotification(seenImageMethod, { reference, image } satisfies SeenImageParams);

async function pull(of = uri): Promise<Diagnostic[]> {
  const params = { textDocument: { uri: of } };
  return (await session.client.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", params)).items;
}

const codes = async (of = uri) => (await pull(of)).map(({ code }) => code);

/** What the command line reports of the same file with `lint --inspect`. */
function ofCommandLine(text: string, image: SeenImage): string[] {
  const read = (asked: string) =>
    asked === seenUri(base) ? seenText(base, image) : asked === uri ? text : undefined;
  const { findings } = lintSeen({
    ...{ uri, text, snapshot: { read, runFiles: [] } },
    settings: { rules: {}, target: undefined },
  });
  return findings.map(({ message }) => format(message));
}

describe("an image that no table knows", () => {
  test("is asked about once, and its findings follow when it was seen, as those of the command line", async () => {
    const asked = await inspecting();
    const text = `FROM ${base}\n`;
    await session.open(uri, text);
    expect(await pull()).toEqual([]);
    await expect.poll(() => asked).toEqual([base]);
    expect(session.refreshes()).toBe(0);

    await see(seenImage(debian12));
    await expect.poll(() => session.refreshes()).toBe(1);
    const found = await pull();
    expect(found.map(({ message }) => message)).toEqual(ofCommandLine(text, seenImage(debian12)));
    expect(found.map(({ code }) => code)).toContain("image-stop-signal");
    expect(found[0]?.message).toContain(`Based on the contents of ${base} (sha256:0123456789ab).`);

    const contentChanges = [{ text: `${text}\n# A comment\n` }];
    await session.client.sendNotification("textDocument/didChange", {
      textDocument: { uri, version: 2 },
      contentChanges,
    });
    expect(await codes()).toEqual(found.map(({ code }) => code));
    const textDocument = { uri };
    await session.client.sendRequest("textDocument/hover", {
      textDocument,
      position: { line: 0, character: 7 },
    });
    expect(await codes()).toEqual(found.map(({ code }) => code));
    expect(asked).toEqual([base]);
    expect(session.asked.filter((each) => each.startsWith("seen-image:"))).toEqual([]);
    expect(session.refreshes()).toBe(1);
  });

  test("changes the findings only if the image changes", async () => {
    await inspecting();
    await session.open(uri, `FROM ${base}\n`);
    await pull();
    await see(null);
    await see(seenImage(debian12));
    await see(seenImage(debian12));
    await expect.poll(() => codes()).toContain("image-stop-signal");
    expect(session.refreshes()).toBe(1);
    await see(seenImage(debian12, { stopSignal: "SIGRTMIN+3" }));
    await expect.poll(() => codes()).not.toContain("image-stop-signal");
    await see(seenImage(debian12));
    await expect.poll(() => codes()).toContain("image-stop-signal");
    await see(null);
    await expect.poll(() => codes()).toEqual([]);
  });

  test("concerns every file that names it, open or not", async () => {
    const child = "file:///project/other/Dockerfile";
    const asked = await inspecting({ disk: { [child]: `FROM ${base}\n` } });
    const compose = "file:///project/compose.yaml";
    await session.open(compose, `services:\n  web:\n    image: ${base}\n`, "dockercompose");
    expect([await pull(compose), await pull(child)]).toEqual([[], []]);
    await see(seenImage(debian12));
    await expect.poll(() => codes(child)).toContain("image-stop-signal");
    expect(await codes(compose)).toContain("run-cgroup-writable");
    expect(asked).toEqual([base]);
  });

  test("is published at once, and again when it was seen, to a client that does not pull", async () => {
    const asked = await inspecting({ capabilities: {} });
    await session.open(uri, `FROM ${base}\nCMD ["/sbin/init"]\nSTOPSIGNAL SIGTERM\n`);
    const shown = () => JSON.stringify(session.pushed.get(uri)?.diagnostics ?? []);
    await expect.poll(shown).toContain("image-stop-signal");
    expect(shown()).not.toContain("Based on the contents of");
    await expect.poll(() => asked).toEqual([base]);
    await see(seenImage(debian12));
    await expect.poll(shown).toContain(`Based on the contents of ${base} (sha256:0123456789ab).`);
  });
});

describe("the client is not asked", () => {
  const quiet = async (options: SessionOptions, text = `FROM ${base}\n`, file = uri) => {
    const asked = await inspecting(options);
    await session.open(file, text);
    await pull(file);
    // A request is answered after all that was sent before.
    await session.client.sendRequest("systemdContainers/ping");
    return asked;
  };

  test("if the client does not inspect images", async () => {
    expect(await quiet({ client: { inspects: false } })).toEqual([]);
  });

  test("about images of the table, variables, stages and scratch", async () => {
    const text = "ARG base\nFROM $base\nFROM debian:12 AS one\nFROM one\nFROM scratch\n";
    expect(await quiet({}, text, "file:///project/known/Dockerfile")).toEqual([]);
  });

  test("in a workspace that is not trusted, until it is", async () => {
    const asked = await quiet({ client: { trusted: false } });
    expect(asked).toEqual([]);
    await session.client.sendNotification(trustMethod);
    await pull();
    await expect.poll(() => asked).toEqual([base]);
  });
});

describe("what was seen in an image", () => {
  const files = {
    ...debian12,
    "/lib/systemd/system/web.service": "[Service]\n",
    "/lib/systemd/system/app.timer": "[Timer]\n",
    "/etc/systemd/system/multi-user.target.wants/web.service": { to: "/lib/systemd/system/web.service" },
    "/etc/systemd/system/gone.service": { to: "/dev/null" },
  };

  /** The text of a hover, and the labels of the completions, at the mark. */
  const at = async (marked: string, image: SeenImage, of = uri, language = "dockerfile") => {
    await inspecting({ texts: keyedTexts });
    const { text, position } = atCursor(marked);
    await session.open(of, text, language);
    await pull(of);
    await see(image);
    await expect.poll(() => session.refreshes()).toBe(1);
    const params = { textDocument: { uri: of }, position };
    const hover = await session.client.sendRequest<Hover | null>("textDocument/hover", params);
    const items = await session.client.sendRequest<CompletionItem[]>("textDocument/completion", params);
    const { value = "" } = (hover?.contents ?? {}) as Partial<MarkupContent>;
    return { hover: value.split("\n\n"), labels: items.map(({ label }) => label) };
  };

  test("is in the hover on FROM, after the findings there", async () => {
    const { hover } = await at(`FROM registry.example:5000/my/ba¦se:1\n`, seenImage(files));
    expect(hover).toContain("---");
    const lines = hover.slice(hover.lastIndexOf("---") + 1);
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^base\.has\(.*Debian GNU\/Linux 12.*systemd 252.*\/sbin\/init/);
    expect(lines[1]).toMatch(/^base\.seen-boot\(.*graphical\.target.*base\.no-signal.*root.*1/);
    expect(lines[2]).toMatch(/^base\.seen\(.*sha256:0123456789ab/);
  });

  test("is in the hover on image:, whatever starts in it", async () => {
    const compose = "file:///project/compose.yaml";
    const text = "services:\n  web:\n    image: registry.example:5000/my/ba¦se:1\n";
    const image = seenImage(files, { command: ["nginx"], programs: {}, user: "web", stopSignal: "SIGQUIT" });
    const { hover } = await at(text, image, compose, "dockercompose");
    expect(hover).toHaveLength(3);
    expect(hover[0]).toMatch(/^base\.seen-none\(/);
    expect(hover[1]).toMatch(/SIGQUIT.*web/);
  });

  test("text from the image is never a link or formatted", async () => {
    const hostile = {
      "/etc/os-release": 'PRETTY_NAME="[x](http://evil) **b** <img>"\nID=debian\nVERSION_ID="12"\n',
    };
    const { hover } = await at(
      "FROM registry.example:5000/my/ba¦se:1\nSTOPSIGNAL SIGRTMIN+3\n",
      seenImage({ ...files, ...hostile }),
    );
    expect(hover.join("\n")).toContain("\\[x\\]\\(http\\://evil\\)");
  });

  test.each([
    ["enable", ["app.timer", "web.service"], ["gone.service"]],
    ["disable", ["web.service", "app.timer"], ["gone.service"]],
    ["mask", ["web.service", "app.timer"], ["gone.service"]],
    ["unmask", ["gone.service", "web.service"], []],
  ])("its units are offered after systemctl %s", async (verb, inOrder, absent) => {
    const { labels } = await at(`FROM ${base}\nRUN systemctl ${verb} ¦\n`, seenImage(files));
    expect(labels.filter((label) => inOrder.includes(label))).toEqual(inOrder);
    expect(labels.filter((label) => absent.includes(label as never))).toEqual([]);
    expect(new Set(labels).size).toBe(labels.length);
  });
});
