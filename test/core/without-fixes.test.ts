import { expect, test } from "vitest";
import { message } from "../../server/src/core/base/message";
import { lint } from "../../server/src/core/lint/lint";
import { imageRule } from "../../server/src/core/lint/rule";
import { rules } from "../../server/src/core/lint/rules/index";
import { defaultSettings } from "../../server/src/core/lint/settings";
import { exampleProject, examplesOf, readMarks, settingsOf } from "./example";
import { noFiles } from "./no-files";

test.each(rules.map((rule) => [rule.id, rule] as const))("%s finds the same without fixes", (_, rule) => {
  for (const example of Object.values(examplesOf(rule)).flat()) {
    const { text } = readMarks(example.source);
    const input = { ...exampleProject(rule, example, text), text, settings: settingsOf(rule, example) };
    const whole = lint(input);
    const { findings, problems, failures } = lint({ ...input, withoutFixes: true });
    expect({ findings, problems, failures }).toEqual({
      ...{ problems: whole.problems, failures: whole.failures },
      findings: whole.findings.map((finding) => ({ ...finding, fixes: [] })),
    });
  }
});

test("fixes that are a getter are worked out where they are asked for", () => {
  let asked = 0;
  const rule = imageRule({
    ...(rules.find(({ subject }) => subject === "image") as ReturnType<typeof imageRule>),
    id: "t",
    messages: { found: "m" },
    fixes: {},
    *check({ image }, say) {
      yield {
        span: image.from.span,
        message: say("found"),
        get fixes() {
          asked++;
          return [{ title: message("t", "t"), safe: true, edits: [{ span: image.from.span, text: "" }] }];
        },
      };
    },
  });
  const text = 'FROM debian:12\nRUN apt-get install -y systemd\nCMD ["/sbin/init"]\n';
  const input = { uri: "file:///p/Dockerfile", text, snapshot: noFiles, settings: defaultSettings };
  expect(lint({ ...input, rules: [rule], withoutFixes: true }).findings).toHaveLength(1);
  expect(asked).toBe(0);
  expect(lint({ ...input, rules: [rule] }).findings[0]?.fixes).toHaveLength(1);
  expect(asked).toBe(1);
});
