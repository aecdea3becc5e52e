import { expect, test, vi } from "vitest";
import type { WorkspaceDiagnosticReport } from "vscode-languageserver/node";
import { applyEdits, lineAt } from "../../server/src/core/base/text";
import { flags, readFlags, words } from "../../server/src/core/container/flags";
import { applySteps, bareSpec, type ContainerSpec } from "../../server/src/core/container/spec";
import { activationEvents, clientTable } from "../../server/src/core/docs/surfaces";
import { fixAll } from "../../server/src/core/lint/fix";
import { lint } from "../../server/src/core/lint/lint";
import { ignoreWriter } from "../../server/src/core/lint/suppress";
import { isPlan } from "../../server/src/core/plan/plan";
import { commandFor } from "../../server/src/core/plan/render/command";
import { launches, launchNames } from "../../server/src/core/project/plans";
import { kindOf, kindOfName, readFile } from "../../server/src/core/surfaces/files";
import type { Surface, SurfaceFile } from "../../server/src/core/surfaces/surface";
import { surfaces } from "../../server/src/core/surfaces/table";
import { noFiles } from "../core/no-files";
import { connect } from "./connection";

// A kind of file takes a record and a row of the table, and nothing else: `NAME = FLAGS IMAGE COMMAND`, a line each.
vi.mock("../../server/src/core/surfaces/table", async (load) => {
  const { surfaces } = await load<typeof import("../../server/src/core/surfaces/table")>();
  const written = (spec: ContainerSpec) => [...flags(spec), spec.image ?? "", ...words(spec)].join(" ");
  const read = (text: string): SurfaceFile => ({
    containers: Array.from(
      text.matchAll(/^(\w+) = (.*)$/gm),
      ({ 0: whole, 1: name = "", 2: line = "", index }) => {
        const spec = readFlags(line.split(" "), bareSpec);
        const nameSpan = { start: index, end: index + name.length };
        const span = { start: index + whole.length - line.length, end: index + whole.length };
        return {
          name,
          spec,
          nameSpan,
          at: () => span,
          changes: (steps) => [{ edits: [{ span, text: written(applySteps(spec, steps)) }], runs: [name] }],
          start: () => ({ image: spec.image ?? "", spec, left: [] }),
          toDisplay: (step) => flags(applySteps(bareSpec, [step])).join(" "),
        };
      },
    ),
    includes: [],
    problems: () => [],
    regionAfter: (offset) => lineAt(text, Math.min(offset + 1, text.length)),
    commentPlace: (offset) => offset,
  });
  const boxes: Surface = {
    ...{ kind: "boxes", languageIds: ["boxes"], names: ["*.boxes"], except: ["old.boxes"], activates: true },
    ...{ starts: true, comment: "//", pages: "ini", looksLike: () => false, mayLink: () => false },
    read: (_, text) => read(text),
  };
  return { surfaces: [...surfaces, boxes] };
});

const uri = "file:///project/my.boxes";
const text = "web = --init example.com/web /sbin/init\n";
const target = { engine: "docker", version: "28.5", cgroupVersion: 2 } as const;
const input = {
  uri,
  text,
  snapshot: noFiles,
  settings: { rules: {}, target },
};

test("it is known by its name, on the client too, and starts the extension", () => {
  expect(kindOfName("/a/my.boxes")).toBe("boxes");
  expect(kindOf("/a/old.boxes", text)).toBe("unknown");
  expect(clientTable(surfaces)).toContain('"*.boxes"');
  expect(activationEvents(surfaces)).toEqual(
    expect.arrayContaining(["onLanguage:boxes", "workspaceContains:**/{*.boxes}"]),
  );
});

test("it is linted and fixed", () => {
  const { findings } = lint(input);
  expect(findings.map(({ rule }) => rule)).toContain("run-init");
  expect(findings.every(({ subjects }) => subjects.includes("web"))).toBe(true);
  const fixed = fixAll(input);
  expect(fixed.text).not.toContain("--init ");
  expect(fixed.text).toContain("example.com/web /sbin/init");
  expect(lint({ ...input, text: fixed.text }).findings.map(({ rule }) => rule)).not.toContain("run-init");
});

test("it is planned", () => {
  const read = readFile(input, input.snapshot.read);
  expect(read && launchNames(read)).toEqual(["web"]);
  const [launch] = launches(input, target);
  if (!launch || !isPlan(launch.plan)) throw new Error("not planned");
  expect(commandFor(launch.plan, "docker").join(" ")).toMatch(
    /^docker run .*example\.com\/web \/sbin\/init$/,
  );
  expect(readFlags(commandFor(launch.plan, "docker").slice(2), bareSpec).init).toBe(false);
});

test("a comment in its own style silences a rule", () => {
  const { here, inFile } = ignoreWriter(input)(0, "run-init");
  for (const edit of [here, inFile]) {
    const silenced = applyEdits(text, edit ? [edit] : []);
    expect(silenced).toMatch(/^\/\/ systemd-containers-ignore(-file)? run-init\n/);
    const { findings } = lint({ ...input, text: silenced });
    expect(findings.map(({ rule }) => rule)).not.toContain("run-init");
    expect(findings.map(({ rule }) => rule)).not.toContain("unused-ignore");
  }
});

test("its documents get diagnostics, also one that appears on the disk later", async () => {
  const session = await connect({ disk: { [uri]: text }, folders: ["file:///project"] });
  const rulesOf = async (of: string) => {
    const { items } = await session.client.sendRequest<WorkspaceDiagnosticReport>("workspace/diagnostic", {
      previousResultIds: [],
    });
    const report = items.find((item) => item.uri === of);
    return report?.kind === "full" ? report.items.map(({ code }) => code) : undefined;
  };
  const later = "file:///project/later.boxes";
  expect(await rulesOf(uri)).toContain("run-init");
  expect(await rulesOf(later)).toBeUndefined();
  session.disk.set(later, text);
  await session.client.sendNotification("workspace/didChangeWatchedFiles", {
    changes: [{ uri: later, type: 1 }],
  });
  expect(await rulesOf(later)).toContain("run-init");
  session.close();
});
