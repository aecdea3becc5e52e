import { expect, test } from "vitest";
import type { Finding } from "../../server/src/core/lint/rule";
import { rules } from "../../server/src/core/lint/rules/index";
import { examplesOf, lintExample, readMarks } from "./example";
import { lintProject } from "./lint-project";

const graded = ({ grade, reason }: Finding) => grade !== undefined && reason !== undefined;

test.each(rules.map((rule) => [rule.id, rule] as const))(
  "the findings of %s have a grade or none",
  (_, rule) => {
    const findings = examplesOf(rule).flatMap(
      (example) => lintExample(rule, example, readMarks(example.source).text, [rule]).findings,
    );
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map(graded))).toEqual(new Set([!rule.buildTime]));
  },
);

const image = "FROM debian:12\nRUN apt-get install -y systemd-sysv nginx && systemctl enable nginx\n";
const compose = (lines: string) => `services:\n  web:\n    build: .\n${lines}`;

test.each<[string, Readonly<Record<string, string>>, string, string]>([
  ["an image that starts no init", { Dockerfile: image }, "image-no-init", "intended grade.meant"],
  [
    "a container whose image boots",
    { "compose.yaml": compose("    command: bash\n"), Dockerfile: `${image}CMD ["/sbin/init"]\n` },
    "run-command",
    "certain grade.image",
  ],
  [
    "a container that is made for systemd",
    { "compose.yaml": compose("    command: bash -c 'systemctl start nginx; sleep 1'\n"), Dockerfile: image },
    "run-command",
    "intended grade.meant",
  ],
])("the grade where something else is PID 1: %s", (_, files, rule, expected) => {
  const found = lintProject(files).filter((finding) => finding.rule === rule);
  expect(found.map(({ grade, reason }) => `${grade} ${reason?.key}`)).toEqual([expected]);
});

test("a build that fails is an error, whatever is known of the init", () => {
  const text = 'FROM example.com/unknown\nRUN systemctl start x\nCMD ["/sbin/init"]\n';
  const [finding] = lintProject({ Dockerfile: text }).filter(
    ({ rule }) => rule === "image-systemctl-at-build",
  );
  expect(finding?.severity).toBe("error");
  expect(finding?.message.key).toBe("image-systemctl-at-build.fails");
  expect(finding?.grade).toBeUndefined();
});
