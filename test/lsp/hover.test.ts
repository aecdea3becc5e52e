import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Hover, MarkupContent } from "vscode-languageserver/node";
import { capabilities, securityOptions } from "../../server/src/core/language/words/access";
import { signals } from "../../server/src/core/language/words/signals";
import { keys, tmpfsEntries, tmpfsOptions } from "../../server/src/core/language/words/start";
import { verbs } from "../../server/src/core/language/words/verbs";
import type { Word } from "../../server/src/core/language/words/word";
import { rules } from "../../server/src/core/lint/rules/index";
import { connect, type Session } from "./connection";
import { atCursor } from "./cursor";
import { keyedTexts } from "./keyed-texts";

let session: Session;
beforeAll(async () => {
  session = await connect({
    disk: { "file:///project/web.service": "[Service]\nExecStart=/usr/sbin/web\n" },
    texts: keyedTexts,
    settings: () => ({ rules: Object.fromEntries(rules.map(({ id }) => [id, "off"])) }),
  });
});
afterAll(() => session.close());

let files = 0;

async function hover(marked: string, name = "Dockerfile"): Promise<Hover | null> {
  const { text, position } = atCursor(marked);
  files++;
  const uri = `file:///project/${name === "Dockerfile" ? `${name}.${files}` : `${files}.${name}`}`;
  await session.open(uri, text, name === "Dockerfile" ? "dockerfile" : "dockercompose");
  return session.client.sendRequest<Hover | null>("textDocument/hover", { textDocument: { uri }, position });
}

/** The lines that are shown, by their keys. */
async function said(marked: string, name?: string): Promise<string[]> {
  const found = await hover(marked, name);
  return found ? (found.contents as MarkupContent).value.split("\n\n") : [];
}

