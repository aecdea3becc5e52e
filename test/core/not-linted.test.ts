import { expect, test } from "vitest";
import { fixAll } from "../../server/src/core/lint/fix";
import { lint } from "../../server/src/core/lint/lint";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { noFiles } from "./no-files";

const dockerfile = 'FROM debian:12\nRUN apt-get install -y systemd-sysv\nCMD ["/sbin/init"]\n';
const compose = "services:\n  web:\n    image: web\n    command: /sbin/init\n    init: true\n";
/** The text, made as long as that many bytes with a comment of such characters at its end. */
const padded = (text: string, bytes: number, character = "x") =>
  `${text}#${character.repeat((bytes - text.length - 1) / Buffer.byteLength(character))}`;
const judge = (uri: string, text: string) =>
  lint({ uri, text, snapshot: noFiles, settings: defaultSettings });

test.each([
  ["file:///p/Dockerfile", dockerfile, "image-stop-signal"],
  ["file:///p/compose.yaml", compose, "run-init"],
])("%s is linted up to 1 MB, and a larger one gets one hint on its first line", (uri, text, rule) => {
  expect(judge(uri, padded(text, 1_000_000)).findings.map((finding) => finding.rule)).toContain(rule);
  for (const large of [padded(text, 1_000_001), padded(text, 10_000_000)]) {
    expect(judge(uri, large).findings).toEqual([
      expect.objectContaining({
        rule: "not-linted",
        severity: "hint",
        span: { start: 0, end: text.indexOf("\n") },
        fixes: [],
      }),
    ]);
  }
});

test("bytes count, not characters", () => {
  const wide = (characters: number) => `${dockerfile}#${"\u20ac".repeat(characters)}`;
  const rules = (text: string) => judge("file:///p/Dockerfile", text).findings.map(({ rule }) => rule);
  expect(rules(wide(333_000))).toContain("image-stop-signal");
  expect(rules(wide(333_334))).toEqual(["not-linted"]);
});

test("Fix All leaves a file over 1 MB as it is, and a file that is neither of ours gets no hint", () => {
  const text = padded(dockerfile, 1_000_001);
  const input = { snapshot: noFiles, settings: defaultSettings };
  expect(fixAll({ ...input, uri: "file:///p/Dockerfile", text }).text).toBe(text);
  expect(judge("file:///p/notes.yaml", padded("a: b\n", 1_000_001)).findings).toEqual([]);
});
