import { expect, test } from "vitest";
import { lint } from "../../../server/src/core/lint/lint";
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