const keyOf = async (marked: string, name?: string) => (await said(marked, name))[0]?.replace(/\(.*/, "");

const systemd =
  "FROM debian:12\nRUN apt-get update && apt-get install -y systemd-sysv openssh-server chrony\n";
const service = (rest: string) => `services:\n  web:\n    image: web\n    command: /sbin/init\n${rest}`;

describe("a word without a finding", () => {
  test.each([
    ["FROM debian:12\nSTOPSIGNAL SIGRT¦MIN+3\n", "word.signal.halt"],
    ["FROM debian:12\nSTOPSIGNAL 3¦7\n", "word.signal.halt"],
    ["FROM debian:12\nSTOPSIGNAL rtmin+¦3\r\n", "word.signal.halt"],
    ["FROM debian:12\nSTOPSIGNAL ¦TERM\n", "word.signal.term"],
    ["FROM debian:12\nSTOPSIGNAL X¦\n", undefined],
    ["FROM debian:12\nENV con¦tainer=docker\n", "word.container.fact"],
    ["FROM debian:12\nENV container=doc¦ker\n", "word.container.fact"],
    ["FROM debian:12\nENV other=doc¦ker\n", undefined],
    [`${systemd}RUN systemctl set-default multi-¦user.target\n`, "word.target.multi-user"],
    [`${systemd}RUN systemctl set-default time-¦sync.target\n`, "word.target.other"],
    [`${systemd}CMD ["/sbin/init", "--unit=res¦cue.target"]\n`, "word.target.rescue"],
    [`${systemd}RUN true && systemctl en¦able ssh\n`, "word.verb.enable"],
    [`${systemd}RUN systemctl st¦art ssh\n`, "word.verb.fails"],
    [`${systemd}RUN systemctl enable ss¦h\n`, "word.unit.enabled"],
    [`${systemd}COPY web.service /etc/systemd/system/\nRUN systemctl enable w¦eb\n`, "word.unit.copied"],
    [`${systemd}RUN systemctl mask systemd-log¦ind.service\n`, "word.unit.systemd"],
    [`${systemd}RUN systemctl enable unk¦nown\n`, undefined],
    [`${systemd}RUN apt-get inst¦all x\n`, undefined],
  ])("of a Dockerfile: %s", async (marked, key) => {
    expect(await keyOf(marked)).toBe(key);
  });

  test.each([
    ["    stop_signal: SIGR¦TMIN+3\n", "word.signal.halt"],
    ["    stop_s¦ignal: SIGRTMIN+3\n", "word.key.stop-signal"],
    ["    cgr¦oup: private\n", "word.key.cgroup"],
    ["    cgroup: priv¦ate\n", "word.cgroup.private"],
    ["    cgroup: ho¦st\n", "word.cgroup.host"],
    ["    ini¦t: false\n", "word.key.init"],
    ["    tt¦y: true\n", "word.key.tty"],
    ["    privi¦leged: true\n", "word.key.privileged"],
    ["    tmpfs:\n      - /ru¦n\n", "word.tmpfs.run"],
    ["    tmpfs:\n      - /t¦mp\n", "word.tmpfs.tmp"],
    ["    tmpfs:\n      - /tmp:ex¦ec,mode=1777\n", "word.tmpfs.exec"],
    ["    tmpfs:\n      - /tmp:exec,mo¦de=1777\n", "word.tmpfs.mode"],
    ["    cap_add: [NET_¦ADMIN]\n", "word.capability.net-admin"],
    ["    cap_add:\n      - CAP_SYS_¦TIME\n", "word.capability.time"],
    ["    security_opt: [writable-cgr¦oups=true]\n", "word.security.cgroups"],
    ["    security_opt:\n      - 'seccomp:uncon¦fined'\n", "word.security.seccomp"],
    ["    environment: {container: doc¦ker}\n", "word.container.fact"],
    ["    ima¦ge: other\n", undefined],
  ])("of a service: %s", async (rest, key) => {
    expect(await keyOf(service(rest), "compose.yaml")).toBe(key);
  });

  test("of a service that does not boot systemd, where every service has such a key", async () => {
    expect(
      await keyOf("services:\n  web:\n    image: nginx\n    tt¦y: true\n", "compose.yaml"),
    ).toBeUndefined();
  });

  test("has a fact, its cost, and its source with the rule", async () => {
    expect(await said("FROM debian:12\nSTOPSIGNAL SIGRT¦MIN+3\n")).toEqual([
      "word.signal.halt",
      "word.no-cost",
      expect.stringMatching(/^word\.measured\(.*\) \[image-stop-signal\]\(command:/),
    ]);
    expect((await said(`${systemd}RUN systemctl enable chro¦ny\n`))[1]).toBe(
      "need.clock(unit=chrony.service)",
    );
  });
});

describe("FROM", () => {
  test.each([
    ["FROM debian¦:12\n", ["base.lacks", "base.boot"]],
    ["FROM --platform=linux/amd64 ubuntu:¦24.04 AS base\n", ["base.lacks", "base.boot"]],
    ["FROM redhat/ubi9-in¦it\n", ["base.has", "base.boot"]],
    ["FROM alp¦ine\n", ["base.none"]],
    ["FROM unkn¦own\n", []],
    ["FR¦OM debian:12\n", []],
    ["FROM debian:12 AS ba¦se\n", []],
  ])("%s", async (marked, keys) => {
    const lines = await said(marked);
    expect(lines.map((line) => line.replace(/\(.*/s, ""))).toEqual(
      keys.length > 0 ? [...keys, "base.source"] : [],
    );
  });

  test("has the target and the stop signal that the stage sets", async () => {
    const rest =
      "RUN apt-get install -y systemd-sysv\nRUN systemctl set-default basic.target\nSTOPSIGNAL SIGRTMIN+3\n";
    expect((await said(`FROM debian:1¦2\n${rest}`))[1]).toBe(
      "base.boot(target=basic.target, signal=SIGRTMIN+3)",
    );
    expect((await said("FROM debian:1¦2\n"))[1]).toBe(
      "base.boot(target=base.default-target, signal=base.no-signal)",
    );
  });
});

test("text of the file is no Markdown", async () => {
  const name = "[a](command:x)";
  const lines = await said(
    `${systemd}COPY "${name}.service" /etc/systemd/system/web.service\nRUN systemctl enable we¦b\n`,
  );
  expect(lines[0]).toContain("\\[a\\]\\(command:x\\)");
});

test("a finding is shown in place of the word", async () => {
  const own = await connect({ texts: keyedTexts });
  const { text, position } = atCursor(`${systemd}STOPSIGNAL SIGT¦ERM\nCMD ["/sbin/init"]\n`);
  const textDocument = { uri: "file:///project/Dockerfile" };
  await own.open(textDocument.uri, text);
  const found = await own.client.sendRequest<Hover>("textDocument/hover", { textDocument, position });
  expect((found.contents as MarkupContent).value).toContain("image-stop-signal.title");
  own.close();
});

test("every rule that a word names is one, and no word is in a table twice", () => {
  const tables: readonly (readonly Word[])[] = [
    signals,
    verbs,
    capabilities,
    securityOptions,
    tmpfsEntries,
    tmpfsOptions,
    keys,
  ];
  const named = tables.flat().flatMap(({ source }) => source.rule ?? []);
  expect(named.filter((id) => !rules.some((rule) => rule.id === id))).toEqual([]);
  for (const table of tables) expect(new Set(table.map(({ word }) => word)).size).toBe(table.length);
});
