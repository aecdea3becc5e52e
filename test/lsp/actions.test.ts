import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { format } from "../../server/src/core/base/message";
import { rules } from "../../server/src/core/lint/rules/index";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { fixAllAction, notFixed } from "../../server/src/lsp/actions";
import { blind } from "../core/blind";
import { noFiles } from "../core/no-files";

const uri = "file:///p/Dockerfile";

function action(text: string) {
  const logged: string[] = [];
  const document = TextDocument.create(uri, "dockerfile", 1, text);
  const context = {
    document,
    findings: [],
    other: () => undefined,
    versionOf: () => 1,
    capabilities: {},
    say: format,
    hasCommands: false,
    editable: true,
  };
  const input = { uri, text, snapshot: noFiles, settings: defaultSettings, rules: [blind, ...rules] };
  return { action: fixAllAction(context, input, (line) => logged.push(line)), logged };
}

const stuck = `file:///p/Dockerfile:1: ${notFixed(`${blind.messages.m} [image-blind]`)}`;

test("Fix All logs a fix that did not help, and applies the others", () => {
  const { action: fixes, logged } = action(
    'FROM debian:12\nENV container=docker\nSTOPSIGNAL SIGTERM\nCMD ["/sbin/init"]\n',
  );
  expect(logged).toEqual([stuck]);
  const edits = Object.values(fixes?.edit?.changes ?? {}).flat();
  expect(edits.map(({ newText }) => newText)).toEqual(["STOPSIGNAL SIGRTMIN+3\n"]);
});

test("Fix All is not offered where nothing helps", () => {
  const { action: fixes, logged } = action("FROM debian:12\n");
  expect([fixes, logged]).toEqual([undefined, [stuck]]);
});
