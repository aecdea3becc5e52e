import { describe, expect, test } from "vitest";
import type { CodeAction, Diagnostic, Hover } from "vscode-languageserver/node";
import { listed, message, translated } from "../../server/src/core/base/message";
import { dedent } from "../../server/src/core/docs/page";
import { rules } from "../../server/src/core/lint/rules/index";
import {
  type DoctorResult,
  doctorMethod,
  type EngineDetails,
  type ExplainResult,
  explainMethod,
  type PartMessage,
  type PlanResult,
  planMethod,
} from "../../server/src/protocol";
import { examplesOf, filesOf, pathOf, readMarks } from "../core/example";
import { textsOfExtension } from "../house/texts";
import { connect, type Session } from "./connection";

/**
 * A language whose texts consist of their places alone. What an answer has beside brackets was written by a person
 * in a file, or was reported without a text of the bundle.
 */
const texts = Object.fromEntries(
  textsOfExtension().map((text) => [text, `⟦${(text.match(/\{\w+\}/g) ?? []).join("|")}⟧`]),
);

/** The texts that are not of the bundle, or have English in an argument: a word that no command or option is. */
function untranslated(said: readonly string[]): string[] {
  const english =
    /(?<![-\w=:/.])(a|all|and|by|for|has|in|is|its|it|needs|of|or|that|the|to|which|with)(?![-\w=:/.])/;
  return said.filter((text) => !/^⟦.*⟧$/s.test(text) || english.test(text));
}

/** What the server reports of a file: its findings, their fixes and hovers, and plans. */
async function saidOf(session: Session, uri: string, text: string): Promise<string[]> {
  const textDocument = { uri };
  await session.open(uri, text, uri.endsWith("Dockerfile") ? "dockerfile" : "dockercompose");
  const { items } = await session.client.sendRequest<{ items: Diagnostic[] }>("textDocument/diagnostic", {
    textDocument,
  });
  const said = items.flatMap(({ message, relatedInformation = [] }) => [
    String(message),
    ...relatedInformation.map((related) => related.message),
  ]);
  for (const { range } of items) {
    const context = { diagnostics: [] };
    const actions = await session.client.sendRequest<CodeAction[]>("textDocument/codeAction", {
      ...{ textDocument, range, context },
    });
    said.push(...actions.map(({ title }) => title));
    const hover = await session.client.sendRequest<Hover | null>("textDocument/hover", {
      textDocument,
      position: range.start,
    });
    said.push(...paragraphs(hover));
  }
  return said;
}

/** The paragraphs of a hover, but for rules between them and the link to the page. */
function paragraphs(hover: Hover | null): string[] {
  const { value } = (hover?.contents ?? { value: "" }) as { value: string };
  return value
    .split("\n\n")
    .filter((part) => !/^(\[.*\]\(command:.*\)|---|)$/.test(part))
    .map((part) => part.replaceAll("**", ""));
}

test.each(rules.map((rule) => [rule.id, rule] as const))("%s", async (id, rule) => {
  for (const example of examplesOf(rule)) {
    const folder = "file:///project";
    const files = Object.entries(filesOf(rule, example)).map(([name, text]) => [
      `${folder}/${name}`,
      dedent(text),
    ]);
    const session = await connect({
      disk: Object.fromEntries(files),
      texts,
      settings: () => ({ target: example.target ?? "auto", rules: { [id]: "default" } }),
    });
    const said = await saidOf(session, `${folder}/${pathOf(rule, example)}`, readMarks(example.source).text);
    expect.soft(untranslated(said)).toEqual([]);
    session.close();
  }
});

test("a list has the separators of the language", () => {
  const said = message("test.list", "{all}", { all: listed(["a", "b", "c"]) });
  const language = { ", ": "、", "{items} and {last}": "{items} 和 {last}" };
  expect(translated(said, language)).toBe("a、b 和 c");
});

describe("the answers to the client's commands", () => {
  const image =
    "FROM debian:12\nRUN apt-get update && apt-get install -y systemd systemd-sysv dbus nftables\n";
  const dockerfile = `${image}EXPOSE 80\nVOLUME /data\nUSER app\nCMD ["/sbin/init"]\n`;
  const uri = "file:///project/Dockerfile";
  const engines: readonly EngineDetails[] = [
    { engine: "docker", version: "28.5.2", cgroupVersion: 2, cgroupDriver: "systemd", rootless: false },
    { engine: "docker", version: "26.1.5", cgroupVersion: 2, usernsRemap: true, cgroupDriver: "cgroupfs" },
    { engine: "docker", version: "20.10.24", cgroupVersion: 1, apiVersion: "1.41", initBinary: "tini" },
    { engine: "podman", version: "5.8.6", cgroupVersion: 2, rootless: true, seccomp: "default" },
    { engine: "docker" },
  ];
  const request = async <T>(method: string, params: object): Promise<T> => {
    const session = await connect({ disk: { [uri]: dockerfile }, texts });
    const answer = await session.client.sendRequest<T>(method, params);
    session.close();
    return answer;
  };
  const ofParts = (parts: readonly PartMessage[]) =>
    parts.flatMap(({ why, cost }) => [why, ...(cost ? [cost] : [])]);

  test.each(engines)("what $engine $version means", async (engine) => {
    const { summary, checks, explain } = await request<DoctorResult>(doctorMethod, {
      engine,
      reference: "x:1",
    });
    const ofChecks = checks.flatMap(({ what, meaning }) => [what, meaning]);
    expect(untranslated([summary, ...ofChecks, ...ofParts(explain)])).toEqual([]);
  });

  test.each(engines)("a plan for $engine $version", async (facts) => {
    const options = {
      ports: ["80:80"],
      hostname: "web",
      memory: "512m",
      debug: true,
      volumes: ["/srv:/srv", "a:/a"],
    };
    const { explain, create } = await request<PlanResult>(planMethod, {
      uri,
      reference: "x:1",
      facts,
      options,
    });
    const refused = "refused" in create ? [create.refused] : [];
    expect(
      untranslated([...ofParts([...explain.docker, ...explain.podman, ...explain.compose]), ...refused]),
    ).toEqual([]);
  });

  test.each([
    ["an option", { uri, options: { memory: "lots" } }],
    ["a file that is gone", { uri: "file:///project/gone/Dockerfile" }],
    ["an old systemd", { image: { reference: "x:1", systemdVersion: 219 }, facts: engines[0] }],
  ])("why there is no plan: %s", async (_, params) => {
    const { refused = "" } = await request<PlanResult>(planMethod, { reference: "x:1", ...params });
    expect(untranslated([refused])).toEqual([]);
  });

  const logs = [
    "Failed to create /init.scope control group: Read-only file system",
    "Failed to mount tmpfs at /run: Operation not permitted",
    "Failed to mount cgroup at /sys/fs/cgroup/systemd: Operation not permitted",
    "app.service: Main process exited, code=exited, status=226/NAMESPACE",
    "[!!!!!!] Something unheard of.\nFreezing execution.",
  ];
  test.each(engines)("what a log means on $engine $version", async (facts) => {
    for (const log of [...logs, ...logs.map((line) => `lxc\n${line}`)]) {
      const { causes } = await request<ExplainResult>(explainMethod, { log, uri, facts, exitCode: 255 });
      expect(causes).not.toEqual([]);
      expect(untranslated(causes.flatMap(({ cause, fix }) => [cause, fix]))).toEqual([]);
    }
  });
});
