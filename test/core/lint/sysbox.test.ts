import { expect, test } from "vitest";
import { lint } from "../../../server/src/core/lint/lint";
import { lintProject } from "../lint-project";
import { noFiles } from "../no-files";

/** The rules that report a command which starts an image whose systemd needs the variable. */
function rules(options: string, image = "nestybox/ubuntu-bionic-systemd"): string[] {
  const uri = "file:///project/run.sh";
  const text = `docker run ${options} ${image}\n`;
  const { findings } = lint({ uri, text, snapshot: noFiles, settings: { rules: {}, target: undefined } });
  return findings.map(({ rule }) => rule);
}

test("Sysbox sets the container variable itself, replacing any other value", () => {
  expect(rules("-t --runtime=sysbox-runc")).not.toContain("run-container-env");
  expect(rules("-t --runtime=sysbox-runc -e container=")).not.toContain("run-container-env");
  expect(rules("-t --runtime=runc")).toContain("run-container-env");
});

test("Sysbox takes only /sbin/init for systemd", () => {
  const image = "geerlingguy/docker-ubuntu1804-ansible";
  expect(rules("-t --runtime=sysbox-runc", image)).toContain("run-container-env");
  expect(rules("-t --runtime=sysbox-runc", `${image} /sbin/init`)).not.toContain("run-container-env");
});

test.each([
  ["# docker run --runtime=sysbox-runc -it you/web\n", '["/sbin/init", "--log-level=err"]', false],
  ["# docker run --runtime sysbox-runc -it you/web\n", '["/sbin/init"]', false],
  ["# docker run --runtime=sysbox-runc -it you/web\n", '["/lib/systemd/systemd"]', true],
  ["# docker run --runtime=runc -it you/web\n", '["/sbin/init"]', true],
  ["", '["/sbin/init"]', true],
])("an image whose Dockerfile shows how Sysbox runs it: %j, %s", (comment, program, expected) => {
  const text = `${comment}FROM ubuntu:20.04\nRUN apt-get install -y systemd-sysv\nENTRYPOINT ${program}\n`;
  const found = lintProject({ Dockerfile: text }).map(({ rule }) => rule);
  expect(found.includes("image-container-env")).toBe(expected);
});
